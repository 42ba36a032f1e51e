import { storedJson } from '#language/readers/json.ts';
import type { CatalogEntity } from '#model/reading.ts';
import type { OwnerFact } from './owner-facts.ts';

/** What the sources say about a component, as the fold keeps it. */
export type ComponentFacts = { readonly owners: readonly OwnerFact[]; readonly owner: OwnerFact | null; readonly entity: CatalogEntity | null };

/** The facts of a stored component; nothing is known of one just named. */
export function componentFacts({ facts }: { readonly facts: string }): ComponentFacts {
  const { owners = [], owner = null, entity = null } = storedJson(facts) as Partial<ComponentFacts>;
  return { owners, owner, entity };
}
