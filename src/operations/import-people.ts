import { isActive, type People, type Person, type PersonWords } from '#desk/people/people.ts';
import { invalid, type Refused } from '#desk/refused.ts';
import { emptyEstate } from '#estate/estate.ts';
import type { PeopleColumn, PeopleRow } from '#language/people-csv.ts';
import { isAllowed, type Actor } from '#model/actor.ts';
import type { Problem } from '#model/problem.ts';
import { quoted } from '#model/problem.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { actKindOf, type LiveDesk } from './live-desk.ts';
import { performAct, type Done } from './perform-act.ts';

/** A table of people, and who brings it. */
export type PeopleWanted = {
  readonly bytes: Uint8Array;
  /** Under which header a column stands, as `team=Squad,e-mail=Mail`. */
  readonly columns: string;
  /** The file names everybody: who came by CSV and is not in it leaves. */
  readonly isComplete: boolean;
  /** Only says what would be done. */
  readonly isDryRun: boolean;
  readonly actor: Actor;
};

/** What came of it. */
export type PeopleDone = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left: number;
  readonly rejected: number;
  /** Numbers of the acts. */
  readonly acts: readonly number[];
  readonly problems: readonly Problem[];
};

type Said = {
  readonly person: Pick<Person, 'id' | 'teams' | 'entity' | 'function' | 'costCentre' | 'jobRole' | 'manager' | 'active' | 'leaves'>;
  readonly words: PersonWords;
};

const system = 'csv';
const dayMs = 86_400_000;

/** Reads a table in the gateway and records who is new or changed as one act, whoever is not in a complete one any more as another. The same file twice does nothing twice. */
export async function importPeople(context: Context, live: LiveDesk, wanted: PeopleWanted): Promise<PeopleDone | Refused> {
  const { actor, isComplete, isDryRun } = wanted;
  const read = await context.gateway.readPeople(wanted.bytes, wanted.columns);
  const whole = read.problems.find(({ severity, line }) => severity === 'error' && line === undefined);
  if (whole !== undefined) return invalid(whole.message);
  const { people } = await live.catchUp(context.store);
  const problems = [...read.problems];
  let rejected = read.rejected;
  const index = indexOf(people);
  const placed: { readonly row: PeopleRow; readonly id: string }[] = [];
  const seen = new Set<string>();
  for (const row of read.rows) {
    const found = placeOf(row, people, index, seen, actor);
    if ('problem' in found) {
      rejected += 1;
      problems.push({ code: 'bad-row', message: `${found.problem} The row was left out.`, line: row.line, severity: 'error' });
      continue;
    }
    const id = found.id ?? `person:${context.randomId().slice(0, 26)}`;
    seen.add(id);
    note(index, id, row.cells['external id'], row.cells['user name'], row.cells['e-mail']);
    placed.push({ row, id });
  }
  const said = placed.map(({ row, id }) => saidBy(row, id, people.get(id), index, problems));
  const fresh = said.filter(({ person, words }) => isNews(people.get(person.id), person, words));
  const unchanged = said.length - fresh.length;
  const own = fresh.findIndex(({ person }) => person.id === actor.id);
  if (own !== -1) {
    fresh.splice(own, 1);
    rejected += 1;
    problems.push({ code: 'own-row', message: 'Somebody else says where you belong, so your own row was left out.', severity: 'warning' });
  }
  const gone = isComplete ? missing(people, seen, context.clock()) : [];
  if (rejected > 0 && gone.length > 0)
    problems.push({ code: 'not-complete', message: 'Rows were left out, so nobody leaves for not being in the file.', severity: 'warning' });
  const leaving = rejected > 0 ? [] : gone;
  const added = fresh.filter(({ person }) => !people.has(person.id)).length;
  const acts: number[] = [];
  if (!isDryRun && fresh.length > 0) {
    const done = await perform(context, live, actor, 'record-people', bodyOf(fresh), {
      people: fresh.map(({ person, words }) => ({ id: person.id, ...words })),
    });
    if ('refusal' in done) return done;
    acts.push(done.seq);
  }
  if (!isDryRun && leaving.length > 0) {
    const leaves = new Date(context.clock()).toISOString();
    const done = await perform(context, live, actor, 'offboard-people', { people: leaving, leaves }, null);
    if ('refusal' in done) return done;
    acts.push(done.seq);
  }
  return { added, changed: fresh.length - added, unchanged, left: leaving.length, rejected, acts, problems };
}

/** Who is called how, in any of the ways that a table may name them. Null where several are. */
type Index = { readonly external: Map<string, string>; readonly user: Map<string, string>; readonly email: Map<string, string | null> };

function indexOf(people: People): Index {
  const index: Index = { external: new Map(), user: new Map(), email: new Map() };
  for (const { id, words } of people.values()) note(index, id, words?.external.find((each) => each.system === system)?.id, words?.user, words?.email);
  return index;
}

function note(
  { external, user, email }: Index,
  id: string,
  itsExternal: string | null | undefined,
  itsUser: string | null | undefined,
  itsEmail: string | null | undefined,
): void {
  if (itsExternal != null) external.set(itsExternal, id);
  if (itsUser != null) user.set(itsUser.toLowerCase(), id);
  const mail = itsEmail?.toLowerCase();
  if (mail !== undefined) email.set(mail, (email.get(mail) ?? id) === id ? id : null);
}

