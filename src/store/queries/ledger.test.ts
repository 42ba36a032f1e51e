import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#model/act.ts';
import type { LedgerFilter } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

const day = 86_400_000;

function entry(seq: number, kind: string, actor: string, subject: string): LedgerEntry {
  return {
    seq,
    at: seq * day,
    kind,
    actor,
    subject,
    body: '{}',
    commitment: seq === 2 ? 'c' : null,
    previous: `h${String(seq - 1)}`,
    hash: `h${String(seq)}`,
  };
}

const entries = [
  entry(1, 'comment', 'person:a', 'finding:x'),
  entry(2, 'decide', 'person:b', 'decision:100%_y'),
  entry(3, 'comment', 'person:a', 'finding:z'),
  entry(4, 'assign', 'person:b', 'finding:x'),
];

describe.each(testStores())('the ledger on $name', (kind) => {
  let opened: OpenTestStore;
  beforeAll(async () => {
    opened = await kind.open();
    await opened.store.write((tx) => tx.appendLedger(entries, [{ seq: 2, salt: 's', text: '{"reason":"because"}' }]));
  });
  afterAll(async () => {
    await opened.drop();
  });

  it.each<[name: string, filter: LedgerFilter, found: readonly number[]]>([
    ['everything', {}, [4, 3, 2, 1]],
    ['a kind', { kind: 'comment' }, [3, 1]],
    ['an actor', { actor: 'person:b' }, [4, 2]],
    ['a subject', { subject: 'finding:x' }, [4, 1]],
    ['some days', { from: 2 * day, until: 4 * day }, [3, 2]],
    ['words of a search, signs of patterns taken as they are', { holding: ['DECISION', '0%_y'] }, [2]],
    ['a sign that stands for nothing', { holding: ['x%'] }, []],
    ['all of it together', { kind: 'comment', actor: 'person:a', from: 3 * day }, [3]],
  ])('is looked through by %s', async (_, filter, found) => {
    const page = await opened.store.ledgerPage(filter, { after: null, limit: 10, oldestFirst: false });
    expect(page.map(({ seq }) => seq)).toEqual(found);
    expect(await opened.store.countLedger(filter)).toBe(found.length);
  });

  it('goes on behind an entry, in both directions', async () => {
    const seqs = async (after: number, oldestFirst: boolean) =>
      (await opened.store.ledgerPage({}, { after, limit: 2, oldestFirst })).map(({ seq }) => seq);
    expect(await seqs(3, false)).toEqual([2, 1]);
    expect(await seqs(1, true)).toEqual([2, 3]);
  });

  it('gives words with their entry', async () => {
    const [second] = await opened.store.ledgerPage({ kind: 'decide' }, { after: null, limit: 1, oldestFirst: false });
    expect(second?.words).toEqual({ salt: 's', text: '{"reason":"because"}' });
  });

  it('keeps one signed head of an entry', async () => {
    const signed = { seq: 4, at: 1, hash: 'h4', key_id: 'k', signature: 's' };
    await opened.store.write((tx) => tx.putLedgerCheckpoint(signed));
    await expect(opened.store.write((tx) => tx.putLedgerCheckpoint(signed))).rejects.toThrow();
    expect(await opened.store.ledgerCheckpoints()).toEqual([signed]);
  });
});
