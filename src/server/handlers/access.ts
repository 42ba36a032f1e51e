import type { Grant } from '#desk/access/access.ts';
import { isLive } from '#desk/access/actors.ts';
import { roles } from '#desk/access/roles.ts';
import type { Desk } from '#desk/desk.ts';
import { isActive, nameOf } from '#desk/people/people.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

const never = 8_640_000_000_000_000;

/** Who may do what, since when and by whom: every role that was ever given, with how it stands. */
export const access: Handler<'access'> = async ({ office, query }) => {
  const { desk } = office.desk;
  const now = office.clock();
  const signedIn = new Map((await office.store.auth.signedIn()).map((row) => [row.person, row.at]));
  const named = (id: string) => ({ id, name: nameOf(desk.people, id) });
  const hasWords = wordsFilter(query.q);
  const all = [...desk.access.grants.values()];
  const rows = all.filter(
    (each) =>
      hasWords(`${named(each.person).name} ${roles[each.role].title}`) &&
      (query.person === undefined || each.person === query.person) &&
      (query.role === undefined || each.role === query.role) &&
      (query.how === undefined || each.how === query.how) &&
      (query.state === undefined || stateOf(desk, each, now) === query.state),
  );
  const sort = query.sort.replace(/^-/, '');
  const rankOf = (each: Grant): string | number => {
    if (sort === 'since') return each.at;
    if (sort === 'until') return each.until ?? never;
    return sort === 'role' ? roles[each.role].title : named(each.person).name.toLowerCase();
  };
  return listing({
    rows,
    keyOf: (each: Grant) => [rankOf(each), each.id],
    view: (each) => ({
      id: each.id,
      person: named(each.person),
      role: each.role,
      title: roles[each.role].title,
      teams: [...teamsOf(desk, each)],
      how: each.how,
      by: named(each.by),
      since: new Date(each.at).toISOString(),
      from: new Date(each.from).toISOString(),
      until: isoOf(each.until),
      state: stateOf(desk, each, now),
      revoked: each.revoked === null ? null : { at: new Date(each.revoked.at).toISOString(), by: named(each.revoked.by) },
      reason: each.reason,
      lastSignIn: isoOf(signedIn.get(each.person) ?? null),
      lastAct: isoOf(desk.lastActs.get(each.person) ?? null),
    }),
    columns,
    extra: () => ({
      brokenGlass: all.filter((each) => each.how === 'break-glass' && isLive(desk, each, now)).length,
      restrictedTeams: [...desk.access.restricted].sort(),
    }),
  });
};

function stateOf(desk: Desk, grant: Grant, now: number): ItemOf<'access'>['state'] {
  if (grant.revoked !== null) return 'revoked';
  const person = desk.people.get(grant.person);
  if (person === undefined || !isActive(person, now)) return 'left';
  if (grant.from > now) return 'planned';
  return isLive(desk, grant, now) ? 'holds' : 'ended';
}

/** The teams for which it holds, as the roles' own rule has it: named ones, else those of whoever's role it is. */
function teamsOf(desk: Desk, grant: Grant): readonly string[] {
  const of = grant.of === null ? undefined : desk.access.grants.get(grant.of);
  return grant.teams ?? of?.teams ?? desk.people.get(of?.person ?? grant.person)?.teams ?? [];
}

const columns: readonly CsvColumn<ItemOf<'access'>>[] = [
  ['person', (each) => each.person.id],
  ['name', (each) => each.person.name],
  ['role', (each) => each.title],
  ['teams', (each) => each.teams.join(' ')],
  ['how', (each) => each.how],
  ['by', (each) => each.by.name],
  ['since', (each) => each.since],
  ['from', (each) => each.from],
  ['until', (each) => each.until],
  ['state', (each) => each.state],
  ['revoked at', (each) => each.revoked?.at ?? null],
  ['revoked by', (each) => each.revoked?.by.name ?? null],
  ['reason', (each) => each.reason],
  ['last sign-in', (each) => each.lastSignIn],
  ['last act', (each) => each.lastAct],
];
