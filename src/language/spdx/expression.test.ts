import { describe, expect, it } from 'vitest';
import { choicesOf, isChoiceOf } from './choices.ts';
import { parseExpression, printExpression, printTerm } from './expression.ts';
import { expressionKey } from './normal-form.ts';
import { satisfies } from './satisfies.ts';

describe('licence expressions', () => {
  it.each([
    ['mit', 'MIT'],
    ['MIT or apache-2.0', 'MIT OR Apache-2.0'],
    ['MIT AND ISC OR GPL-2.0', 'MIT AND ISC OR GPL-2.0'],
    ['MIT AND (ISC OR GPL-2.0)', 'MIT AND (ISC OR GPL-2.0)'],
    ['GPL-2.0+', 'GPL-2.0+'],
    ['gpl-2.0-only with classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['DocumentRef-a : LicenseRef-b', 'DocumentRef-a:LicenseRef-b'],
  ])('%s is read as %s', (text, printed) => {
    const read = parseExpression(text);
    expect(read.ok && printExpression(read.expression)).toBe(printed);
  });

  it.each([
    ['', 'licence-empty', 0],
    ['MIT Licence', 'licence-unknown-id', 4],
    ['MIT AND', 'licence-unfinished', 7],
    ['MIT ISC', 'licence-misplaced', 4],
    ['(MIT', 'licence-unfinished', 0],
    ['MIT)', 'licence-misplaced', 3],
    ['MIT WITH MIT', 'licence-unknown-id', 9],
    ['MIT\u0000', 'licence-unknown-id', 0],
    ['__proto__', 'licence-unknown-id', 0],
    ['('.repeat(200) + 'MIT' + ')'.repeat(200), 'licence-too-deep', 51],
    ['MIT OR '.repeat(2000) + 'MIT', 'licence-too-long', 0],
    ['x'.repeat(100_000), 'licence-too-long', 0],
  ])('%.20s is a problem with its place, never a guess', (text, code, at) => {
    const read = parseExpression(text);
    expect(read.ok ? null : [read.problem.code, read.at]).toEqual([code, at]);
  });

  it.each([
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0-only+', 'GPL-2.0-or-later'],
    ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['MIT OR (Apache-2.0 OR MIT)', 'Apache-2.0 OR MIT'],
    ['ISC AND MIT AND ISC', 'ISC AND MIT'],
    ['Apache-2.0+', 'Apache-2.0+'],
  ])('%s is in one way of writing %s', (text, key) => {
    const read = parseExpression(text);
    expect(read.ok && expressionKey(read.expression)).toBe(key);
  });

  it('an OR gives each choice with what then counts together', () => {
    const read = parseExpression('(MIT OR Apache-2.0) AND ISC');
    expect(read.ok && choicesOf(read.expression)?.map((terms) => terms.map(printTerm))).toEqual([
      ['MIT', 'ISC'],
      ['Apache-2.0', 'ISC'],
    ]);
    const many = parseExpression(Array.from({ length: 12 }, () => '(MIT OR ISC)').join(' AND '));
    expect(many.ok && choicesOf(many.expression)).toBe(null);
  });

  it.each([
    ['MIT OR ISC', 'MIT', true],
    ['MIT OR ISC OR Zlib', 'Zlib OR MIT', true],
    ['(MIT OR ISC) AND (Zlib OR X11)', 'MIT AND (X11 OR Zlib)', true],
    ['(MIT OR ISC) AND Zlib', 'MIT', false],
    ['MIT OR ISC', 'MIT OR ISC', false],
    ['MIT OR ISC', 'MIT AND ISC', false],
    ['MIT OR ISC', 'Zlib', false],
    ['MIT', 'MIT', false],
  ])('of %s one chooses %s: %s', (whole, left, expected) => {
    const [all, chosen] = [parseExpression(whole), parseExpression(left)];
    expect(all.ok && chosen.ok && isChoiceOf(all.expression, chosen.expression)).toBe(expected);
  });

  it.each([
    ['MIT AND ISC', ['MIT'], false],
    ['MIT OR GPL-3.0-only', ['MIT'], true],
    ['GPL-2.0-or-later', ['GPL-3.0-only'], true],
    ['GPL-3.0-only', ['GPL-2.0-only'], false],
  ])('%s is met by %j: %s', (text, had, met) => {
    const [read, terms] = [parseExpression(text), had.map(parseExpression)];
    const known = terms.flatMap((each) => (each.ok && each.expression.kind === 'licence' ? [each.expression] : []));
    expect(read.ok && satisfies(read.expression, known)).toBe(met);
  });
});
