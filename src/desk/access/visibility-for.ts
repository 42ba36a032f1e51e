import type { Actor } from '#model/actor.ts';
import { seesAll, seesNothing, type Visibility } from '#model/visibility.ts';

/** What is seen: components and what they use, what is open in them, where they are read from, what was uploaded for them, what the council is asked. */
export type Seen = 'estate' | 'findings' | 'sources' | 'uploads' | 'council';

const permissionFor = {
  estate: 'estate:read',
  findings: 'findings:read',
  sources: 'sources:read',
  uploads: 'sboms:write',
  council: 'council:read',
} as const;

/**
 * The one decision what somebody may see. The catalogue is open to all who may read it, findings as far as the permission reaches; of teams that are
 * marked restricted only their own members and who may see restricted ones see anything.
 */
export function visibilityFor(actor: Actor, seen: Seen, restricted: ReadonlySet<string>): Visibility {
  const where = actor.grants.get(permissionFor[seen]);
  if (where === undefined) return seesNothing;
  const mayPass = actor.grants.get('restricted:read');
  const hidden = new Set(mayPass === 'office' ? [] : [...restricted].filter((team) => mayPass?.has(team) !== true));
  if (where === 'office') return hidden.size === 0 ? seesAll : { kind: 'all-but', teams: hidden };
  return { kind: 'teams', teams: new Set([...where].filter((team) => !hidden.has(team))) };
}
