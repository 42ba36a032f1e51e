import { isAllowed, type Actor } from '#model/actor.ts';
import type { Visibility } from '#model/visibility.ts';
import { visibilityFor } from '../access/visibility-for.ts';
import type { Desk } from '../desk.ts';
import type { Bearer, Case } from './cases.ts';
import { caseNamed } from './council.ts';

/** The case with this id or name, as far as the actor may see it; null, too, where it does not exist for them. */
export function caseFor(desk: Desk, actor: Actor, name: string): Case | null {
  const found = caseNamed(desk.council, name);
  return found !== undefined && seesCase(desk, actor, found) ? found : null;
}

/** True for who asked, who bears a condition of it, and who may read cases of its team. Cases of restricted teams are seen like everything of theirs. */
export function seesCase(desk: Desk, actor: Actor, of: Case): boolean {
  if (of.requesters.includes(actor.id)) return true;
  if (isAllowed(actor, 'council:read') && sees(visibilityFor(actor, 'council', desk.access.restricted), of.team)) return true;
  const conditions = of.decisions.flatMap((each) => each.conditions);
  return conditions.some((id) => {
    const condition = desk.council.conditions.get(id);
    return condition !== undefined && bears(desk, actor, condition.owner);
  });
}

/** True when a condition is the actor's to see to. */
export function bears(desk: Desk, actor: Actor, owner: Bearer): boolean {
  if (owner.kind === 'person') return owner.id === actor.id;
  return desk.people.get(actor.id)?.teams.includes(owner.team) === true;
}

function sees(visibility: Visibility, team: string | null): boolean {
  if (visibility.kind === 'all') return true;
  if (visibility.kind === 'all-but') return team === null || !visibility.teams.has(team);
  return team !== null && visibility.teams.has(team);
}
