import { z } from 'zod';
import { isAllowed, type Actor } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { administratorsBut } from '../access/actors.ts';
import type { Desk } from '../desk.ts';
import { PersonId, TeamName } from '../people/schemas.ts';
import type { PersonWords } from '../people/people.ts';
import { invalid, notAllowed, type Refused } from '../refused.ts';

const mostAtOnce = 20_000;

const Row = z.strictObject({
  id: PersonId,
  teams: z.array(TeamName).max(50).default([]),
  entity: z.string().max(200).nullable().default(null),
  function: z.string().max(200).nullable().default(null),
  costCentre: z.string().max(100).nullable().default(null),
  /** In the firm's words; it allows nothing here. Absent: as it was. */
  jobRole: z.string().max(200).nullable().optional(),
  manager: PersonId.nullable().default(null),
  active: z.boolean().default(true),
  /** ISO 8601; from then on they are gone. */
  leaves: z.iso.datetime().nullable().default(null),
});
type Row = z.infer<typeof Row>;

const Body = z.strictObject({ source: z.enum(['csv', 'scim', 'local', 'oidc']), people: z.array(Row).min(1).max(mostAtOnce) });
type Body = z.infer<typeof Body>;

const SaidRow = z.strictObject({
  id: PersonId,
  name: z.string().min(1).max(200).nullable().default(null),
  user: z
    .string()
    .regex(/^[^\s\p{Cc}]{1,100}$/u)
    .nullable()
    .default(null),
  email: z
    .string()
    .regex(/^[^\s@\p{Cc}]{1,100}@[^\s@\p{Cc}]{1,150}$/u)
    .nullable()
    .default(null),
  external: z
    .array(z.strictObject({ system: z.string().min(1).max(300), id: z.string().min(1).max(300) }))
    .max(5)
    .default([]),
});

const Words = z.strictObject({ people: z.array(SaidRow).max(mostAtOnce) });
type Words = z.infer<typeof Words>;

/** Says who somebody is and where they belong: adds people and changes them; a row says all there is to say. One without words keeps those said before. */
export const recordPeople = actKind<Body, Words>({
  id: 'record-people',
  summary: 'Add people, or change what is known about them',
  permission: 'people:write',
  body: Body,
  words: Words,
  subjectOf: (body) => (body.people.length === 1 ? (body.people[0]?.id ?? 'people') : 'people'),
  judge(desk, { body, words, actor, at }) {
    if (new Set(body.people.map((each) => each.id)).size !== body.people.length) return invalid('Somebody stands there twice.');
    const ids = new Set(body.people.map((each) => each.id));
    if (words.people.some((each) => !ids.has(each.id))) return invalid('There are names for somebody who is not among the people.');
    return refusedFor(desk, body, actor, at) ?? refusedIdentity(desk, words, actor);
  },
  fold(desk, act) {
    const { source, people } = act.body as Body;
    const said = new Map((act.words as Words | null)?.people.map(({ id, ...words }) => [id, words]));
    for (const { leaves, ...row } of people) {
      const before = desk.people.get(row.id);
      const words = said.get(row.id);
      desk.people.set(row.id, {
        ...row,
        jobRole: row.jobRole === undefined ? (before?.jobRole ?? null) : row.jobRole,
        source,
        since: before?.since ?? act.at,
        leaves: leaves === null ? null : Date.parse(leaves),
        seq: act.seq,
        at: act.at,
        words: words === undefined ? (before?.words ?? null) : withParts(words, before?.words ?? null),
        wordsIn: words === undefined ? (before?.wordsIn ?? []) : [...(before?.wordsIn ?? []), act.seq],
      });
    }
  },
});

/** The parts of a name stay while the name does. */
function withParts(said: PersonWords, before: PersonWords | null): PersonWords {
  if (before?.given === undefined || before.name !== said.name) return said;
  return { given: before.given, family: before.family ?? null, ...said };
}

function refusedFor(desk: Desk, body: Body, actor: Actor, at: number): Refused | null {
  for (const row of body.people) {
    if (row.manager === row.id) return invalid('Nobody is their own manager.');
    // Team permissions follow the teams: nobody gives themselves some.
    if (row.id === actor.id && !isSame(row, desk.people.get(row.id))) return notAllowed('Somebody else says where you belong.');
  }
  const gone = new Set(body.people.filter((each) => !each.active || each.leaves !== null).map((each) => each.id));
  return gone.size > 0 && administratorsBut(desk, {}, at) > 0 && administratorsBut(desk, { people: gone }, at) === 0
    ? invalid('No administrator would be left. Make somebody else one first.')
    : null;
}

function isSame(row: Row, person: ReturnType<Desk['people']['get']>): boolean {
  return (
    person !== undefined &&
    row.teams.length === person.teams.length &&
    row.teams.every((team) => person.teams.includes(team)) &&
    row.active === person.active &&
    (row.leaves === null ? null : Date.parse(row.leaves)) === person.leaves
  );
}

/** Two people never sign in as one, and who may not hand out access does not change by what somebody signs in. */
function refusedIdentity(desk: Desk, words: Words, actor: Actor): Refused | null {
  const byUser = new Map<string, string>();
  const byExternal = new Map<string, string>();
  for (const each of desk.people.values()) if (each.words !== null) note(each.id, each.words);
  const mayChange = isAllowed(actor, 'access:write');
  for (const { id, ...said } of words.people) {
    const before = desk.people.get(id)?.words ?? null;
    if (before !== null && !mayChange && !keepsIdentity(before, said))
      return notAllowed('The user name and the identities of somebody known are changed by an administrator.');
    if (said.user !== null && (byUser.get(said.user.toLowerCase()) ?? id) !== id) return invalid('Somebody else has this user name.');
    for (const each of said.external)
      if ((byExternal.get(keyOf(each)) ?? id) !== id) return invalid('Somebody else has this identity in the other system.');
    note(id, said);
  }
  return null;

  function note(id: string, { user, external }: Pick<PersonWords, 'user' | 'external'>): void {
    if (user !== null) byUser.set(user.toLowerCase(), id);
    for (const each of external) byExternal.set(keyOf(each), id);
  }
}

/** True when nothing that somebody signs in with is changed; what was not known may be added. */
function keepsIdentity(before: PersonWords, said: Pick<PersonWords, 'user' | 'external'>): boolean {
  const systems = new Set(before.external.map((each) => each.system));
  return (
    (before.user === null || before.user === said.user) &&
    before.external.every((each) => said.external.some((other) => keyOf(other) === keyOf(each))) &&
    said.external.every((each) => !systems.has(each.system) || before.external.some((other) => keyOf(other) === keyOf(each)))
  );
}

function keyOf({ system, id }: { readonly system: string; readonly id: string }): string {
  return JSON.stringify([system, id]);
}
