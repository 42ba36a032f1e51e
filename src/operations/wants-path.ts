import { formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';

/** Collects only what some format reads by its path. */
export function wantsPath(at: string): boolean {
  const format = formatOfPath(at, formats);
  // What people say of vulnerabilities is imported on purpose, by `decisions import`.
  return format !== null && format.kind !== 'statements';
}
