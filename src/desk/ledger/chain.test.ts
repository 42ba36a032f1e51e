import { describe, expect, it } from 'vitest';
import { actOf, chained, commitmentOf, entryHash, noHead, type NewAct } from './chain.ts';

const at = Date.parse('2026-11-28T09:00Z');
const acts: readonly NewAct[] = [
  { at, kind: 'comment', actor: 'person:a', subject: 'finding:x', body: { b: 1, a: 2 }, words: { text: 'Ada says so' } },
  { at: at + 1, kind: 'assign', actor: 'person:b', subject: 'finding:x', body: { to: null }, words: null },
];

describe('a ledger', () => {
  const { entries, words } = chained(noHead, acts, () => 'salt');

  it('numbers entries without gaps and chains each to the one before', () => {
    expect(entries.map(({ seq, previous }) => [seq, previous])).toEqual([
      [1, ''],
      [2, entries[0]?.hash],
    ]);
    for (const { hash, ...entry } of entries) expect(entryHash(entry)).toBe(hash);
  });

  it('holds words by a salted commitment only, so that they can be erased', () => {
    expect(words).toEqual([{ seq: 1, salt: 'salt', text: '{"text":"Ada says so"}' }]);
    expect(entries.map(({ commitment }) => commitment)).toEqual([commitmentOf('salt', '{"text":"Ada says so"}'), null]);
    expect(JSON.stringify(entries)).not.toContain('Ada');
  });

  it.each(['seq', 'at', 'kind', 'actor', 'subject', 'body', 'commitment', 'previous'] as const)('has another hash when %s is altered', (field) => {
    const [entry] = entries;
    if (entry === undefined) throw new Error('There is an entry.');
    const { hash, ...said } = entry;
    expect(entryHash({ ...said, [field]: field === 'seq' || field === 'at' ? 7 : 'other' })).not.toBe(hash);
  });

  it('goes on behind a head that is there', () => {
    const head = { seq: 41, hash: 'abc' };
    expect(chained(head, acts, () => 's').entries.map(({ seq, previous }) => [seq, previous])[0]).toEqual([42, 'abc']);
  });

  it('tells erased words from none', () => {
    const [first, second] = entries;
    if (first === undefined || second === undefined) throw new Error('There are two entries.');
    expect(actOf({ ...first, words: { salt: 'salt', text: '{"text":"Ada says so"}' } })).toMatchObject({
      words: { text: 'Ada says so' },
      areWordsErased: false,
    });
    expect(actOf({ ...first, words: null })).toMatchObject({ body: { a: 2, b: 1 }, words: null, areWordsErased: true });
    expect(actOf({ ...second, words: null })).toMatchObject({ words: null, areWordsErased: false });
  });
});
