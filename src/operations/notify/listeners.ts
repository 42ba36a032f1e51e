import { actorOfPerson, isLive } from '#desk/access/actors.ts';
import type { RoleId } from '#desk/access/roles.ts';
import { visibilityFor } from '#desk/access/visibility-for.ts';
import type { Desk } from '#desk/desk.ts';
import type { Addressee, Notice } from '#desk/notices/notice.ts';
import { isActive, personNamed, type Person } from '#desk/people/people.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { isAllowed, isSameHand } from '#model/actor.ts';
import type { Visibility } from '#model/visibility.ts';

/** Who hears of notices by mail. */
export type Listeners = {
  /** Pseudonyms, and lists of the configuration as `list:team` or `list:` for the office's own. */
  of(notice: Notice): readonly string[];
  /** Those of these persons who can be written to and may see it. */
  among(persons: readonly string[], notice: Notice): readonly string[];
  /** Whether anybody is known whom it is meant for. */
  areKnown(notice: Notice): boolean;
};

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
  const heardBy = ({ to, teams, isOfCatalogue }: Notice): readonly string[] => [
    ...new Set(to.flatMap(named).filter((each) => each.startsWith('list:') || teams.every((team) => sees(each, team, isOfCatalogue === true)))),
  ];
  return {
    of(notice) {
      const found = heardBy(notice);
      return found.length > 0 ? found : heardBy({ ...notice, to: [{ kind: 'office' }] });
    },
    among: (persons, { teams, isOfCatalogue }) =>
      persons.filter((id) => active.some((each) => each.id === id) && teams.every((team) => sees(id, team, isOfCatalogue === true))),
    areKnown: (notice) => heardBy(notice).length > 0,
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
        if (actor === null || isSameHand(actor, ...to.but)) return false;
        return actor.grants.has('findings:approve') && isAllowed(actor, 'findings:approve', to.teams);
      });
    case 'named': {
      const found = personNamed(desk.people, to.name.replace(/^@/, ''));
      return active.filter((each) => each.id === found?.id);
    }
    default:
      return to satisfies never;
  }
}

/** Whether a person may see what a team has open, or that it is there at all. */
function seeing(desk: Desk, now: number): (id: string, team: string | null, isOfCatalogue: boolean) => boolean {
  const visibilities = new Map<string, Readonly<Record<'estate' | 'findings', Visibility>>>();
  return (id, team, isOfCatalogue) => {
    let visibility = visibilities.get(id);
    if (visibility === undefined) {
      const actor = actorOfPerson(desk, id, now);
      if (actor === null) return false;
      const { restricted } = desk.access;
      visibility = { estate: visibilityFor(actor, 'estate', restricted), findings: visibilityFor(actor, 'findings', restricted) };
      visibilities.set(id, visibility);
    }
    return isVisible({ team }, isOfCatalogue ? visibility.estate : visibility.findings);
  };
}
