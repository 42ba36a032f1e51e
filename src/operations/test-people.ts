import { emptyEstate } from '#estate/estate.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { actKindOf, type LiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct, type Done } from './perform-act.ts';

/** Does something as the office itself, for tests only. Throws when it is refused. */
export async function asOffice(context: Context, live: LiveDesk, id: string, body: object, words: object | null = null): Promise<Done> {
  const kind = actKindOf(id);
  if (kind === undefined) throw new Error(`There is no act ${id}.`);
  const wanted = {
    kind,
    body: kind.body.parse(body),
    words: kind.words === null ? null : kind.words.parse(words ?? {}),
    actor: officeActor,
    visibility: seesNothing,
    expects: null,
  };
  const done = await performAct(context, live, emptyEstate(), wanted);
  if ('refusal' in done) throw new Error(`${id}: ${done.reason}`);
  return done;
}

/** Pseudonym of a person of tests: the name, filled up. It must consist of the letters a to z. */
export function personId(name: string): string {
  return `person:${name.padEnd(26, 'x')}`;
}

/** Adds a person by their user name, for tests only, with a role where one is given; gives the pseudonym. */
export async function addPerson(
  context: Context,
  live: LiveDesk,
  name: string,
  { teams = [], role }: { readonly teams?: readonly string[]; readonly role?: string } = {},
): Promise<string> {
  const id = personId(name);
  await asOffice(context, live, 'record-people', { source: 'local', people: [{ id, teams }] }, { people: [{ id, name, user: name }] });
  if (role !== undefined) await asOffice(context, live, 'grant-role', { id: `g${name}`.padEnd(26, 'x'), person: id, role });
  return id;
}
