import type { Desk } from '#desk/desk.ts';
import { monthsAfter, reasonToAttest } from '#desk/ownership/attestation.ts';
import { isMeant } from '#desk/ownership/say-owners.ts';
import type { SaidOwner } from '#desk/ownership/ownership.ts';
import { stewardOf } from '#desk/ownership/stewardships.ts';
import { isActive, nameOf } from '#desk/people/people.ts';
import type { EstateComponent } from '#estate/estate.ts';
import { isAllowed } from '#model/actor.ts';
import { certaintyOf, isInferred } from '#operations/triage/owner-certainty.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { ServedOffice } from '../office.ts';
import type { Principal } from '../principal.ts';
import type { Ownership, Steward } from '../schemas/ownership.ts';

type Asking = { readonly office: Pick<ServedOffice, 'desk' | 'clock' | 'attestMonths'>; readonly principal: Pick<Principal, 'actor'> };

/** How the owner of a component stands; `last` is what was said of it last, by whichever of its refs. */
export function ownershipView({ office, principal }: Asking, component: EstateComponent, last: SaidOwner | undefined): Ownership {
  const { desk } = office.desk;
  const stands = last === undefined || last.said === 'withdrawn' ? null : { ...last, said: last.said };
  return {
    certainty: certaintyOf(component, last),
    said:
      stands === null
        ? null
        : {
            what: stands.said,
            owner: stands.owner,
            by: { id: stands.by, name: nameOf(desk.people, stands.by) },
            at: new Date(stands.at).toISOString(),
          },
    reason: reasonOf({ office, desk }, component, last),
    mayAnswer: mayAnswer({ desk, principal }, component),
  };
}

/** Why the owner of a component is to be confirmed; null when it is not, and where sources name none. */
export function reasonOf(
  { office, desk }: Pick<Asking, 'office'> & { readonly desk: Desk },
  component: EstateComponent,
  last: SaidOwner | undefined,
): Ownership['reason'] {
  const owner = component.team;
  if (owner === null) return null;
  return reasonToAttest({ owner, isInferred: isInferred(component), said: last }, desk.people, office.clock(), office.attestMonths);
}

/** Whether somebody may say of a component whose it is. */
export function mayAnswer(
  { desk, principal }: Pick<Asking, 'principal'> & { readonly desk: Desk },
  { team }: Pick<EstateComponent, 'team'>,
): boolean {
  const { actor } = principal;
  if (team === null || !isAllowed(actor, 'owners:confirm')) return false;
  return isAllowed(actor, 'owners:confirm', [team]) || isMeant(desk.people, actor, team);
}

/** Until when a confirmation stands. */
export function attestedUntil(last: SaidOwner | undefined, months: number): string | null {
  return last?.said === 'confirmed' ? isoOf(monthsAfter(last.at, months)) : null;
}

/** Who is asked about a package now; null when nobody was named. */
export function stewardView({ people, stewardships }: Desk, purl: string, now: number): Steward | null {
  const named = stewardOf(stewardships, purl, now);
  if (named?.steward == null) return null;
  const who = stewardNamed({ people }, named.steward);
  const person = who.kind === 'team' ? undefined : people.get(who.id);
  return {
    ...who,
    from: new Date(named.from).toISOString(),
    until: isoOf(named.until),
    by: { id: named.by, name: nameOf(people, named.by) },
    hasLeft: who.kind === 'person' && (person === undefined || !isActive(person, now)),
  };
}

/** What somebody is called who was named to be asked: a pseudonym, or `team:…`. */
export function stewardNamed({ people }: Pick<Desk, 'people'>, steward: string): Pick<Steward, 'kind' | 'id' | 'name'> {
  const isTeam = steward.startsWith('team:');
  const id = isTeam ? steward.slice('team:'.length) : steward;
  return { kind: isTeam ? 'team' : 'person', id, name: isTeam ? id : nameOf(people, id) };
}
