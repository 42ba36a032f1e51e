import { withoutCommentEnd } from './comment-end.ts';
const mark = /^(?:portions\s+)?(?:copyright\b|\(c\)|©|&copy;)/i;
/** What a template leaves to be filled in, and sentences about copyright. */
const noHolder =
  /[<[{](?:yyyy|year|name|owner|copyright|fullname|author)|\b(?:notices?|licen[cs]e[sd]?|permissions?|laws?|holders?\b.*\b(?:be|and|or)|owner shall|interest|statements?|you|must|shall)\b/i;

/** Lines that name who has the copyright, cleaned of comment marks, controls and characters that are not seen; each once, in their order. */
export function copyrightLines(text: string, most: number, longest: number): readonly string[] {
  const found = new Set<string>();
  for (const raw of text.split(/\r\n|[\r\n]/)) {
    if (raw.length > 2_000) continue;
    const line = cleanLine(withoutCommentEnd(raw.replace(/^\s*(?:\/\*+|\*+\/?|\/\/+|#+|;+|--+|%+|>+|[-*•·])?\s*/, '')).trimEnd());
    if (line.length > longest || !mark.test(line) || noHolder.test(line) || !/\p{L}{2}/u.test(line.replace(/copyright|\(c\)/gi, ''))) continue;
    found.add(line);
    if (found.size === most) break;
  }
  return [...found];
}

/** One line of text from outside without what is not seen; white space is one blank. */
export function cleanLine(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed();
}

/** The same of several lines, which stay lines. */
export function cleanText(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => cleanLine(line.replace(/\t/g, '    ')))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
