import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { isVisible } from './visible.ts';

/** Slots of the components that may be seen and are there: those that show something, and those never observed, of which nothing can be said. What is gone is left out. */
export function listedComponents(estate: Estate, visibility: Visibility): readonly number[] {
  const slots: number[] = [];
  estate.components.forEach((component, slot) => {
    if (!isVisible(component, visibility)) return;
    if (component.retired_at === null && component.valid_at === null) slots.push(slot);
    else if (hasLiveEvidence(estate, slot)) slots.push(slot);
  });
  return slots;
}

/** Slots of the components that may be seen and were retired: they are in no other list. */
export function retiredComponents(estate: Estate, visibility: Visibility): readonly number[] {
  const slots: number[] = [];
  estate.components.forEach((component, slot) => {
    if (component.retired_at !== null && isVisible(component, visibility)) slots.push(slot);
  });
  return slots;
}

/** True when nothing of a component was ever read: neither its packages nor its findings are known. */
export function isUnread(estate: Estate, componentSlot: number): boolean {
  const component = estate.components[componentSlot];
  if (component?.valid_at == null) return true;
  for (const slot of component.evidence) {
    const evidence = estate.evidence[slot];
    if (evidence?.ended === 0 && evidence.seen_at > 0) return false;
  }
  return true;
}

/** How a component stands: observed and there, observed and gone, or nothing of it observed. */
export function observedState(estate: Estate, componentSlot: number): 'there' | 'gone' | 'unobserved' {
  if (!isUnread(estate, componentSlot)) return 'there';
  return estate.components[componentSlot]?.valid_at == null || hasLiveEvidence(estate, componentSlot) ? 'unobserved' : 'gone';
}

/** The component with this ref, first or later one; null when there is none that may be seen. */
export function componentByRef(estate: Estate, visibility: Visibility, ref: string): number | null {
  const slot = estate.componentByRef.get(ref);
  const component = slot === undefined ? undefined : estate.components[slot];
  return slot === undefined || component === undefined || !isVisible(component, visibility) ? null : slot;
}

/** True when a component from this origin may be seen. Feeds have no components and tell nothing of the firm; what no component came from yet, no team owns. */
export function isVisibleOrigin(estate: Estate, visibility: Visibility, origin: string, isFeed: boolean): boolean {
  if (visibility.kind === 'all' || isFeed) return true;
  const from = estate.components.filter((component) => component.origin === origin);
  return from.length === 0 ? isVisible({ team: null }, visibility) : from.some((component) => isVisible(component, visibility));
}

/** Whether a path of an origin may be seen: it is its innermost component that says so, and all may see what lies in none. A null path is the origin as a whole. */
export function visiblePaths(estate: Estate, visibility: Visibility, origin: string): (path: string | null) => boolean {
  if (visibility.kind === 'all') return () => true;
  const from = estate.components.filter((component) => component.origin === origin).sort((a, b) => b.dir.length - a.dir.length);
  if (from.every((component) => isVisible(component, visibility))) return () => true;
  return (path) => {
    const holder = path === null ? undefined : from.find(({ dir }) => dir === '' || dir === '.' || path === dir || path.startsWith(`${dir}/`));
    return holder === undefined || isVisible(holder, visibility);
  };
}

function hasLiveEvidence(estate: Estate, componentSlot: number): boolean {
  for (const slot of estate.components[componentSlot]?.evidence ?? []) if (estate.evidence[slot]?.ended === 0) return true;
  return false;
}
