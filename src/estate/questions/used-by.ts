import type { Estate } from '../estate.ts';
import { evidencesOf } from './inventory.ts';

/** Whether a component uses a package version now. */
export function isUsedBy(estate: Estate, version: number, component: number): boolean {
  const from = estate.postings.startOf(version);
  const users = estate.postings.evidence().subarray(from, from + estate.postings.lengthOf(version));
  return evidencesOf(estate, component).some((slot) => users.includes(slot));
}
