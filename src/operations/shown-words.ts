import { privilegedKinds } from '#desk/council/privileged.ts';
import type { KeptEntry } from '#model/act.ts';

/** An entry as it may leave the office: without its words where they are privileged. */
export function withoutPrivileged(entry: KeptEntry): KeptEntry {
  return privilegedKinds.has(entry.kind) ? { ...entry, words: null } : entry;
}
