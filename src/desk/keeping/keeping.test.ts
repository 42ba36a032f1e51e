import { describe, expect, it } from 'vitest';
import type { EntryHead } from '#model/act.ts';
import type { Actor } from '#model/actor.ts';
import { eraseWords } from '../acts/erase-words.ts';
import { placeHold } from '../acts/place-hold.ts';
import { releaseHold } from '../acts/release-hold.ts';
import { emptyDesk } from '../desk.ts';
import { retentionOf, yearsAfter } from './retention.ts';

const at = Date.parse('2026-11-28T09:00Z');
const person = `person:${'a'.repeat(26)}`;
const hold = 'h'.repeat(26);
const office: Actor = { id: 'person:dpo', kind: 'person', grants: new Map([['erasures:write', 'office']]) };
const head = (seq: number, kind: string, said: string, about = 'finding:x'): EntryHead => ({
  seq,
  at: Date.parse(said),
  kind,
  actor: person,
  subject: about,
});

describe('erasing words', () => {
  const erase = (entries: readonly EntryHead[], body: object, on: string | null = null) => {
    const desk = emptyDesk();
    if (on !== null) desk.keeping.holds.set(hold, { id: hold, on, at, by: 'person:legal', reference: 'M-1' });
    const wanted = eraseWords.body.parse({ entries: [1], basis: 'request', reference: 'DSR-1', ...body });
    return eraseWords.judge(desk, { body: wanted, words: { reason: 'Asked for.' }, actor: office, at, extent: null, teams: [], entries });
  };

  it.each<[name: string, entries: readonly EntryHead[], body: object, on: string | null, refusal: RegExp | null]>([
    ['of a comment is done when somebody asks', [head(1, 'comment', '2026-11-27')], {}, null, null],
    ['of what is not there is refused', [], {}, null, /does not exist/],
    ['without a number of the request is refused', [head(1, 'comment', '2026-11-27')], { reference: null }, null, /by its number/],
    ['whose time is over needs no number', [head(1, 'comment', '2020-01-01')], { basis: 'retention', reference: null }, null, null],
    ['of a decision waits ten years', [head(1, 'decide', '2016-11-29')], {}, null, /must be kept for 10 years/],
    ['of a decision is done after ten years', [head(1, 'decide', '2016-11-28')], {}, null, null],
    ['of a decision is done on an order', [head(1, 'decide', '2026-01-01')], { basis: 'order' }, null, null],
    ['of a kind that nobody classed waits ten years', [head(1, 'vote', '2026-01-01')], {}, null, /must be kept/],
    ['of a person under hold is refused, also on an order', [head(1, 'comment', '2026-01-01')], { basis: 'order' }, person, /legal hold M-1/],
    ['about something under hold is refused', [head(1, 'comment', '2026-01-01')], {}, 'finding:x', /legal hold/],
    ['is refused while everything is held', [head(1, 'comment', '2026-01-01')], {}, 'ledger', /legal hold/],
    ['about something else than what is held is done', [head(1, 'comment', '2026-01-01')], {}, 'finding:y', null],
  ])('%s', (_, entries, body, on, refusal) => {
    const refused = erase(entries, body, on);
    if (refusal === null) expect(refused).toBeNull();
    else expect(refused?.reason).toMatch(refusal);
  });

  it('says of each entry by whom and on what authority, the first one for good', () => {
    const desk = emptyDesk();
    const body = { entries: [3, 4], person: null, basis: 'request', reference: 'DSR-1' };
    eraseWords.fold(desk, { seq: 9, at, kind: 'erase-words', actor: 'person:dpo', subject: 'ledger', body, words: null, areWordsErased: false });
    eraseWords.fold(desk, { seq: 10, at, kind: 'erase-words', actor: 'office', subject: 'ledger', body, words: null, areWordsErased: false });
    expect([...desk.keeping.erasures]).toEqual([3, 4].map((seq) => [seq, { seq: 9, at, by: 'person:dpo', basis: 'request', reference: 'DSR-1' }]));
  });

  it.each([['Ada asked'], ['DSR 1'], ['']])('takes no reference that could hold a name: %j', (reference) => {
    expect(eraseWords.body.safeParse({ entries: [1], basis: 'request', reference }).success).toBe(false);
  });
});

describe('a hold', () => {
  it('stands until it is released, once', () => {
    const desk = emptyDesk();
    const act = { seq: 1, at, actor: 'person:legal', subject: `hold:${hold}`, words: null, areWordsErased: false };
    const command = { words: { reason: 'A matter.' }, actor: office, at, extent: null, teams: [], entries: [] };
    placeHold.fold(desk, { ...act, kind: 'place-hold', body: { id: hold, on: person, reference: 'M-1' } });
    expect(desk.keeping.holds.get(hold)).toMatchObject({ on: person, reference: 'M-1' });
    expect(releaseHold.judge(desk, { ...command, body: { hold } })).toBeNull();
    releaseHold.fold(desk, { ...act, seq: 2, kind: 'release-hold', body: { hold } });
    expect(desk.keeping.holds.size).toBe(0);
    expect(releaseHold.judge(desk, { ...command, body: { hold } })).toMatchObject({ refusal: 'unknown' });
  });
});

describe('retention', () => {
  it.each([
    ['decide', { atLeast: 10, atMost: null }],
    ['comment', { atLeast: 0, atMost: 5 }],
    ['grant-role', { atLeast: 3, atMost: 10 }],
    ['anything-new', { atLeast: 10, atMost: null }],
  ])('of %s', (kind, years) => {
    expect(retentionOf(kind)).toEqual(years);
  });

  it('counts years by the calendar', () => {
    expect(new Date(yearsAfter(Date.parse('2024-02-28T12:00Z'), 10)).toISOString()).toBe('2034-02-28T12:00:00.000Z');
  });
});
