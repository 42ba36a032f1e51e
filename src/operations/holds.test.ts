import { afterAll, describe, expect, it } from 'vitest';
import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import { emptyEstate } from '#estate/estate.ts';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores } from '#store/test-stores.ts';
import { decide } from './decide.ts';
import { eraseWords } from './erase-words.ts';
import { standingHolds } from './holds.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';
import { openTestOffice } from './test-office.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const hold = 'h'.repeat(26);
const shop = 'component:test/shop';
const lodash = '{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop"}}}';
const said: NewAct = { at: 1, kind: 'comment', actor: 'person:a', subject: shop, body: {}, words: { text: 'About the shop.' } };
const decider = { author: 'ada', authority: 'office', reason: 'No longer ours.' };

describe.each(testStores())('a legal hold on $name', (kind) => {
  it('holds things and words alike, wherever it was placed', async () => {
    const opened = await kind.open();
    try {
      const { context, at, scan } = openTestOffice(opened, gateway);
      at('2026-06-01T09:00Z');
      await scan({ 'package-lock.json': lodash }, { name: 'shop' });
      const { entries, words } = chained(noHead, [said], () => 'salt');
      await opened.store.write((tx) => tx.appendLedger(entries, words));
      const act = async (id: string, body: object): Promise<unknown> => {
        const wanted = actKindOf(id);
        if (wanted === undefined) throw new Error(`There is no act ${id}.`);
        const command = { body: wanted.body.parse(body), words: { reason: 'A matter.' }, actor: officeActor, visibility: seesAll, expects: null };
        return performAct(context, openLiveDesk(), emptyEstate(), { kind: wanted, ...command });
      };
      const erased = () => eraseWords(context, { person: null, mention: null, entries: [1], basis: 'order', reference: 'C-1', reason: 'Ordered.' });

      await act('place-hold', { id: hold, on: shop, reference: 'M-1' });
      expect(await standingHolds(opened.store)).toMatchObject([{ about: 'component', subject: shop, authority: 'M-1' }]);
      expect(await decide(context, 'erase', { about: 'component', subject: shop }, decider)).toMatchObject({ ok: false });
      await act('release-hold', { hold });
      expect(await standingHolds(opened.store)).toEqual([]);

      expect(await decide(context, 'hold', { about: 'component', subject: shop }, { ...decider, authority: 'M-2' })).toMatchObject({ ok: true });
      expect(await erased()).toMatchObject({ erased: [], kept: [{ because: `legal hold M-2 on ${shop}` }] });
      expect(await act('erase-words', { entries: [1], basis: 'order', reference: 'C-1' })).toMatchObject({ refusal: 'invalid' });
    } finally {
      await opened.drop();
    }
  });
});
