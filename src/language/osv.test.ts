import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMalicious, parseOsv, type OsvReading } from './osv.ts';

function parse(record: unknown): OsvReading {
  return parseOsv(new TextEncoder().encode(JSON.stringify(record)));
}

const lodash = {
  schema_version: '1.6.0',
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2024-04-17T18:39:19Z',
  published: '2021-05-06T16:05:51Z',
  aliases: ['CVE-2021-23337'],
  summary: 'Command injection in lodash',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  database_specific: { severity: 'HIGH' },
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
  references: [{ type: 'ADVISORY', url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-23337' }],
};

describe('parseOsv', () => {
  it('gives the fields that are used and nothing else', () => {
    expect(parse(lodash)).toEqual({
      advisory: {
        id: 'GHSA-35jh-r3h4-6jhm',
        modified: '2024-04-17T18:39:19Z',
        published: '2021-05-06T16:05:51Z',
        withdrawn: null,
        aliases: ['CVE-2021-23337'],
        related: [],
        summary: 'Command injection in lodash',
        details: '',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
        severityWord: 'HIGH',
        affected: [
          { ecosystem: 'npm', name: 'lodash', ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }], versions: [] },
        ],
        references: ['https://nvd.nist.gov/vuln/detail/CVE-2021-23337'],
      },
      problems: [],
    });
  });

  it('takes null where a list is meant as an empty list', () => {
    const { advisory } = parse({ id: 'GO-1', modified: '2024-01-01T00:00:00Z', aliases: null, affected: null, severity: null, withdrawn: null });
    expect(advisory).toMatchObject({ aliases: [], affected: [], severity: [], withdrawn: null });
  });

  it('reads an event with two keys as two events', () => {
    const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '1.0', fixed: '1.2' }] }];
    const { advisory } = parse({ ...lodash, affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ranges }] });
    expect(advisory?.affected[0]?.ranges[0]?.events).toEqual([{ introduced: '1.0' }, { fixed: '1.2' }]);
  });

  it('passes over an entry that names only commits', () => {
    const { advisory, problems } = parse({ ...lodash, affected: [{ ranges: [{ type: 'GIT', repo: 'x', events: [{ introduced: '0' }] }] }] });
    expect(advisory?.affected).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('takes the severity of the affected entries where the record has none of its own', () => {
    const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }];
    const affected = ['a', 'b'].map((name) => ({ package: { ecosystem: 'Go', name }, severity }));
    expect(parse({ ...lodash, severity: undefined, affected }).advisory?.severity).toEqual(severity);
  });

  it('finds the severity word in the entry of a package too', () => {
    const affected = [{ package: { ecosystem: 'Maven', name: 'a:b' }, ecosystem_specific: { severity: 'moderate' } }];
    expect(parse({ ...lodash, database_specific: 'text', affected }).advisory?.severityWord).toBe('MODERATE');
  });

  it('keeps a record whose severity or publication time is unusable, and says so', () => {
    const { advisory, problems } = parse({ ...lodash, severity: [7], published: 'yesterday' });
    expect(advisory).toMatchObject({ severity: [], published: null });
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
      ['doubtful-advisory', 'warning'],
      ['doubtful-advisory', 'warning'],
    ]);
  });

  const refused: readonly (readonly [why: string, record: unknown, message: RegExp])[] = [
    ['no object', [lodash], /not a JSON object/],
    ['no id', { ...lodash, id: undefined }, /no usable id: nothing/],
    ['an id with control characters', { ...lodash, id: 'GHSA-\u001b[31m' }, /no usable id/],
    ['no modified time', { ...lodash, modified: undefined }, /GHSA-35jh-r3h4-6jhm was not read: modified/],
    ['an unusable withdrawn time', { ...lodash, withdrawn: true }, /withdrawn is no time/],
    ['aliases that are no texts', { ...lodash, aliases: [1] }, /aliases is not a list of texts/],
    ['affected that is no list', { ...lodash, affected: {} }, /affected is not a list/],
    ['an affected entry of null', { ...lodash, affected: [null] }, /affected holds/],
    ['a package without name', { ...lodash, affected: [{ package: { ecosystem: 'npm' } }] }, /without ecosystem and name/],
    ['a range of unknown type', { ...lodash, affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'X' }] }] }, /unknown type/],
    [
      'an event that is no text',
      { ...lodash, affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events: [{ fixed: 2 }] }] }] },
      /event fixed is/,
    ],
    ['versions that are numbers', { ...lodash, affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: [1.5] }] }, /versions is not/],
  ];
  it.each(refused)('names a record with %s instead of half reading it', (_, record, message) => {
    const { advisory, problems } = parse(record);
    expect(advisory).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
  });

  it('never throws, whatever stands in any field', () => {
    const fields = fc.constantFrom(
      'id',
      'modified',
      'published',
      'withdrawn',
      'aliases',
      'severity',
      'affected',
      'references',
      'database_specific',
      '__proto__',
    );
    fc.assert(
      fc.property(fields, fc.jsonValue({ maxDepth: 4 }), (field, value) => {
        const { advisory, problems } = parse({ ...lodash, [field]: value });
        expect(advisory !== null || problems.length > 0).toBe(true);
      }),
    );
  });

  it('says that bytes are not JSON', () => {
    expect(parseOsv(new TextEncoder().encode('{"id":')).problems[0]).toMatchObject({ code: 'not-json', severity: 'error' });
  });
});

describe('isMalicious', () => {
  it('knows malicious packages by their id', () => {
    expect([isMalicious({ id: 'MAL-2022-2309' }), isMalicious({ id: 'GHSA-35jh-r3h4-6jhm' })]).toEqual([true, false]);
  });
});
