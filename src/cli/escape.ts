/** Text from outside made safe for a terminal or a log: control characters, ANSI, bidi and line separators are shown as escapes. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A line that a build server's log must not take for a command: `::` at the start is broken up. */
export function escapedLine(text: string): string {
  const safe = escaped(text);
  return safe.replace(/^(\s*)::/, '$1: :');
}
