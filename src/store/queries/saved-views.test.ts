import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SavedViewTable } from '../schema.ts';
import type { SavedViewStore } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

const row = (id: string, name: string): SavedViewTable => ({
  id,
  name,
  scope: 'own',
  page: '/findings',
  search: 'severity=critical',
  author: 'link',
  created: 1,
  changed: 1,
  version: 1,
});

describe.each(testStores())('saved views on $name', ({ open }) => {
  let opened: OpenTestStore;
  let views: SavedViewStore;
  beforeAll(async () => {
    opened = await open();
    views = opened.store.savedViews;
    expect(await views.add(row('b', 'Exploited'), 2)).toBe(true);
    expect(await views.add(row('a', 'Mine'), 2)).toBe(true);
  });
  afterAll(() => opened.drop());

  it('come in order of their names, and there are never more than may be', async () => {
    expect((await views.all()).map((each) => each.name)).toEqual(['Exploited', 'Mine']);
    expect(await views.add(row('c', 'One too many'), 2)).toBe(false);
    expect(await views.byId('c')).toBeNull();
  });

  it('are replaced by only one of two who saw the same version', async () => {
    const both = await Promise.all(['First', 'Second'].map((name) => views.replace({ ...row('a', name), changed: 9 })));
    expect(both.toSorted()).toEqual([false, true]);
    expect(await views.byId('a')).toMatchObject({ version: 2, changed: 9, created: 1 });
  });

  it('are deleted only in the version that was seen', async () => {
    expect(await views.delete('b', 7)).toBe(false);
    expect(await views.delete('b', 1)).toBe(true);
    expect(await views.byId('b')).toBeNull();
  });
});
