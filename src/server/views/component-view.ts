import type { Estate, EstateComponent } from '#estate/estate.ts';
import { ecosystemsOf } from '#estate/questions/ecosystems.ts';
import { countsOfComponent } from '#estate/questions/findings.ts';
import { evidencesOf, packageCount } from '#estate/questions/inventory.ts';
import { isUnread } from '#estate/questions/listed.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import { componentFacts } from '#operations/component-facts.ts';
import { isoOf } from '#operations/finding-view.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';
import type { ItemOf } from '../asked.ts';
import type { Owner } from '../schemas/owner.ts';

/** A component as the catalogue lists it, with findings as far as they may be seen; null when there is none in the slot. */
export function componentView(estate: Estate, seen: Visibility, slot: number, sourceOf: (origin: string) => string): ItemOf<'components'> | null {
  const component = estate.components[slot];
  if (component === undefined) return null;
  const unread = isUnread(estate, slot);
  const { ref, name, origin } = component;
  return {
    ref,
    name,
    namespace: ref.slice('component:'.length, Math.max('component:'.length, ref.indexOf('/'))),
    owner: ownerOf(component),
    source: { source: sourceOf(origin), origin },
    ecosystems: ecosystemsOf(estate).of(slot),
    packages: unread ? null : packageCount(estate, slot),
    findings: unread || !isVisible(component, seen) ? null : countsOfComponent(estate, slot),
    problems: problemsOf(estate, slot).length,
    staleSince: isoOf(component.stale_since),
    readAt: isoOf(component.confirmed_at),
    revision: component.revision,
    validAt: isoOf(component.valid_at),
    // Test material makes no components of its own.
    testMaterial: false,
    retiredAt: isoOf(component.retired_at),
  };
}

/** Who owns a component; null when no source says. */
export function ownerOf(component: Pick<EstateComponent, 'facts'>): Owner | null {
  const { owner } = componentFacts(component);
  if (owner === null) return null;
  return { team: owner.team, how: owner.from === 'CODEOWNERS' ? 'codeowners' : 'catalog-info', path: owner.path, line: null };
}

/** Problems of a component's latest readings. */
export function problemsOf(estate: Estate, slot: number): readonly Problem[] {
  return evidencesOf(estate, slot).flatMap((evidence) => {
    const text = estate.evidence[evidence]?.problems ?? '[]';
    return text === '[]' ? [] : (storedJson(text) as readonly Problem[]);
  });
}

/** True when its latest readings met a problem; cheaper than reading them. */
export function hasProblems(estate: Estate, slot: number): boolean {
  return evidencesOf(estate, slot).some((evidence) => (estate.evidence[evidence]?.problems ?? '[]') !== '[]');
}
