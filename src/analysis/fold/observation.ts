/** What one version of a format said of an evidence's bytes, as interned package versions. */
export type ObservedReading = {
  /** When the reading was made, Unix milliseconds. */
  readonly readAt: number;
  /** Flags by interned package version (language/packed/flags.ts). */
  readonly items: ReadonlyMap<number, number>;
};

/** One evidence as one receipt showed it. Times are Unix milliseconds. */
export type Observation = {
  readonly seq: number;
  readonly validAt: number;
  readonly receivedAt: number;
  /** `stale`: the receipt could not show it (failed clone, missing blob, unreadable file); what was known stays. */
  readonly state: 'read' | 'absent' | 'stale';
  /** Readings of the same bytes, oldest first, the last one counts; empty unless `read`. */
  readonly readings: readonly ObservedReading[];
};

const dayMs = 86_400_000;

/** UTC days since 1970-01-01 of an instant. */
export function utcDay(at: number): number {
  return Math.max(0, Math.floor(at / dayMs));
}

/** When this observation taught us that the package version was there: never before the receipt, never before the reading. Null when its last reading lacks it. */
export function learntPresent(observation: Observation, id: number): number | null {
  if (observation.readings.at(-1)?.items.has(id) !== true) return null;
  const first = observation.readings.find((reading) => reading.items.has(id));
  return Math.max(observation.receivedAt, first?.readAt ?? 0);
}

/** When this observation taught us that it was not there, given that its last reading lacks it. */
export function learntAbsent(observation: Observation, id: number): number {
  let at: number | null = null;
  for (let index = observation.readings.length - 1; index >= 0; index -= 1) {
    const reading = observation.readings[index];
    if (reading === undefined || reading.items.has(id)) break;
    at = reading.readAt;
  }
  return Math.max(observation.receivedAt, at ?? 0);
}
