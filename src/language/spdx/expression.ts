import type { Problem } from '#model/problem.ts';
import { spdxExceptionId } from './exception-ids.ts';
import { spdxLicenceId } from './licence-ids.ts';

/** One licence of an expression. */
export type LicenceTerm = {
  readonly kind: 'licence';
  /** As the SPDX list spells it, or a custom one: `LicenseRef-…`, `DocumentRef-…:LicenseRef-…`. */
  readonly id: string;
  /** True for `Apache-2.0+`: a later version will do as well. */
  readonly orLater: boolean;
  /** What stands behind `WITH`; null when nothing does. */
  readonly exception: string | null;
};

/** A licence expression as it was written, ids spelt as the list does. `of` has at least two members. */
export type LicenceExpression = LicenceTerm | { readonly kind: 'and' | 'or'; readonly of: readonly LicenceExpression[] };

/** An expression, or what is wrong with the text: it is then unknown, and nothing is guessed. */
export type ExpressionRead =
  | { readonly ok: true; readonly expression: LicenceExpression }
  | { readonly ok: false; readonly problem: Problem; /** Offset in the text. */ readonly at: number };

const maxLength = 20_000;
const maxTerms = 1000;
const maxDepth = 50;

/**
 * Reads an SPDX licence expression: `AND` binds closer than `OR`, `WITH` closer than both; ids and operators in any case. Anything that is not on the
 * list and no custom reference makes it unread. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function parseExpression(text: string): ExpressionRead {
  if (text.length > maxLength) return failure('licence-too-long', 'The licence expression is too long to be read.', 0);
  const tokens = tokensOf(text);
  if ('ok' in tokens) return tokens;
  if (tokens.length === 0) return failure('licence-empty', 'The licence expression is empty.', 0);
  if (tokens.length > 4 * maxTerms) return failure('licence-too-long', 'The licence expression has too many parts to be read.', 0);
  const cursor: Cursor = { tokens, at: 0, end: text.length };
  const read = readOr(cursor, 0);
  if (!read.ok) return read;
  const left = tokens[cursor.at];
  return left === undefined ? read : unexpected(left);
}

type Token = {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'with' | 'licence' | 'exception' | 'reference';
  readonly text: string;
  readonly at: number;
  readonly plus: boolean;
};
type Cursor = { readonly tokens: readonly Token[]; at: number; readonly end: number };

const operators: ReadonlyMap<string, Token['kind']> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['with', 'with'],
]);
const reference = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/i;

function tokensOf(text: string): readonly Token[] | Extract<ExpressionRead, { ok: false }> {
  const tokens: Token[] = [];
  // A document and its licence may stand apart: `DocumentRef-a : LicenseRef-b`.
  for (const match of text.matchAll(/ +|[()]|DocumentRef-[A-Za-z0-9.-]+ *: *LicenseRef-[A-Za-z0-9.-]+|[^ ()]+/gi)) {
    const [word] = match;
    const at = match.index;
    if (word.startsWith(' ')) continue;
    const token = word === '(' || word === ')' ? bracket(word, at) : wordToken(word, at, tokens.at(-1)?.kind === 'with');
    if (token === null) return failure('licence-unknown-id', `${printable(word)} is neither on the SPDX licence list nor a LicenseRef.`, at);
    tokens.push(token);
  }
  return tokens;
}

function bracket(text: '(' | ')', at: number): Token {
  return { kind: text === '(' ? 'open' : 'close', text, at, plus: false };
}

function wordToken(word: string, at: number, isBehindWith: boolean): Token | null {
  const operator = operators.get(word.toLowerCase());
  if (operator !== undefined) return { kind: operator, text: word, at, plus: false };
  if (isBehindWith) {
    const exception = spdxExceptionId(word) ?? (/^AdditionRef-[A-Za-z0-9.-]+$/.test(word) ? word : null);
    return exception === null ? null : { kind: 'exception', text: exception, at, plus: false };
  }
  const joined = word.replaceAll(' ', '');
  if (reference.test(joined))
    return { kind: 'reference', text: joined.replace(/licenseref-/i, 'LicenseRef-').replace(/documentref-/i, 'DocumentRef-'), at, plus: false };
  const whole = spdxLicenceId(word);
  if (whole !== null && !whole.endsWith('+')) return { kind: 'licence', text: whole, at, plus: false };
  const bare = word.endsWith('+') ? spdxLicenceId(word.slice(0, -1)) : null;
  return bare === null ? null : { kind: 'licence', text: bare, at, plus: true };
}

function readOr(cursor: Cursor, depth: number): ExpressionRead {
  return readList(cursor, 'or', () => readList(cursor, 'and', () => readTerm(cursor, depth)));
}

function readList(cursor: Cursor, kind: 'and' | 'or', member: () => ExpressionRead): ExpressionRead {
  const of: LicenceExpression[] = [];
  for (;;) {
    const read = member();
    if (!read.ok) return read;
    of.push(read.expression);
    if (cursor.tokens[cursor.at]?.kind !== kind) break;
    cursor.at += 1;
  }
  const [first] = of;
  return first !== undefined && of.length === 1 ? { ok: true, expression: first } : { ok: true, expression: { kind, of } };
}

function readTerm(cursor: Cursor, depth: number): ExpressionRead {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) return failure('licence-unfinished', 'The licence expression ends where a licence is expected.', cursor.end);
  if (depth > maxDepth) return failure('licence-too-deep', 'The licence expression has too many parentheses inside each other.', token.at);
  if (token.kind === 'open') {
    cursor.at += 1;
    const inner = readOr(cursor, depth + 1);
    if (!inner.ok) return inner;
    if (cursor.tokens[cursor.at]?.kind !== 'close') return failure('licence-unfinished', 'A parenthesis is not closed.', token.at);
    cursor.at += 1;
    return inner;
  }
  if (token.kind !== 'licence' && token.kind !== 'reference') return unexpected(token);
  cursor.at += 1;
  if (cursor.tokens[cursor.at]?.kind !== 'with') return termOf(token, null);
  const exception = cursor.tokens[cursor.at + 1];
  if (exception?.kind !== 'exception') return failure('licence-unfinished', 'WITH is followed by no exception.', cursor.tokens[cursor.at]?.at ?? 0);
  cursor.at += 2;
  return termOf(token, exception.text);
}

function termOf(token: Token, exception: string | null): ExpressionRead {
  return { ok: true, expression: { kind: 'licence', id: token.text, orLater: token.plus, exception } };
}

function unexpected(token: Token): ExpressionRead {
  return failure('licence-misplaced', `${printable(token.text)} is not expected here.`, token.at);
}

function printable(word: string): string {
  return JSON.stringify(word.length > 80 ? `${word.slice(0, 80)}…` : word);
}

function failure(code: string, message: string, at: number): Extract<ExpressionRead, { ok: false }> {
  return { ok: false, problem: { code, message, severity: 'warning' }, at };
}

/** The expression as text, with no more parentheses than it needs. */
export function printExpression(expression: LicenceExpression): string {
  if (expression.kind === 'licence') return printTerm(expression);
  const word = expression.kind === 'and' ? ' AND ' : ' OR ';
  return expression.of
    .map((each) => (each.kind === 'or' || (each.kind === 'and' && expression.kind === 'and') ? `(${printExpression(each)})` : printExpression(each)))
    .join(word);
}

/** One licence as text: `GPL-2.0-only WITH Classpath-exception-2.0`. */
export function printTerm({ id, orLater, exception }: LicenceTerm): string {
  return `${id}${orLater ? '+' : ''}${exception === null ? '' : ` WITH ${exception}`}`;
}

/** Every licence that an expression names, in order of writing. */
export function termsOf(expression: LicenceExpression): readonly LicenceTerm[] {
  return expression.kind === 'licence' ? [expression] : expression.of.flatMap(termsOf);
}
