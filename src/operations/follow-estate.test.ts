import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import type { Estate } from '#estate/estate.ts';
import { useAt, whoUses } from '#estate/questions/who-uses.ts';
import type { StoreLocation } from '#store/open-store.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { followEstate, loadEstate } from './follow-estate.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const writers = 4;
const longestMs = 120_000;

describe.each(testStores())('an estate that follows $name', ({ open }) => {
  let opened: OpenTestStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.drop());

  it('equals a fresh one after four processes have written at once', { timeout: longestMs }, async () => {
    let estate = await loadEstate(opened.store);
    const first = estate;
    const state = { writing: true };
    const written = Promise.all(Array.from({ length: writers }, (_, writer) => write(opened.location, writer))).finally(
      () => (state.writing = false),
    );
    while (state.writing) {
      estate = await followEstate(opened.store, estate);
      await wait(Math.random() * 20);
    }
    await written;
    estate = await followEstate(opened.store, estate);
    expect(estate).toBe(first); // followed all the way, never loaded anew
    const lines = linesOf(estate);
    expect(lines).toEqual(linesOf(await loadEstate(opened.store)));
    expect(lines.filter((line) => line.startsWith('use git:writers'))).toHaveLength(writers * 8);
    expect(lines.some((line) => line.startsWith('finding'))).toBe(true);
  });
});

describe.each(testStores())('an estate far behind $name', ({ open }) => {
  let opened: OpenTestStore;
  let gateway: Gateway;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await open();
    gateway = openGateway({ workers: 1 });
    office = openTestOffice(opened, gateway);
    office.at('2024-05-01T08:00Z');
  });
  afterEach(async () => {
    office.close();
    await opened.drop();
  });

  it('is loaded anew when the feed no longer reaches back to it', async () => {
    const behind = await loadEstate(opened.store);
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      await office.scan({ 'package-lock.json': lockfile(version) }, { name: 'app', committed: '2024-05-01T07:00Z' });
    }
    await opened.store.write((tx) => tx.trimChanges(1));
    const fresh = await followEstate(opened.store, behind);
    expect(fresh).not.toBe(behind);
    expect(linesOf(fresh).filter((line) => line.startsWith('use '))).toEqual([
      'use git:test/app package-lock.json npm/lodash@1.2.0 since 2024-05-01',
    ]);
  });
});

function lockfile(version: string): string {
  return JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, 'node_modules/lodash': { version } } });
}

/** Runs one writer to its end; rejects with what it said when it fails. */
async function write(location: StoreLocation, writer: number): Promise<void> {
  const script = path.join(import.meta.dirname, 'test-follow-writer.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(location), String(writer)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Writer ${String(writer)} ended with ${String(code)}: ${said}`);
}

/** All that an estate answers from, by natural keys, sorted. */
function linesOf(estate: Estate): readonly string[] {
  const versionName = (slot: number): string => {
    const holder = estate.packages[estate.packageOf[slot] ?? 0];
    return `${holder?.ecosystem ?? ''}/${holder?.name ?? ''}@${estate.versions[slot]?.version ?? ''}${estate.versions[slot]?.range ?? ''}`;
  };
  const lines: string[] = [];
  const uses = whoUses(estate, { kind: 'all' }, [...estate.versions.keys()]);
  for (let at = 0; at < uses.evidence.length; at += 1) {
    const { component, evidence, version, validFrom } = useAt(estate, uses, at);
    lines.push(
      `use ${component.origin} ${evidence.path} ${versionName(version)} since ${new Date(validFrom * 86_400_000).toISOString().slice(0, 10)}`,
    );
  }
  estate.components.forEach(({ id: _, evidence, ...component }, slot) => {
    lines.push(`component ${JSON.stringify({ ...component, evidences: evidence.size, found: estate.componentByRef.get(component.ref) === slot })}`);
    const columns = estate.findings[slot];
    columns?.group.forEach((group, row) => {
      const about = `${estate.packages[columns.package[row] ?? 0]?.name ?? ''} ${estate.groups[group]?.key ?? ''}`;
      lines.push(
        `finding ${component.ref} ${about} ${String(columns.episode[row])} ${String(columns.openedAt[row])} ${String(columns.exposedFrom[row])}`,
      );
    });
  });
  for (const [version, matches] of estate.matches) {
    // A version that came and went between two looks is not known to a follower until it is used again.
    if (estate.postings.lengthOf(version) === 0) continue;
    for (const { group, ...match } of matches)
      lines.push(`match ${versionName(version)} ${estate.groups[group]?.key ?? ''} ${JSON.stringify(match)}`);
  }
  for (const [key, slot] of estate.groupByKey) lines.push(`group ${key} ${JSON.stringify(estate.groups[slot])}`);
  return lines.sort();
}
