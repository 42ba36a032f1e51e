import { certainties, type OwnerCertainty } from '#desk/clocks/clock-kind.ts';
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

/** Its place in `certainties`. */
export function certaintyCode(certainty: OwnerCertainty): number {
  return certainties.indexOf(certainty);
}
