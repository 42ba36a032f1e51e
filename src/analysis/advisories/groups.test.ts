import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, regroup, type GroupedRecord, type Grouping } from './groups.ts';

function record(id: string, aliases: readonly string[] = [], more: Partial<GroupedRecord> = {}): GroupedRecord {
  return { id, aliases, published: '2023-05-22T20:36:32Z', modified: '2023-06-01T00:00:00Z', withdrawn: null, ...more };
}

/** Every group as its members, the groups by key. */
function clusters(grouping: Grouping): readonly (readonly string[])[] {
  return [...new Set(grouping.groupOf.values())].map((group) => group.members).sort();
}

describe('groupsOf', () => {
  it('joins records that name each other or the same id, over any number of steps', () => {
    const grouping = groupsOf([
      record('PYSEC-2021-1', ['CVE-2021-1']),
      record('GHSA-aaaa', ['CVE-2021-1', 'SNYK-1']),
      record('OSV-2021-1', ['SNYK-1']),
      record('GHSA-bbbb', ['CVE-2021-2']),
    ]);
    expect(clusters(grouping)).toEqual([['GHSA-aaaa', 'OSV-2021-1', 'PYSEC-2021-1'], ['GHSA-bbbb']]);
    expect(grouping.groupOf.get('OSV-2021-1')).toMatchObject({
      key: 'GHSA-aaaa',
      ids: ['CVE-2021-1', 'GHSA-aaaa', 'OSV-2021-1', 'PYSEC-2021-1', 'SNYK-1'],
      withdrawn: false,
    });
  });

  it('takes the member published first as key, whatever form its time has, and the least id among equals', () => {
    const grouping = groupsOf([
      record('A', ['CVE-2021-1'], { published: null }),
      record('B', ['CVE-2021-1'], { published: '2021-05-06T16:00:00.000Z' }),
      record('C', ['CVE-2021-1'], { published: '2021-05-06T17:30:00+02:00' }),
      record('D', ['CVE-2021-1'], { published: '2021-05-06T15:30:00Z' }),
    ]);
    expect(grouping.groupOf.get('A')).toMatchObject({ key: 'C', members: ['C', 'D', 'B', 'A'] });
  });

  const severalCves: readonly (readonly [how: string, records: readonly GroupedRecord[], expected: readonly (readonly string[])[]])[] = [
    [
      'in its aliases',
      [record('RUSTSEC-1', ['CVE-2020-1', 'CVE-2020-2']), record('GHSA-1', ['CVE-2020-1']), record('GHSA-2', ['CVE-2020-2'])],
      [['GHSA-1'], ['GHSA-2'], ['RUSTSEC-1']],
    ],
    [
      'itself and in its aliases',
      [record('CVE-2020-1', ['CVE-2020-2']), record('GHSA-1', ['CVE-2020-1']), record('GHSA-2', ['CVE-2020-2'])],
      [['CVE-2020-1'], ['GHSA-1'], ['GHSA-2']],
    ],
    [
      'and is itself named by two others',
      [record('GO-1', ['CVE-2020-1', 'CVE-2020-2']), record('GHSA-1', ['CVE-2020-1', 'GO-1']), record('GHSA-2', ['CVE-2020-2', 'GO-1'])],
      [['GHSA-1'], ['GHSA-2'], ['GO-1']],
    ],
  ];
  it.each(severalCves)('does not join through a record that names several CVEs %s', (_, records, expected) => {
    expect(clusters(groupsOf(records))).toEqual(expected);
  });

  it('takes a CVE named twice for one', () => {
    expect(clusters(groupsOf([record('CVE-2020-1', ['CVE-2020-1', 'GHSA-1']), record('GHSA-1')]))).toEqual([['CVE-2020-1', 'GHSA-1']]);
  });

  it('counts the newest of two records with one id, whichever comes first', () => {
    const old = record('GHSA-1', ['CVE-2020-1'], { modified: '2020-01-01T00:00:00Z' });
    const recent = record('GHSA-1', ['CVE-2020-2'], { modified: '2020-02-01T00:00:00Z' });
    expect(groupsOf([old, recent]).groupOf.get('GHSA-1')?.ids).toEqual(['CVE-2020-2', 'GHSA-1']);
    expect(groupsOf([recent, old]).groupOf.get('GHSA-1')?.ids).toEqual(['CVE-2020-2', 'GHSA-1']);
  });
});

