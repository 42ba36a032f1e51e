/** Text in one line, for fields that end with it: line breaks and other control characters become spaces. */
export function oneLine(text: string): string {
  return /\p{Cc}/u.test(text) ? text.replace(/\p{Cc}+/gu, ' ') : text;
}

/** An address as standards want it: signs that none may hold are percent-encoded. */
export function plainUrl(url: string): string {
  return url.replace(/[\p{Cc} "<>\\^`{|}]/gu, (sign) => encodeURIComponent(sign));
}

/** A time without fractions of a second, in UTC; null where there is none. */
export function secondsOf(time: string | null): string | null {
  const at = time === null ? NaN : Date.parse(time);
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
