import { isoOf } from '#operations/finding-view.ts';
import { permissionsOf } from '../principal.ts';
import type { Handler } from '../asked.ts';

/** Who is asking. */
export const session: Handler<'session'> = ({ principal }) => ({
  principal: { kind: principal.kind, name: principal.name },
  permissions: [...permissionsOf(principal)],
  expires: isoOf(principal.expires),
});

/** Ends the session; a token has none and stays. */
export const signOut: Handler<'signOut'> = async ({ principal, office }) => {
  if (principal.session !== null) await office.store.auth.deleteSession(principal.session);
  return null;
};
