import { certainties, type OwnerCertainty } from '#desk/clocks/clock-kind.ts';
import { saidOf, type Ownership, type SaidOwner } from '#desk/ownership/ownership.ts';
import type { Estate } from '#estate/estate.ts';
import { componentFacts } from '../component-facts.ts';
import type { OwnerFact } from '../owner-facts.ts';

/**
 * How sure it is who answers for a component. What its own description says is declared, and so is a team that CODEOWNERS names; a single person there
 * reviews changes, which makes them a guess.
 */
export function ownerCertainty(owner: OwnerFact | null): OwnerCertainty {
  if (owner === null) return 'none';
  if (owner.from === 'catalog-info') return 'declared';
  return owner.team.startsWith('@') || owner.team.includes('@') ? 'inferred' : 'declared';
}

/** How sure it is who answers for a component, by its sources and by what people said of the owner that they name. One that is disclaimed is nobody's. */
export function certaintyOf(component: OwnedComponent, last: SaidOwner | undefined): OwnerCertainty {
  if (component.team === null) return 'none';
  const said = saidOf(last, component.team);
  if (said !== null) return said.said === 'confirmed' ? 'confirmed' : 'none';
  return isInferred(component) ? 'inferred' : 'declared';
}

/** What is asked of a component here. */
export type OwnedComponent = { readonly team: string | null; readonly facts: string };

/** What people said last of the owners of components, by slot, by whichever of its refs. */
export function saidOwners(estate: Estate, ownership: Ownership): ReadonlyMap<number, SaidOwner> {
  const bySlot = new Map<number, SaidOwner>();
  for (const [ref, said] of ownership) {
    const slot = estate.componentByRef.get(ref);
    if (slot !== undefined && said.seq > (bySlot.get(slot)?.seq ?? 0)) bySlot.set(slot, said);
  }
  return bySlot;
}

/** True when sources name a single person who only reviews changes. */
export function isInferred({ team, facts }: OwnedComponent): boolean {
  // Reading facts takes long, and only persons can be a guess.
  return team?.includes('@') === true && ownerCertainty(componentFacts({ facts }).owner) === 'inferred';
}

/** Its place in `certainties`. */
export function certaintyCode(certainty: OwnerCertainty): number {
  return certainties.indexOf(certainty);
}
