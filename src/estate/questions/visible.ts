import type { Visibility } from '#model/visibility.ts';
import type { Estate, EstateComponent } from '../estate.ts';

/** The one decision whether a component, and all that is only known through it, may be seen. */
export function isVisible(component: Pick<EstateComponent, 'team'>, visibility: Visibility): boolean {
  if (visibility.kind === 'all') return true;
  const isNamed = component.team !== null && visibility.teams.has(component.team);
  return isNamed === (visibility.kind === 'teams');
}

/** Slots of the components that may be seen and show something, in the order in which they came. */
export function visibleComponents(estate: Estate, visibility: Visibility): readonly number[] {
  const slots: number[] = [];
  estate.components.forEach((component, slot) => {
    if (component.evidence.size > 0 && isVisible(component, visibility)) slots.push(slot);
  });
  return slots;
}