describe('regroup', () => {
  const ghsa = record('GHSA-j8r2-6x86-q33q', [], { published: '2023-05-22T20:36:32Z' });
  const pysec = record('PYSEC-2023-74', ['CVE-2023-32681', 'GHSA-j8r2-6x86-q33q'], { published: '2023-05-26T18:15:00Z' });

  it('joins a record that comes later with aliases to the one that had none, and keeps its key', () => {
    const grouping = groupsOf([ghsa]);
    const { gone, made } = regroup(grouping, [pysec]);
    expect(gone.map((group) => group.ids)).toEqual([['GHSA-j8r2-6x86-q33q']]);
    expect(made).toEqual([
      {
        key: 'GHSA-j8r2-6x86-q33q',
        members: ['GHSA-j8r2-6x86-q33q', 'PYSEC-2023-74'],
        ids: ['CVE-2023-32681', 'GHSA-j8r2-6x86-q33q', 'PYSEC-2023-74'],
        withdrawn: false,
      },
    ]);
  });

  it('keeps the group and its key until every member is withdrawn', () => {
    const grouping = groupsOf([ghsa, pysec]);
    regroup(grouping, [{ ...ghsa, withdrawn: '2023-06-02T00:00:00Z' }]);
    expect(grouping.groupOf.get('PYSEC-2023-74')).toMatchObject({ key: 'GHSA-j8r2-6x86-q33q', withdrawn: false });
    regroup(grouping, [{ ...pysec, withdrawn: '2023-06-03T00:00:00Z' }]);
    expect(grouping.groupOf.get('PYSEC-2023-74')).toMatchObject({ key: 'GHSA-j8r2-6x86-q33q', withdrawn: true });
  });

  it('parts a group when the alias that held it goes', () => {
    const grouping = groupsOf([ghsa, pysec, record('GHSA-other')]);
    const { gone, made } = regroup(grouping, [{ ...pysec, aliases: ['CVE-2023-32681'] }]);
    expect(gone).toHaveLength(1);
    expect(made.map((group) => group.members)).toEqual([['PYSEC-2023-74'], ['GHSA-j8r2-6x86-q33q']]);
  });

  it('says nothing of a change that moves no record', () => {
    const grouping = groupsOf([ghsa, pysec]);
    expect(regroup(grouping, [{ ...pysec, modified: '2024-01-01T00:00:00Z' }])).toEqual({ gone: [], made: [] });
  });
});

describe('grouping', () => {
  const names = fc.constantFrom('CVE-2020-1', 'CVE-2020-2', 'CVE-2020-3', 'GHSA-1', 'GHSA-2', 'GO-1', 'PYSEC-1', 'PYSEC-2');
  const published = fc.constantFrom('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z', null);
  const anyRecord = fc
    .record({ id: names, aliases: fc.array(names, { maxLength: 3 }), published })
    .map(({ id, aliases, published: day }) => record(id, aliases, { published: day }));
  const someRecords = fc.uniqueArray(anyRecord, { selector: (each) => each.id, maxLength: 8 });

  it('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(
        someRecords.chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }))),
        ([records, shuffled]) => {
          expect(sorted(groupsOf(shuffled))).toEqual(sorted(groupsOf(records)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('comes out the same whether records change one by one or are grouped anew', () => {
    fc.assert(
      fc.property(someRecords, fc.array(fc.array(anyRecord, { maxLength: 2 }), { maxLength: 6 }), (records, changes) => {
        const grouping = groupsOf(records);
        const current = new Map(records.map((each) => [each.id, each]));
        for (const change of changes) {
          const before = sorted(grouping);
          const { gone, made } = regroup(grouping, change);
          for (const each of change) current.set(each.id, each);
          const left = [...before.filter((group) => !gone.some((lost) => lost.key === group.key)), ...made];
          expect(left.sort(byKey)).toEqual(sorted(grouping));
        }
        expect(sorted(grouping)).toEqual(sorted(groupsOf(current.values())));
      }),
      { numRuns: 500 },
    );
  });

  function sorted(grouping: Grouping) {
    return [...new Set(grouping.groupOf.values())].sort(byKey);
  }

  function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
    return a.key < b.key ? -1 : 1;
  }
});
