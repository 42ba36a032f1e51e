// Inter draws the narrow U+202F so thin that 1 284 reads as 1284.
const noBreak = '\u00a0';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A count with no-break spaces between thousands: `1 284`; from a million on `1.1 M`. */
export function count(value: number): string {
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(1)}${noBreak}M`;
  return String(value).replace(/\B(?=(\d{3})+$)/g, noBreak);
}

/** A count with its noun: `1 component`, `1 284 components`. */
export function counted(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)}${noBreak}${value === 1 ? noun : many}`;
}

/** A share from 0 to 1 as percent, never rounded up to all or down to none. */
export function percent(share: number, digits = 0): string {
  const least = 1 / 10 ** digits;
  const value = share * 100;
  if (value > 0 && value < least) return `<${noBreak}${least}${noBreak}%`;
  if (value < 100 && value > 100 - least) return `>${noBreak}${(100 - least).toFixed(digits)}${noBreak}%`;
  return `${value.toFixed(digits)}${noBreak}%`;
}

/** How long ago: `< 1 min`, `12 min`, `5 h`, `9 d`, `3 y 1 m`. */
export function age(at: string, now: Date): string {
  const ms = Math.max(0, now.getTime() - Date.parse(at));
  if (ms < minuteMs) return `<${noBreak}1${noBreak}min`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)}${noBreak}min`;
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)}${noBreak}h`;
  const days = Math.floor(ms / dayMs);
  if (days < 365) return `${days}${noBreak}d`;
  const months = Math.floor((days % 365.25) / 30.44);
  const years = `${Math.floor(days / 365.25) || 1}${noBreak}y`;
  return months === 0 || days < 366 ? years : `${years}${noBreak}${months}${noBreak}m`;
}

/** How long until a time: `12 d`, `1 d 04 h`, `9 h 40 min`; `−4 d 06 h` once it is past. Brief leaves the smaller unit out. */
export function timeLeft(due: string, now: Date, brief = false): string {
  const ms = Date.parse(due) - now.getTime();
  const minutes = Math.floor(Math.abs(ms) / minuteMs);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const parts =
    days > 0
      ? [`${days}${noBreak}d`, ...(hours === 0 ? [] : [`${String(hours).padStart(2, '0')}${noBreak}h`])]
      : hoursAndMinutes(hours, minutes % 60);
  return `${ms < 0 ? '−' : ''}${(brief ? parts.slice(0, 1) : parts).join(' ')}`;
}

function hoursAndMinutes(hours: number, minutes: number): readonly string[] {
  return [...(hours > 0 ? [`${hours}${noBreak}h`] : []), ...(minutes > 0 || hours === 0 ? [`${minutes}${noBreak}min`] : [])];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The UTC day of an ISO date or time: `20 Nov 2026`. */
export function day(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()}${noBreak}${months[date.getUTCMonth()] ?? ''}${noBreak}${date.getUTCFullYear()}`;
}

/** An ISO time in UTC: `20 Nov 2026 09:12`. */
export function moment(at: string): string {
  return `${day(at)} ${new Date(at).toISOString().slice(11, 16)}`;
}

/** An ecosystem for people; one that OSV has no name for is said so. */
export function ecosystemWord(ecosystem: string | null): string {
  return ecosystem ?? 'no ecosystem';
}

/** A revision short enough to read: the first characters of a hash, anything else as it is. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 10) : revision;
}
