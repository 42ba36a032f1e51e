import { grantsOf, roleIds, roles as table } from '#desk/access/roles.ts';
import type { Handler } from '../asked.ts';

/** Every role. */
export const roles: Handler<'roles'> = () => ({
  roles: roleIds.map((id) => ({
    id,
    title: table[id].title,
    does: table[id].does,
    grants: grantsOf(id).map(([permission, where]) => ({ permission, where })),
  })),
});
