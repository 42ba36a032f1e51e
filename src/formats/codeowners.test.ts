import { describe, expect, it } from 'vitest';
import type { ReadingResult } from '#model/reading.ts';
import { problemLines, readFixture } from '../../test/format-fixtures.ts';
import { codeowners } from './codeowners.ts';

const cases = [
  { name: 'empty', file: 'CODEOWNERS', rules: [], problems: [] },
  {
    name: 'not-this-format',
    file: 'CODEOWNERS',
    rules: [],
    problems: [
      'warning bad-owner CODEOWNERS:2',
      'warning bad-owner CODEOWNERS:2',
      'warning bad-owner CODEOWNERS:2',
      'warning bad-owner CODEOWNERS:2',
    ],
  },
  { name: 'duplicate', file: 'CODEOWNERS', rules: ['1 *.ts = @tea-shop/web', '2 *.ts = @tea-shop/platform'], problems: [] },
  {
    name: 'odd-names',
    file: 'CODEOWNERS',
    rules: ['1 docs/my notes/ = @anna', '2 #drafts = @ben', '3 /secrets = ', '4 * = anna@example.org @@maintainers'],
    problems: [],
  },
  {
    name: 'real-world',
    file: '.gitlab/CODEOWNERS',
    rules: [
      '2 * = @tea-shop/platform',
      '4 /till/ = @tea-shop/till @anna',
      '5 /till/generated/ = ',
      '8 docs/ = @tea-shop/writers',
      '9 README.md = @ben',
      '12 *.sql = dba@example.org',
    ],
    problems: [],
  },
];

describe('CODEOWNERS', () => {
  it.each(cases)('the case $name gives the rules and problems written beside it', ({ name, file, rules, problems }) => {
    const result = readFixture(codeowners, name, file);
    expect(ruleLines(result)).toEqual(rules);
    expect(problemLines(result)).toEqual(problems);
  });

  it('only the places where GitHub and GitLab look are read', () => {
    const paths = ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', 'vendor/thing/CODEOWNERS', 'codeowners'];
    expect(paths.filter((path) => codeowners.matchesPath(path))).toEqual(paths.slice(0, 4));
  });
});

function ruleLines(result: ReadingResult): readonly string[] {
  return (result.owners ?? []).map((rule) => `${String(rule.line)} ${rule.pattern} = ${rule.owners.join(' ')}`);
}
