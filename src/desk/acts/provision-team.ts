import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { GivenId, PersonId, TeamName } from '../people/schemas.ts';
import type { Person } from '../people/people.ts';
import { teamNamed } from '../provisioning/provisioning.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const mostTeams = 50;

const Body = z.strictObject({
  id: GivenId,
  /** As components name it. */
  name: TeamName,
  externalId: z.string().min(1).max(300).nullable(),
  add: z.array(PersonId).max(20_000),
  remove: z.array(PersonId).max(20_000),
  /** The directory deleted it: nobody is in it any more. */
  deleted: z.boolean(),
});
type Body = z.infer<typeof Body>;

/** Says what a team is called and who joins and leaves it, as a directory has it. It gives no roles; those one has reach as far as one's teams. */
export const provisionTeam = actKind<Body>({
  id: 'provision-team',
  summary: 'Add a team, or change who is in it, as a directory says',
  permission: 'people:provision',
  body: Body,
  words: null,
  subjectOf: (body) => `team:${body.name}`,
  isChangedSince: (desk, { body }, seen) => (desk.provisioning.teams.get(body.id)?.seq ?? 0) !== seen,
  judge({ people, provisioning }, { body, actor }) {
    if (!isAllowed(actor, 'people:provision', [null])) return notAllowed('This is for a directory of the whole office.');
    if (body.deleted && !provisioning.teams.has(body.id)) return unknown('A team that is not known here cannot be deleted.');
    const named = teamNamed(provisioning, body.name);
    if (named !== null && named.id !== body.id) return invalid('Another team has this name.');
    const touched = [...body.add, ...body.remove];
    if (touched.some((id) => !people.has(id))) return unknown('Somebody of these is not known here.');
    if (touched.includes(actor.id)) return notAllowed('Somebody else says where you belong.');
    const isFull = ({ teams }: Person): boolean => teams.length >= mostTeams && !teams.includes(body.name);
    return people.values().some((person) => body.add.includes(person.id) && isFull(person))
      ? invalid(`Nobody is in more than ${String(mostTeams)} teams.`)
      : null;
  },
  fold({ people, provisioning: { teams } }, act) {
    const { id, name, externalId, add, remove, deleted } = act.body as Body;
    const before = teams.get(id);
    const [joins, leaves] = [new Set(add), new Set(remove)];
    for (const person of people.values()) {
      const kept = person.teams.filter((each) => each !== name && each !== before?.name);
      const isIn = !deleted && !leaves.has(person.id) && (joins.has(person.id) || kept.length < person.teams.length);
      // Whoever was in it stays at the same place: the first team is the own one.
      const renamed = [...new Set(person.teams.map((each) => (each === before?.name ? name : each)))];
      const next = !isIn ? kept : renamed.includes(name) ? renamed : [...kept, name];
      if (next.length !== person.teams.length || next.some((each, at) => each !== person.teams[at]))
        people.set(person.id, { ...person, teams: next, seq: act.seq, at: act.at });
    }
    if (deleted) teams.delete(id);
    else teams.set(id, { id, name, externalId, since: before?.since ?? act.at, at: act.at, seq: act.seq });
  },
});
