import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComponentTable, EvidenceTable } from '../schema.ts';
import type { Store } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

function component(ref: string, change: Partial<ComponentTable> = {}): Omit<ComponentTable, 'id'> {
  return {
    ref,
    name: 'shop',
    origin: 'git.example/acme/shop',
    dir: '',
    facts: '{}',
    team: null,
    revision: null,
    valid_at: 1,
    confirmed_at: 2,
    stale_since: null,
    known_at: 0,
    retired_at: null,
    removed: 0,
    ...change,
  };
}

function evidence(componentId: number, path: string, change: Partial<EvidenceTable> = {}): Omit<EvidenceTable, 'id'> {
  return {
    component_id: componentId,
    kind: 'lockfile',
    path,
    format: 'npm-package-lock',
    open: Buffer.from([1, 2, 0, 255]),
    closed: Buffer.from([3]),
    edges: Buffer.alloc(0),
    receipt: 7,
    valid_at: 1,
    seen_at: 2,
    ended: 0,
    stale_since: null,
    problems: '[]',
    supply: 'null',
    fold_key: 'k',
    ...change,
  };
}

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  return (await Array.fromAsync(pages)).flat();
}

describe.each(testStores())('components and evidence on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.drop());

  it('a component put again keeps its id and takes the new values', async () => {
    const first = await store.write((tx) => tx.putComponent(component('component:acme/one')));
    const second = await store.write((tx) => tx.putComponent(component('component:acme/one', { name: 'renamed', team: 'web' })));
    expect(second).toBe(first);
    expect(await store.componentByRef('component:acme/one')).toEqual({
      ...component('component:acme/one', { name: 'renamed', team: 'web' }),
      id: first,
    });
  });

  it('a component is found by every ref it ever had', async () => {
    const id = await store.write((tx) => tx.putComponent(component('component:acme/two')));
    expect(await store.write((tx) => tx.putComponentRefs(id, ['component:acme/two-moved', 'component:acme/two']))).toEqual([]);
    expect((await store.componentByRef('component:acme/two-moved'))?.id).toBe(id);
    expect(await store.componentByRef('component:acme/nobody')).toBeNull();
  });

  it('a ref of another component is refused and stays where it is', async () => {
    const three = await store.write((tx) => tx.putComponent(component('component:acme/three')));
    const four = await store.write((tx) => tx.putComponent(component('component:acme/four')));
    expect(await store.write((tx) => tx.putComponentRefs(four, ['component:acme/three', 'component:acme/new']))).toEqual(['component:acme/three']);
    expect((await store.componentByRef('component:acme/three'))?.id).toBe(three);
  });

  it('evidence put again keeps its id; its packed bytes come back exactly', async () => {
    const id = await store.write((tx) => tx.putComponent(component('component:acme/five')));
    const first = await store.write((tx) => tx.putEvidence(evidence(id, 'package-lock.json')));
    const second = await store.write((tx) => tx.putEvidence(evidence(id, 'package-lock.json', { stale_since: 9 })));
    await store.write((tx) => tx.putEvidence(evidence(id, 'yarn.lock')));
    expect(second).toBe(first);
    const rows = await store.evidenceOf(id);
    expect(rows.map((row) => [row.path, row.stale_since])).toEqual([
      ['package-lock.json', 9],
      ['yarn.lock', null],
    ]);
    expect(Buffer.from(rows[0]?.open ?? [])).toEqual(Buffer.from([1, 2, 0, 255]));
    expect(rows[0]?.edges).toHaveLength(0);
  });

  it('the estate loads inventories without what stays on disk', async () => {
    const id = await store.write((tx) => tx.putComponent(component('component:acme/six')));
    await store.write((tx) => tx.putEvidence(evidence(id, 'go.mod')));
    const [row] = await all(store.loadEvidence({ componentIds: [id] }));
    expect(Object.keys(row ?? {})).not.toEqual(expect.arrayContaining(['closed']));
    expect(row).toMatchObject({ component_id: id, path: 'go.mod', seen_at: 2, fold_key: 'k' });
    expect(await all(store.loadEvidence({ ids: [row?.id ?? 0] }))).toHaveLength(1);
    expect(await all(store.loadEvidence({ ids: [] }))).toEqual([]);
  });

  it('everything is loaded once, whatever the size of a page', async () => {
    const id = await store.write((tx) => tx.putComponent(component('component:acme/many')));
    await store.write(async (tx) => {
      for (let index = 0; index < 2500; index += 1) await tx.putEvidence(evidence(id, `${String(index)}/go.mod`));
    });
    const rows = await all(store.loadEvidence());
    expect(rows.filter((row) => row.component_id === id)).toHaveLength(2500);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });

  it('a deleted component takes its refs, evidence and findings along', async () => {
    const id = await store.write((tx) => tx.putComponent(component('component:acme/gone')));
    await store.write(async (tx) => {
      await tx.putComponentRefs(id, ['component:acme/gone-too']);
      await tx.putEvidence(evidence(id, 'go.mod'));
      await tx.putFindingPacks([{ component_id: id, open: Buffer.from([1]), closed: Buffer.from([2]) }]);
    });
    await store.write((tx) => tx.deleteComponents([id]));
    expect(await store.componentByRef('component:acme/gone-too')).toBeNull();
    expect(await store.evidenceOf(id)).toEqual([]);
    expect(await all(store.loadFindingPacks({ componentIds: [id] }))).toEqual([]);
    expect(await all(store.loadComponents({ ids: [id] }))).toEqual([]);
  });

  it('findings of a component are replaced as a whole', async () => {
    await store.write((tx) => tx.putFindingPacks([{ component_id: 77, open: Buffer.from([1]), closed: Buffer.from([]) }]));
    await store.write((tx) => tx.putFindingPacks([{ component_id: 77, open: Buffer.from([2, 3]), closed: Buffer.from([4]) }]));
    const [pack] = await all(store.loadFindingPacks({ componentIds: [77] }));
    expect([...(pack?.open ?? [])]).toEqual([2, 3]);
    expect(await all(store.loadFindingPacks())).toHaveLength(1);
  });

  it('how a source stands is replaced by origin', async () => {
    const row = {
      origin: 'osv',
      source: 'osv',
      last_attempt: 5,
      last_success: null,
      outcome: 'failed',
      items: 0,
      problems: '[]',
      cursor: '{}',
    } as const;
    await store.write((tx) => tx.putSource(row));
    await store.write((tx) => tx.putSource({ ...row, last_success: 6, outcome: 'complete', items: 3 }));
    expect(await store.sources()).toEqual([{ ...row, last_success: 6, outcome: 'complete', items: 3 }]);
    expect(await store.sourceOf('kev')).toBeNull();
  });
});
