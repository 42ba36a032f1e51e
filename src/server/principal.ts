import { visibilityFor, type Seen } from '#desk/access/visibility-for.ts';
import { isAllowed, type Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';

/** What a route may ask for; `public` is open to anyone who reaches the port. */
export type Access = Permission | 'public';

/** Who is asking. */
export type Principal = {
  readonly kind: 'person' | 'token';
  readonly name: string;
  /** Lasting pseudonym, by which what somebody keeps here is found again. A login link that names nobody knows no person: all who come by one are `link`. */
  readonly subject: string;
  /** What they may do where. */
  readonly actor: Actor;
  /** Teams that are marked restricted. */
  readonly restricted: ReadonlySet<string>;
  /** Unix milliseconds; null means never. */
  readonly expires: number | null;
  /** Hash of the session's id; null for a token. */
  readonly session: string | null;
  /** How they came in. */
  readonly how: 'link' | 'password' | 'oidc' | 'token';
};

/** True when the principal may do it, somewhere. */
export function may(principal: Principal, access: Access): boolean {
  return access === 'public' || isAllowed(principal.actor, access);
}

/** The permissions of the principal, somewhere. */
export function permissionsOf({ actor }: Principal): readonly Permission[] {
  return [...actor.grants.keys()];
}

/** What the principal may see: the one place where every answer and every act asks. */
export function visibilityOf(principal: Principal, seen: Seen): Visibility {
  return visibilityFor(principal.actor, seen, principal.restricted);
}

/** One text for all principals who see the same everywhere, for tags of answers. */
export function sightKey(principal: Principal): string {
  return JSON.stringify((['estate', 'findings', 'sources', 'uploads'] as const).map((seen) => visibilityKey(visibilityOf(principal, seen))));
}

/** What a question to a route that asks for this permission is about. */
export function seenFor(permission: Permission): Seen {
  if (permission === 'findings:read') return 'findings';
  if (permission === 'sources:read' || permission === 'raw:read') return 'sources';
  return permission === 'sboms:write' ? 'uploads' : 'estate';
}
