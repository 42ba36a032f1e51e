import { actorOfPerson, isLive } from '#desk/access/actors.ts';
import type { RoleId } from '#desk/access/roles.ts';
import { visibilityFor } from '#desk/access/visibility-for.ts';
import type { Desk } from '#desk/desk.ts';
import type { Addressee, Notice } from '#desk/notices/notice.ts';
import { isActive, type Person } from '#desk/people/people.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { isAllowed } from '#model/actor.ts';

/** Who hears of a notice by mail: pseudonyms, and lists of the configuration as `list:team` or `list:` for the office's own. */
export type Listeners = (notice: Notice) => readonly string[];

/** The listeners of an office at one moment. Persons hear only of what they may see; where nobody is found it is the office's. */
export function listenersOn(desk: Desk, now: number, lists: ReadonlySet<string>): Listeners {
  const active = [...desk.people.values()].filter((each) => isActive(each, now) && each.words?.email != null);
  const known = new Map<string, readonly string[]>();
  const sees = seeing(desk, now);
  const named = (to: Addressee): readonly string[] => {
    const key = JSON.stringify(to);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = [...personsFor(desk, active, to, now).map((each) => each.id), ...listsFor(to, lists)];
    known.set(key, found);
    return found;
  };
  const heardBy = ({ to, teams }: Notice): readonly string[] => [
    ...new Set(to.flatMap(named).filter((each) => each.startsWith('list:') || teams.every((team) => sees(each, team)))),
  ];
  return (notice) => {
    const found = heardBy(notice);
    return found.length > 0 ? found : heardBy({ ...notice, to: [{ kind: 'office' }] });
  };
}

function listsFor(to: Addressee, lists: ReadonlySet<string>): readonly string[] {
  const name = to.kind === 'team' ? `list:${to.team}` : to.kind === 'office' ? 'list:' : null;
  return name !== null && lists.has(name) ? [name] : [];
}

function personsFor(desk: Desk, active: readonly Person[], to: Addressee, now: number): readonly Person[] {
  const holds = (each: Person, role: RoleId): boolean =>
    (desk.access.grantsOf.get(each.id) ?? []).some((grant) => grant.role === role && isLive(desk, grant, now));
  switch (to.kind) {
    case 'person':
      return active.filter((each) => each.id === to.id);
    case 'team':
      return active.filter((each) => each.teams.includes(to.team));
    case 'lead':
      return active.filter((each) => each.teams.includes(to.team) && holds(each, 'team-lead'));
    case 'department': {
      const managers = new Set(active.filter((each) => each.teams.includes(to.team)).map((each) => each.manager));
      return active.filter((each) => managers.has(each.id));
    }
    case 'office':
      return active.filter((each) => holds(each, 'office'));
    case 'approvers':
      return active.filter((each) => {
        const actor = actorOfPerson(desk, each.id, now);
        return actor !== null && actor.grants.has('findings:approve') && isAllowed(actor, 'findings:approve', to.teams);
      });
    default:
      return to satisfies never;
  }
}

/** Whether a person may see what a team has open. */
function seeing(desk: Desk, now: number): (id: string, team: string | null) => boolean {
  const visibilities = new Map<string, ReturnType<typeof visibilityFor>>();
  return (id, team) => {
    let visibility = visibilities.get(id);
    if (visibility === undefined) {
      const actor = actorOfPerson(desk, id, now);
      if (actor === null) return false;
      visibilities.set(id, (visibility = visibilityFor(actor, 'findings', desk.access.restricted)));
    }
    return isVisible({ team }, visibility);
  };
}
