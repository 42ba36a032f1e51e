/** Text from outside made safe to show in a line: control characters (ANSI sequences begin with one), invisible and bidi characters and line separators are shown as escapes, `\u{202e}`. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c]/gu, escapeOf);
}

/** The same for text of several lines, which keeps its line breaks and tabs. */
export function escapedProse(text: string): string {
  return text.replace(/(?![\n\r\t])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c]/gu, escapeOf);
}

function escapeOf(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
