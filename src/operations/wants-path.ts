import { formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';

/** Collects only what some format reads by its path. */
export function wantsPath(at: string): boolean {
  return formatOfPath(at, formats) !== null;
}
