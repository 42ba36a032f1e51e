import type { Permission } from './permission.ts';

/** Where a permission holds: in the whole office, or for these teams only. */
export type Where = 'office' | ReadonlySet<string>;

/** Who does something, and what they may do where. */
export type Actor = {
  /** Lasting pseudonym, as acts name it. */
  readonly id: string;
  readonly kind: 'person' | 'machine' | 'link' | 'office';
  /** Where each permission holds. One that is absent is denied. */
  readonly grants: ReadonlyMap<Permission, Where>;
  /** Persons whose roles the actor has by delegation; absent means nobody's. */
  readonly standsFor?: ReadonlySet<string>;
};

/** True when the actor may do it for every one of these teams; null stands for what no team owns, and needs the whole office. Without teams it is enough to have it anywhere. */
export function isAllowed(actor: Actor, permission: Permission, teams: Iterable<string | null> = []): boolean {
  const where = permission === 'session' ? 'office' : actor.grants.get(permission);
  if (where === undefined) return false;
  if (where === 'office') return true;
  for (const team of teams) if (team === null || !where.has(team)) return false;
  return true;
}

/**
 * True when the actor is one of these persons or stands in for one: then they are no second person, whatever they are allowed. Whoever wrote, decided
 * or bears something does not approve of it.
 */
export function isSameHand(actor: Actor, ...persons: readonly (string | null)[]): boolean {
  return persons.some((person) => person !== null && (person === actor.id || (actor.standsFor?.has(person) ?? false)));
}
