import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testStores } from '#store/test-stores.ts';
import { canonicalEstate } from './canonical-estate.ts';
import type { Context } from './context.ts';
import { readingNamed, readOnly, readPending } from './read-pending.ts';
import { rebuild } from './rebuild.ts';
import { openTestOffice } from './test-office.ts';

const sbom = (version: string, name = 'lodash'): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    components: [{ type: 'library', name, version, purl: `pkg:npm/${name}@${version}` }],
  });

const advisory = {
  id: 'TEST-2024-1',
  modified: '2024-01-01T00:00:00Z',
  published: '2023-12-01T00:00:00Z',
  affected: ['lodash', 'part-a', 'part-b', 'part-c'].map((name) => ({
    package: { ecosystem: 'npm', name },
    ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.90' }] }],
  })),
};

/** Waits before each commit, so that what others write meanwhile is not seen. */
function slowly(context: Context): Context {
  const { store } = context;
  const write: typeof store.write = (change) =>
    store.write(async (tx) => {
      const done = await change(tx);
      await pause(30);
      return done;
    });
  return { ...context, store: { ...store, write } };
}

describe.each(testStores())('receipts that several read on $name', ({ open }) => {
  it('name their components in the order in which they came, whoever is first at it', async () => {
    const opened = await open();
    const office = openTestOffice(opened);
    const { context } = office;
    office.at('2024-01-01T00:00:00Z');
    try {
      await office.receive('billing', sbom('4.17.20'), 'build');
      await office.receive('billing', sbom('4.17.21'), 'release');
      await office.receive('other', sbom('4.17.19'), 'release');
      // The later one is taken first: it reads the earlier one, which may name the same component, and not the third.
      expect(await readOnly(context, readingNamed('origin upload:billing/release'))).toBe(1);
      expect((await context.store.componentByRef('component:uploads/billing'))?.origin).toBe('upload:billing/build');
      expect((await context.store.pendingReceipts(10)).map((each) => each.origin)).toEqual(['upload:other/release']);
      await readPending(context);
      const folded = await canonicalEstate(context.store);
      await context.store.emptyDerived();
      await rebuild(context);
      expect(await canonicalEstate(context.store)).toEqual(folded);
    } finally {
      office.close();
      await opened.drop();
    }
  });

  it('lose nothing when slots of one component and a scan of it are folded at the same moment', { timeout: 60_000 }, async () => {
    const opened = await open();
    const office = openTestOffice(opened);
    const { context } = office;
    office.at('2024-01-01T00:00:00Z');
    const lock = (version: string): string =>
      JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'shop' }, 'node_modules/lodash': { version } } });
    try {
      await office.sync(advisory);
      await office.scan({ 'package-lock.json': lock('4.17.0') }, { name: 'shop' });
      for (let round = 1; round <= 3; round += 1) {
        office.at(`2024-01-0${String(round)}T12:00:00Z`);
        const slots = ['a', 'b', 'c'];
        for (const slot of slots) await office.receive('component:test/shop', sbom(`4.17.${String(round)}`, `part-${slot}`), slot);
        await Promise.all([
          // Not in the last round: a scan that ends last would mend what the uploads did to each other.
          ...(round === 3 ? [] : [office.scan({ 'package-lock.json': lock(`4.17.${String(round)}`) }, { name: 'shop' })]),
          ...slots.map((slot) => readOnly(slowly(context), readingNamed(`origin upload:component:test/shop/${slot}`))),
        ]);
      }
      const folded = await canonicalEstate(context.store);
      await context.store.emptyDerived();
      await rebuild(context);
      expect(await canonicalEstate(context.store)).toEqual(folded);
    } finally {
      office.close();
      await opened.drop();
    }
  });
});
