/** When an office speaks: hours of the day in a time zone, and ISO weekdays (1 is Monday). */
export type SpeakingHours = {
  readonly zone: string;
  /** Minutes since midnight, half open. */
  readonly from: number;
  readonly until: number;
  readonly weekdays: readonly number[];
  /** ISO days on which nobody works. */
  readonly holidays: readonly string[];
};

/** A moment as clocks on the wall show it. */
export type WallClock = { readonly day: string; readonly weekday: number; readonly minutes: number };

const stepMs = 15 * 60_000;
const mostSteps = 31 * 96;

/** The moment itself where the office speaks then, else when it speaks next, to the quarter of an hour. */
export function nextSpoken(at: number, hours: SpeakingHours): number {
  if (speaks(wallClock(at, hours.zone), hours)) return at;
  const start = Math.ceil(at / stepMs) * stepMs;
  for (let step = 0; step < mostSteps; step += 1) {
    const next = start + step * stepMs;
    if (speaks(wallClock(next, hours.zone), hours)) return next;
  }
  // A month without a working day: better said than kept.
  return at;
}

/** True where the office works at that moment. */
export function speaks({ day, weekday, minutes }: WallClock, { from, until, weekdays, holidays }: SpeakingHours): boolean {
  return weekdays.includes(weekday) && !holidays.includes(day) && minutes >= from && minutes < until;
}

/** What clocks in a zone show. Throws for an unknown zone. */
export function wallClock(at: number, zone: string): WallClock {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const sunday = new Date(`${day}T00:00Z`).getUTCDay();
  return { day, weekday: sunday === 0 ? 7 : sunday, minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}
