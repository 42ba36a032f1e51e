import type { Estate } from '#estate/estate.ts';
import { visibleComponents } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';

/** Slots of the components that rules judge: those that may be seen, show something and live. */
export function judgedComponents(estate: Estate, visibility: Visibility): readonly number[] {
  return visibleComponents(estate, visibility).filter((slot) => estate.components[slot]?.retired_at === null);
}
