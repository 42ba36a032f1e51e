import type { Actor } from '#model/actor.ts';
import { permissions } from '#model/permission.ts';

/** The program itself, for what its configuration or the command line has it do. */
export const officeActor: Actor = { id: 'office', kind: 'office', grants: new Map(permissions.map((each) => [each, 'office'])) };