/** Whom the row means, null for somebody new; or why that cannot be said. */
function placeOf(
  { cells }: PeopleRow,
  people: People,
  index: Index,
  seen: ReadonlySet<string>,
  actor: Actor,
): { readonly id: string | null } | { readonly problem: string } {
  const { 'external id': external, 'user name': user, 'e-mail': email } = cells;
  const byExternal = external == null ? undefined : index.external.get(external);
  const byUser = user == null ? undefined : index.user.get(user.toLowerCase());
  const byEmail = email == null ? undefined : index.email.get(email.toLowerCase());
  if (byExternal !== undefined && byUser !== undefined && byExternal !== byUser)
    return { problem: `${quoted(user ?? '')} is the user name of somebody else.` };
  // An address tells people apart only where nothing better does.
  const id = byExternal ?? byUser ?? (external == null && user == null ? byEmail : undefined);
  if (id === null) return { problem: `More than one have the address ${quoted(email ?? '')}.` };
  if (id === undefined) return { id: null };
  if (seen.has(id)) return { problem: 'Somebody stands there twice.' };
  const words = people.get(id)?.words ?? null;
  const known = words?.external.find((each) => each.system === system)?.id;
  if (external != null && known !== undefined && known !== external)
    return { problem: `${quoted(user ?? email ?? '')} is known by another external id.` };
  const isRenamed = user !== undefined && words !== null && words.user !== null && words.user !== user;
  if (isRenamed && !isAllowed(actor, 'access:write')) return { problem: 'The user name of somebody known is changed by an administrator.' };
  return { id };
}

/** What is known afterwards; what the file has no column for stays. */
function saidBy({ cells, line }: PeopleRow, id: string, before: Person | undefined, index: Index, problems: Problem[]): Said {
  const or = (column: PeopleColumn, kept: string | null | undefined): string | null => {
    const cell = cells[column];
    return cell === undefined ? (kept ?? null) : cell;
  };
  const external = cells['external id'];
  const others = before?.words?.external.filter((each) => external == null || each.system !== system) ?? [];
  const leaves = cells['leaver date'];
  return {
    person: {
      id,
      teams: cells.team === undefined ? (before?.teams ?? []) : teamsOf(cells.team),
      entity: or('legal entity', before?.entity),
      function: or('function', before?.function),
      costCentre: or('cost centre', before?.costCentre),
      // In the firm's words: what somebody may do here is given here.
      jobRole: or('role', before?.jobRole),
      manager: managerOf(cells.manager, id, before?.manager ?? null, index, (message) => {
        problems.push({ code: 'unknown-manager', message, line, severity: 'warning' });
      }),
      active: before?.active ?? true,
      // The last day is still theirs.
      leaves: leaves === undefined ? (before?.leaves ?? null) : leaves === null ? null : Date.parse(leaves) + dayMs,
    },
    words: {
      name: or('name', before?.words?.name),
      user: or('user name', before?.words?.user),
      email: or('e-mail', before?.words?.email),
      external: external == null ? others : [...others, { system, id: external }],
    },
  };
}

function teamsOf(cell: string | null): readonly string[] {
  const names = (cell ?? '').split(';').map((each) => each.trim().slice(0, 200));
  return [...new Set(names.filter((each) => each !== ''))].slice(0, 50);
}

function managerOf(
  cell: string | null | undefined,
  self: string,
  before: string | null,
  index: Index,
  warn: (message: string) => void,
): string | null {
  if (cell === undefined) return before;
  if (cell === null) return null;
  const id = index.external.get(cell) ?? index.user.get(cell.toLowerCase()) ?? index.email.get(cell.toLowerCase()) ?? null;
  if (id === null) warn(`${quoted(cell)} is nobody known here, so the manager is as before.`);
  else if (id === self) warn('Nobody is their own manager, so the manager is as before.');
  else return id;
  return before;
}

function isNews(before: Person | undefined, after: Said['person'], words: PersonWords): boolean {
  if (before === undefined || before.words === null) return true;
  const { id, teams, entity, function: work, costCentre, jobRole, manager, active, leaves } = before;
  const { name, user, email, external } = before.words;
  const keyOf = (said: Said): string =>
    JSON.stringify([
      [said.person.id, said.person.teams, said.person.entity, said.person.function, said.person.costCentre, said.person.jobRole, said.person.manager],
      [said.person.active, said.person.leaves, said.words.name, said.words.user, said.words.email],
      said.words.external.map((each) => [each.system, each.id]).sort(),
    ]);
  const person = { id, teams, entity, function: work, costCentre, jobRole, manager, active, leaves };
  return keyOf({ person, words: { name, user, email, external } }) !== keyOf({ person: after, words });
}

function missing(people: People, seen: ReadonlySet<string>, now: number): readonly string[] {
  return [...people.values()].filter((each) => each.source === 'csv' && !seen.has(each.id) && isActive(each, now)).map(({ id }) => id);
}

function bodyOf(fresh: readonly Said[]): object {
  return {
    source: 'csv',
    people: fresh.map(({ person }) => ({ ...person, leaves: person.leaves === null ? null : new Date(person.leaves).toISOString() })),
  };
}

async function perform(context: Context, live: LiveDesk, actor: Actor, id: string, body: object, words: object | null): Promise<Done | Refused> {
  const kind = actKindOf(id);
  if (kind === undefined) throw new Error(`The act ${id} is not in this build.`);
  const checked = kind.body.safeParse(body);
  const said = kind.words === null ? null : kind.words.safeParse(words);
  if (!checked.success || said?.success === false) return invalid('The people do not fit what is kept of people.');
  return performAct(context, live, emptyEstate(), {
    kind,
    body: checked.data,
    words: said?.data ?? null,
    actor,
    visibility: seesNothing,
    expects: null,
  });
}
