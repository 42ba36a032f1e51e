import { describe, expect, it } from 'vitest';
import { testOffices } from '#operations/test-offices.ts';
import { openTestServer } from './test-server.ts';

const sbom = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
});

describe.each(testOffices())('two servers on one $name', ({ open }) => {
  it('know each other’s sessions, cursors and Idempotency-Keys', async () => {
    const { office, drop } = await open();
    const [one, two] = [await openTestServer(office), await openTestServer(office)];
    try {
      for (const component of ['billing', 'shop']) await office.upload(component, sbom);
      await Promise.all([one.catchUp(), two.catchUp()]);

      const link = new URL(await one.loginLink());
      const signedIn = await fetch(two.url + link.pathname + link.search, { redirect: 'manual' });
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      expect((await fetch(`${one.url}/v1/components`, { headers: { cookie } })).status).toBe(200);

      const first = (await (await one.ask('/v1/components?limit=1')).json()) as { readonly next: string };
      const next = await two.ask(`/v1/components?limit=1&cursor=${encodeURIComponent(first.next)}`);
      expect(await next.json()).toMatchObject({ items: [{ name: 'shop' }], next: null });

      const view = { name: 'Ours', scope: 'office', page: '/components', search: '' };
      const add = (server: typeof one, key: string) =>
        server.ask('/v1/views', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(view),
        });
      const answers = await Promise.all([add(one, 'a'), add(two, 'a'), add(one, 'a'), add(two, 'a')]);
      const ids = await Promise.all(answers.map(async (each) => ((await each.json()) as { readonly id: string }).id));
      expect(new Set(ids).size).toBe(1);
      expect(await office.context.store.savedViews.all()).toHaveLength(1);
      await add(two, 'b');
      expect(await office.context.store.savedViews.all()).toHaveLength(2);
    } finally {
      await one.close();
      await two.close();
      await drop();
    }
  });

  it('make a try that was cut off again under the id it had', async () => {
    const { office, drop } = await open();
    const { onceKeys } = office.context.store;
    try {
      expect(await onceKeys.claim('key', 'first', 60_000)).toBe('first');
      expect(await onceKeys.claim('key', 'second', 60_000)).toBeNull();
      await onceKeys.release('key');
      expect(await onceKeys.claim('key', 'third', 60_000)).toBe('first');
      await onceKeys.keep('key', 'done');
      expect(await onceKeys.claim('key', 'fourth', 60_000)).toBeNull();
      expect(await onceKeys.resultOf('key')).toBe('done');
      await onceKeys.sweep(-1000);
      expect(await onceKeys.claim('key', 'fifth', 60_000)).toBe('fifth');
    } finally {
      await drop();
    }
  });
});
