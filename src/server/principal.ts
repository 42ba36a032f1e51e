import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll, type Visibility } from '#model/visibility.ts';

/** What a route may ask for; `public` is open to anyone who reaches the port. */
export type Access = Permission | 'public';

/** Everything a person or token may be allowed. */
export const allPermissions: readonly Permission[] = [
  'estate:read',
  'findings:read',
  'sources:read',
  'sboms:write',
  'views:write',
  'views:share',
  'ledger:read',
  'findings:propose',
  'findings:decide',
  'findings:approve',
];

/** Who is asking. */
export type Principal = {
  readonly kind: 'person' | 'token';
  readonly name: string;
  /** Lasting pseudonym, by which what somebody keeps here is found again. A login link knows no person: all who come by one are `link`. */
  readonly subject: string;
  readonly permissions: readonly Permission[];
  /** Unix milliseconds; null means never. */
  readonly expires: number | null;
  /** Hash of the session's id; null for a token. */
  readonly session: string | null;
};

/** True when the principal may do it. */
export function may(principal: Principal, access: Access): boolean {
  return access === 'public' || access === 'session' || principal.permissions.includes(access);
}

/** What the principal may see. There are no restricted principals yet, and this is the one place where they will be. */
export function visibilityOf(_principal: Principal): Visibility {
  return seesAll;
}

/** The principal as acts see them. */
export function actorOf({ kind, subject, permissions }: Principal): Actor {
  return { id: subject, kind: kind === 'token' ? 'machine' : 'link', grants: new Map(permissions.map((each) => [each, 'office'])) };
}
