import type { Permission } from './permission.ts';

/** Who does something, and what they may do where. */
export type Actor = {
  /** Lasting pseudonym, as acts name it. */
  readonly id: string;
  readonly kind: 'person' | 'machine' | 'link' | 'office';
  /** Where each permission holds: in the whole office, or for these teams only. A permission that is absent is denied. */
  readonly grants: ReadonlyMap<Permission, 'office' | ReadonlySet<string>>;
};

/** True when the actor may do it for every one of these teams; null stands for what no team owns, and needs the whole office. Without teams it is enough to have it anywhere. */
export function isAllowed(actor: Actor, permission: Permission, teams: Iterable<string | null> = []): boolean {
  const where = permission === 'session' ? 'office' : actor.grants.get(permission);
  if (where === undefined) return false;
  if (where === 'office') return true;
  for (const team of teams) if (team === null || !where.has(team)) return false;
  return true;
}
