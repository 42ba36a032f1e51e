import type { Estate } from '#estate/estate.ts';

const weekMs = 7 * 86_400_000;

/** How many of the components were read or confirmed within seven days. */
export function readWithinWeek(estate: Estate, slots: readonly number[], now: number): number {
  return slots.filter((slot) => (estate.components[slot]?.confirmed_at ?? -Infinity) >= now - weekMs).length;
}
