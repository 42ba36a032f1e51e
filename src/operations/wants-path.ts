import { formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';

/** Collects only what some format reads by its path. */
export function wantsPath(at: string): boolean {
  const format = formatOfPath(at, formats);
  // What people said elsewhere of vulnerabilities and licences is imported on purpose.
  return format !== null && format.kind !== 'statements' && format.kind !== 'approvals';
}
