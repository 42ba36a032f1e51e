const dayMs = 86_400_000;

/** The UTC day (days since 1970-01-01) that a question is about when that is over; null when it is about now, as today and every later day is. */
export function pastDayOf(asOf: string | undefined, now: number): number | null {
  const day = asOf === undefined ? Infinity : Date.parse(asOf) / dayMs;
  return day < Math.floor(now / dayMs) ? day : null;
}
