import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { git, temporaryFolder } from '#sources/git/fixtures/git.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { usesOf } from './ask-estate.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { estateFor } from './estate-for.ts';
import { readPending } from './read-pending.ts';
import { rebuild } from './rebuild.ts';
import type { HistoryWanted } from './scan-history.ts';
import { scanTargets, type TargetScanned } from './scan-targets.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const log4shell = {
  id: 'GHSA-jfh8-c2jp-5v3q',
  modified: '2021-12-10T00:40:56Z',
  published: '2021-12-10T00:40:56Z',
  aliases: ['CVE-2021-44228'],
  affected: [
    {
      package: { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.13.0' }, { fixed: '2.15.0' }] }],
    },
  ],
};
const pom = (version: string) =>
  `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>pay</artifactId><version>1</version><dependencies><dependency>
   <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${version}</version></dependency></dependencies></project>`;
const seesAll = { kind: 'all' } as const;
const anyTime = 600_000;

describe.each(testStores())('the past of a repository on $name', ({ open }) => {
  let gateway: Gateway;
  let opened: OpenTestStore;
  let office: TestOffice;
  let folder = temporaryFolder();
  let repository = '';
  beforeAll(() => {
    gateway = openGateway({ workers: 1 });
  });
  afterAll(() => {
    gateway.close();
  });
  beforeEach(async () => {
    folder = temporaryFolder();
    repository = join(folder.path, 'pay');
    mkdirSync(repository);
    git(repository, ['init', '-q', '-b', 'main']);
    opened = await open();
    office = openTestOffice(opened, gateway);
    office.at('2024-06-01T08:00Z');
  });
  afterEach(async () => {
    await opened.drop();
    folder.remove();
  });

  function commit(date: string, files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(repository, path, '..'), { recursive: true });
      writeFileSync(join(repository, path), content);
    }
    git(repository, ['add', '-A']);
    git(repository, ['commit', '-q', '--allow-empty', '-m', 'x'], undefined, date);
  }

  async function scan(history?: Partial<HistoryWanted>, to: TestOffice = office): Promise<TargetScanned | undefined> {
    const target = { at: repository, ...(history === undefined ? {} : { history: { since: null, budgetMs: anyTime, ...history } }) };
    const [done] = await scanTargets(to.context, [target], {
      dataDir: folder.path,
      trusted: true,
      proxy: null,
      caFile: null,
      credentials: [],
    });
    return done;
  }

  async function versionsOn(day: string): Promise<readonly string[]> {
    const uses = usesOf(await estateFor(opened.store, day), seesAll, 'org.apache.logging.log4j:log4j-core');
    return uses.map((use) => `${use.version} since ${use.since}`).sort();
  }

  async function exposedOn(day: string): Promise<number> {
    const estate = await estateFor(opened.store, day);
    return estate.findings.reduce((sum, columns) => sum + columns.group.length, 0);
  }

  function log4jStory(): void {
    commit('2021-11-01T10:00:00Z', { 'pom.xml': pom('2.14.1') });
    commit('2021-11-20T10:00:00Z', { 'README.md': 'pay' });
    commit('2021-12-14T10:00:00Z', { 'pom.xml': pom('2.16.0') });
    commit('2022-01-03T10:00:00Z', { 'pom.xml': pom('2.17.1') });
    commit('2024-05-01T10:00:00Z', { 'README.md': 'pay, still' });
  }

  it('answers whether we were exposed to Log4Shell on a day before the first scan, and opens no clock for it', async () => {
    log4jStory();
    await office.sync(log4shell);
    expect((await scan({}))?.history).toMatchObject({ revisions: 3, filesRead: 3, knownFrom: Date.parse('2021-11-01T10:00:00Z'), problems: [] });
    expect(await versionsOn('2021-12-12')).toEqual(['2.14.1 since 2021-11-01']);
    expect(await versionsOn('2021-12-14')).toEqual(['2.16.0 since 2021-12-14']);
    expect(await versionsOn('2022-02-01')).toEqual(['2.17.1 since 2022-01-03']);
    expect([await exposedOn('2021-12-09'), await exposedOn('2021-12-12'), await exposedOn('2021-12-14')]).toEqual([0, 1, 0]);
    expect(await office.episodes()).toEqual([]);
  });

  it('is the same after a rebuild in place and from nothing', async () => {
    log4jStory();
    await office.sync(log4shell);
    await scan({});
    const before = await canonicalEstate(opened.store);
    await rebuild(office.context, { reread: true });
    expect(await canonicalEstate(opened.store)).toEqual(before);
    await opened.store.emptyDerived();
    await rebuild(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
  });

  it('is told by what held at the end of each day, and a file moved and changed on one day is followed', async () => {
    commit('2021-11-01T10:00:00Z', { 'old/pom.xml': pom('2.14.1') });
    commit('2021-11-01T11:00:00Z', { 'old/pom.xml': pom('2.15.0') });
    commit('2021-11-01T12:00:00Z', { 'old/pom.xml': pom('2.16.0') });
    renameSync(join(repository, 'old'), join(repository, 'new'));
    commit('2021-11-05T10:00:00Z', {});
    commit('2021-11-05T11:00:00Z', { 'new/pom.xml': pom('2.17.0') });
    commit('2021-11-05T12:00:00Z', { 'new/pom.xml': pom('2.17.1') });
    expect((await scan({}))?.history).toMatchObject({ revisions: 2, filesRead: 2 });
    expect(await versionsOn('2021-11-01')).toEqual(['2.16.0 since 2021-11-01']);
    expect(await versionsOn('2021-11-05')).toEqual(['2.17.1 since 2021-11-05']);
    expect((await canonicalEstate(opened.store)).filter((line) => line.startsWith('["component"'))).toHaveLength(1);
  });

  it('is read again only as far as it is new', async () => {
    log4jStory();
    await scan({});
    expect((await scan({}))?.history).toMatchObject({ revisions: 0, filesRead: 0 });
    commit('2024-05-20T10:00:00Z', { 'pom.xml': pom('2.20.0') });
    commit('2024-05-21T10:00:00Z', { 'pom.xml': pom('2.23.1') });
    expect((await scan({}))?.history).toMatchObject({ revisions: 1, filesRead: 1 });
    expect(await versionsOn('2024-05-20')).toEqual(['2.20.0 since 2024-05-20']);
    expect(await versionsOn('2021-12-12')).toEqual(['2.14.1 since 2021-11-01']);
  });

  it('begins with what held on the day it was asked for, and goes further back later', async () => {
    log4jStory();
    await scan({ since: Date.parse('2021-12-20') });
    expect(await versionsOn('2021-12-20')).toEqual(['2.16.0 since 2021-12-14']);
    expect(await versionsOn('2021-12-12')).toEqual([]);
    await scan({});
    expect(await versionsOn('2021-12-12')).toEqual(['2.14.1 since 2021-11-01']);
    expect(await versionsOn('2024-05-31')).toEqual(['2.17.1 since 2022-01-03']);
  });

  it('comes out the same whether the present was scanned before it or after it', async () => {
    log4jStory();
    await scan();
    await scan({});
    const later = await canonicalEstate(opened.store);
    const other = await open();
    try {
      const first = openTestOffice(other, gateway);
      first.at('2024-06-01T08:00Z');
      await scan({}, first);
      expect(later).toEqual(await canonicalEstate(other.store));
    } finally {
      await other.drop();
    }
  });

  it('broken off by time begins later, says so, has no gap, and goes on the next time', async () => {
    for (let month = 0; month < 40; month += 1) {
      const date = new Date(Date.UTC(2020, month, 1, 10)).toISOString();
      commit(date, { 'pom.xml': pom(`2.${String(month)}.0`) });
    }
    const cut = await scan({ budgetMs: -1 });
    expect(cut?.history?.problems.map((problem) => problem.code)).toEqual(['history-cut']);
    expect(cut?.history?.revisions).toBe(32);
    expect(await versionsOn('2020-08-01')).toEqual(['2.7.0 since 2020-08-01']);
    expect(await versionsOn('2020-07-15')).toEqual([]);
    expect((await scan({}))?.history).toMatchObject({ revisions: 7, problems: [] });
    expect(await versionsOn('2020-07-15')).toEqual(['2.6.0 since 2020-07-01']);
    expect(await versionsOn('2023-04-30')).toEqual(['2.39.0 since 2023-04-01']);
  });

  it('ends a component that is gone, follows one that moved, and leaves a broken file stale', async () => {
    commit('2021-01-01T10:00:00Z', { 'old/pom.xml': pom('2.14.1'), 'gone/pom.xml': pom('2.13.0') });
    renameSync(join(repository, 'old'), join(repository, 'new'));
    commit('2021-02-01T10:00:00Z', {});
    rmSync(join(repository, 'gone'), { recursive: true });
    commit('2021-03-01T10:00:00Z', { 'new/pom.xml': '<project><broken' });
    commit('2021-04-01T10:00:00Z', { 'new/pom.xml': pom('2.15.0') });
    await scan({});
    expect(await versionsOn('2021-02-15')).toEqual(['2.13.0 since 2021-01-01', '2.14.1 since 2021-02-01']);
    expect(await versionsOn('2021-03-15')).toEqual(['2.14.1 since 2021-02-01']);
    expect(await versionsOn('2021-04-01')).toEqual(['2.15.0 since 2021-04-01']);
    const refs = (await canonicalEstate(opened.store)).filter((line) => line.startsWith('["component"'));
    expect(refs).toHaveLength(2);
  });

  it('recorded but not folded by a process that was killed is folded by the next one', async () => {
    log4jStory();
    await scan({});
    const before = await canonicalEstate(opened.store);
    await opened.store.emptyDerived();
    for (const origin of await opened.store.origins()) {
      if (origin.startsWith('osv:')) continue;
      await opened.store.write((tx) => tx.reopenReceipts(origin));
    }
    await readPending(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
  });
});
