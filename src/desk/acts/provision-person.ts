import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { administratorsBut, isLive } from '../access/actors.ts';
import { grantsOf } from '../access/roles.ts';
import type { Desk } from '../desk.ts';
import { PersonId } from '../people/schemas.ts';
import { personByExternal, personByUser, type Person, type PersonWords } from '../people/people.ts';
import { invalid, notAllowed, unknown, type Refused } from '../refused.ts';

/** How the ids that a directory gives are named among those of other systems. */
export const directorySystem = 'scim';

const Body = z.strictObject({
  id: PersonId,
  entity: z.string().max(200).nullable(),
  function: z.string().max(200).nullable(),
  costCentre: z.string().max(100).nullable(),
  jobRole: z.string().max(200).nullable(),
  manager: PersonId.nullable(),
  active: z.boolean(),
  /** ISO 8601; from then on they are gone. */
  leaves: z.iso.datetime().nullable(),
  /** The directory deleted them: they leave, and nothing is erased. */
  deleted: z.boolean(),
});
type Body = z.infer<typeof Body>;

const Words = z
  .strictObject({
    user: z.string().regex(/^[^\s\p{Cc}]{1,100}$/u),
    name: z.string().min(1).max(200).nullable(),
    given: z.string().min(1).max(200).nullable(),
    family: z.string().min(1).max(200).nullable(),
    email: z
      .string()
      .regex(/^[^\s@\p{Cc}]{1,100}@[^\s@\p{Cc}]{1,150}$/u)
      .nullable(),
    externalId: z.string().min(1).max(300).nullable(),
  })
  .nullable();
type Words = z.infer<typeof Words>;

/** Says who somebody is, as a directory has it. Teams and roles stay as they are; without words the names stay, too. */
export const provisionPerson = actKind<Body, Words>({
  id: 'provision-person',
  summary: 'Add a person, or change what is known about them, as a directory says',
  permission: 'people:provision',
  body: Body,
  words: Words,
  subjectOf: (body) => body.id,
  isChangedSince: (desk, { body }, seen) => (desk.people.get(body.id)?.seq ?? 0) !== seen,
  judge(desk, { body, words, actor, at }) {
    if (!isAllowed(actor, 'people:provision', [null])) return notAllowed('This is for a directory of the whole office.');
    const before = desk.people.get(body.id);
    if (before === undefined && (body.deleted || words === null)) return unknown('Somebody who is not known here cannot be changed.');
    if (body.id === actor.id) return notAllowed('Somebody else says who you are.');
    if (body.manager === body.id) return invalid('Nobody is their own manager.');
    const gone = new Set(body.active && body.leaves === null ? [] : [body.id]);
    if (gone.size > 0 && administratorsBut(desk, {}, at) > 0 && administratorsBut(desk, { people: gone }, at) === 0)
      return notAllowed('No administrator would be left. Make somebody else one first.');
    return words === null ? null : refusedIdentity(desk, body.id, words, at);
  },
  fold(desk, act) {
    const { deleted, leaves, ...row } = act.body as Body;
    const before = desk.people.get(row.id);
    const said = act.words as Words;
    desk.people.set(row.id, {
      ...row,
      teams: before?.teams ?? [],
      source: 'scim',
      leaves: leaves === null ? null : Date.parse(leaves),
      since: before?.since ?? act.at,
      seq: act.seq,
      at: act.at,
      words: said === null ? (before?.words ?? null) : wordsOf(said, before),
      wordsIn: said === null ? (before?.wordsIn ?? []) : [...(before?.wordsIn ?? []), act.seq],
    });
    if (deleted) desk.provisioning.deleted.add(row.id);
    else desk.provisioning.deleted.delete(row.id);
  },
});

function wordsOf({ externalId, ...said }: NonNullable<Words>, before: Person | undefined): PersonWords {
  const others = before?.words?.external.filter(({ system }) => system !== directorySystem) ?? [];
  return { ...said, external: externalId === null ? others : [...others, { system: directorySystem, id: externalId }] };
}

/** Two people never sign in as one, and a directory does not change by what an administrator signs in. */
function refusedIdentity(desk: Desk, id: string, { user, externalId }: NonNullable<Words>, at: number): Refused | null {
  const withUser = personByUser(desk.people, user);
  if (withUser !== null && withUser.id !== id) return invalid('Somebody else has this user name.');
  const withExternal = externalId === null ? null : personByExternal(desk.people, directorySystem, externalId);
  if (withExternal !== null && withExternal.id !== id) return invalid('Somebody else has this external id.');
  const known = desk.people.get(id)?.words?.user ?? null;
  return known !== null && known !== user && handsOut(desk, id, at)
    ? notAllowed('The user name of somebody who hands out access is changed by an administrator.')
    : null;
}

function handsOut(desk: Desk, id: string, at: number): boolean {
  return (desk.access.grantsOf.get(id) ?? []).some(
    (grant) => isLive(desk, grant, at) && grantsOf(grant.role).some(([permission]) => permission === 'access:write'),
  );
}
