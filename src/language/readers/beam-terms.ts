import { decodeText, lineAt, type Read } from './decoded.ts';
import { maxDepth } from './json.ts';

/** A term of Erlang or Elixir: texts, atoms and numbers as text; tuples, lists and maps as lists; `key: value` and `key => value` as a list of the two. */
export type BeamTerm = string | readonly BeamTerm[];

/** The terms of untrusted bytes, as rebar.lock (Erlang) and mix.lock (Elixir) write them. Refuses what is not closed and nesting over 200. */
export function readBeamTerms(bytes: Uint8Array): Read<readonly BeamTerm[]> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const open: Level[] = [{ close: '', terms: [], key: null }];
  let at = 0;
  const refused = (message: string): Read<never> => ({ ok: false, error: { code: 'not-terms', message, line: lineAt(text.value, at) } });
  while (at < text.value.length) {
    const level = open.at(-1);
    const token = tokenAt(text.value, at);
    if (level === undefined) break;
    if (token === null) return refused('A text in the file is not closed.');
    switch (token.kind) {
      case 'open':
        if (open.length > maxDepth) return refused(`The terms are nested more than ${String(maxDepth)} levels.`);
        open.push({ close: token.text, terms: [], key: null });
        break;
      case 'close': {
        const outer = open.at(-2);
        if (level.close !== token.text || outer === undefined) return refused('A bracket in the file closes nothing.');
        open.pop();
        put(outer, level.terms);
        break;
      }
      case 'key': {
        const last = level.terms.pop();
        level.key = typeof last === 'string' ? last : null;
        break;
      }
      case 'text':
        put(level, token.text);
        break;
      case 'nothing':
        break;
      default:
        token.kind satisfies never;
    }
    at = token.end;
  }
  if (open.length > 1) return refused('A bracket in the file is not closed.');
  return { ok: true, value: open[0]?.terms ?? [] };
}

type Level = { readonly close: string; readonly terms: BeamTerm[]; key: string | null };
type Token = { readonly kind: 'open' | 'close' | 'key' | 'text' | 'nothing'; readonly text: string; readonly end: number };

const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

function put(level: Level, term: BeamTerm): void {
  level.terms.push(level.key === null ? term : [level.key, term]);
  level.key = null;
}

/** The token at an offset; null for a text that is not closed. `<<` and `>>` around a text say nothing here. */
function tokenAt(text: string, start: number): Token | null {
  const sign = text[start] ?? '';
  if (sign === '%' && text[start + 1] === '{') return { kind: 'open', text: '}', end: start + 2 };
  if (sign === '%' || sign === '#') return { kind: 'nothing', text: '', end: endOfLine(text, start) };
  const closer = closers.get(sign);
  if (closer !== undefined) return { kind: 'open', text: closer, end: start + 1 };
  if (sign === '}' || sign === ']') return { kind: 'close', text: sign, end: start + 1 };
  if (sign === '=' && text[start + 1] === '>') return { kind: 'key', text: '', end: start + 2 };
  if (sign === '"') return quotedAt(text, start);
  if (sign === ':' && text[start + 1] === '"') return quotedAt(text, start + 1);
  // The colon after a key; before an atom it is part of the word.
  if (sign === ':' && !isWordSign(text.charCodeAt(start + 1))) return { kind: 'key', text: '', end: start + 1 };
  let end = sign === ':' ? start + 1 : start;
  const from = end;
  while (end < text.length && isWordSign(text.charCodeAt(end))) end += 1;
  // A lone `.` ends a term of Erlang.
  const isNothing = end === from || text.slice(from, end) === '.';
  return isNothing ? { kind: 'nothing', text: '', end: Math.max(end, start + 1) } : { kind: 'text', text: text.slice(from, end), end };
}

function quotedAt(text: string, start: number): Token | null {
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x22) return { kind: 'text', text: value + text.slice(from, at), end: at + 1 };
    if (sign !== 0x5c) continue;
    value += text.slice(from, at);
    from = at + 1;
    at += 1;
  }
  return null;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** Letters, digits and `_ . @ ? ! - + / ~`, and everything beyond ASCII. */
function isWordSign(code: number): boolean {
  return /[\w.@?!+/~-]/.test(String.fromCharCode(code)) || code > 0x7f;
}
