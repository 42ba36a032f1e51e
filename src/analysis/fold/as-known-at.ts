import type { Observation } from './observation.ts';

/** The observations as they were known at an instant: receipts and readings made later are left out (model.md 6). */
export function asKnownAt(observations: readonly Observation[], at: number): Observation[] {
  const known: Observation[] = [];
  for (const each of observations) {
    if (each.receivedAt > at) continue;
    const readings = each.readings.filter((reading) => reading.readAt <= at);
    if (each.state === 'read' && readings.length === 0) continue;
    known.push({ ...each, readings });
  }
  return known;
}
