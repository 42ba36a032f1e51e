import { z } from 'zod';
import { isAllowed, type Actor } from '#model/actor.ts';
import type { Act } from '#model/act.ts';
import type { Command } from '../act-kind.ts';
import type { Desk } from '../desk.ts';
import type { People } from '../people/people.ts';
import { invalid, notAllowed, type Refused } from '../refused.ts';
import type { SaidOwner } from './ownership.ts';

/** Components and the owner that sources name for each, as whoever speaks has seen it. */
export const SaidOwners = z.strictObject({
  owners: z
    .array(z.strictObject({ component: z.string().min(1).max(1000), owner: z.string().min(1).max(300) }))
    .min(1)
    .max(1000),
});
export type SaidOwners = z.infer<typeof SaidOwners>;

/** What the acts about owners have in common. */
export const ofOwners = {
  permission: 'owners:confirm',
  body: SaidOwners,
  componentsOf: ({ owners }: SaidOwners) => owners.map(({ component }) => component),
  subjectOf: ({ owners }: SaidOwners) => (owners.length === 1 ? `component:${owners[0]?.component ?? ''}` : 'owners'),
} as const;

/** Why somebody may not speak for these owners; null when they may. */
export function refusedOwners(desk: Desk, { body, actor, teams }: Pick<Command<SaidOwners>, 'body' | 'actor' | 'teams'>): Refused | null {
  for (const [at, { component, owner }] of body.owners.entries()) {
    const team = teams[at] ?? null;
    if (!isAllowed(actor, 'owners:confirm', [team]) && !isMeant(desk.people, actor, team))
      return notAllowed('Some of these components belong to teams for which you may not speak.');
    if (team === null) return invalid(`No source names an owner of ${component}. Name one in CODEOWNERS or catalog-info.yaml.`);
    if (team !== owner) return invalid(`The owner of ${component} is ${team} by now. Look at it again.`);
  }
  return null;
}

/** Notes what was said, by each component. */
export function noteOwners(desk: Desk, act: Act, said: SaidOwner['said']): void {
  for (const { component, owner } of (act.body as SaidOwners).owners) {
    const wasMember = desk.people.get(act.actor)?.teams.includes(owner) ?? false;
    desk.ownership.set(component, { said, owner, by: act.actor, at: act.at, seq: act.seq, wasMember });
  }
}

/** True when an owner that is a single person, `@marta-lind` or a mail address, is the actor, by what they are called here. */
export function isMeant(people: People, { id, kind }: Pick<Actor, 'id' | 'kind'>, owner: string | null): boolean {
  return kind === 'person' && owner !== null && personMeant(people, owner) === id;
}

/** Pseudonym of the person that an owner of a single person names, by user name or mail address; null for teams, and when it is nobody here, or several. */
export function personMeant(people: People, owner: string): string | null {
  if (!owner.includes('@')) return null;
  const wanted = owner.replace(/^@/, '').toLowerCase();
  const found = [...people.values()].filter(({ words }) => words?.user?.toLowerCase() === wanted || words?.email?.toLowerCase() === wanted);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
