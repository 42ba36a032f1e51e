import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Configuration } from '#operations/configuration.ts';
import { testOffices } from '#operations/test-offices.ts';
import { newBell } from '#worker/bell.ts';
import { workUntilStopped } from '#worker/work-until-stopped.ts';
import type { Reading } from '#server/schemas/reading.ts';
import { startOffice } from '#server/serve.ts';

const sbom = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
});

describe.each(testOffices())('a running office on $name', ({ name, open }) => {
  it('opens with a login link, has its worker read an upload, and ends in order', { timeout: 90_000 }, async () => {
    const opened = await open();
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'guildhall-serve-'));
    const { databaseUrl } = opened;
    const reports: string[] = [];
    const office = await startOffice({
      place: { dataDir, databaseUrl },
      configuration: Configuration.parse({ name }),
      port: 0,
      env: { GUILDHALL_TOKEN: 'first' },
      report: (message) => reports.push(message),
    });
    try {
      await office.ready();
      expect((await fetch(await office.loginLink(), { redirect: 'manual' })).status).toBe(303);
      const headers = { authorization: 'Bearer first', 'content-type': 'application/json' };
      const sent = await fetch(`${office.url}/v1/sboms?component=billing`, { method: 'POST', headers, body: sbom });
      const { id } = (await sent.json()) as { readonly id: string };
      await expect
        .poll(async () => (await fetch(`${office.url}/v1/sboms/${id}`, { headers })).json(), { timeout: 60_000 })
        .toMatchObject({ state: 'read', packages: 1 });
      const status = (await (await fetch(`${office.url}/v1/estate`, { headers })).json()) as object;
      expect(status).toMatchObject({ name, components: 1, packages: 1 });
    } finally {
      await office.close();
      await opened.drop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    expect(reports).toEqual([]);
    await expect(fetch(office.url)).rejects.toThrow();
  });
});

// Enough that reading them takes longer than it takes to hear of a stop.
const dropped = 60;

describe.each(testOffices())('reading what is configured on $name', ({ open }) => {
  it('tells how far it is, is stopped between two repositories, and goes on where somebody resumes', { timeout: 120_000 }, async () => {
    const opened = await open();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-serve-'));
    for (const name of ['shop', 'drop']) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, 'shop', 'bom.cdx.json'), sbom);
    for (let at = 0; at < dropped; at += 1) writeFileSync(path.join(folder, 'drop', `${String(at)}.cdx.json`), sbom);
    const sources = [
      { kind: 'folder' as const, at: path.join(folder, 'shop') },
      { kind: 'drop' as const, at: path.join(folder, 'drop') },
      { kind: 'folder' as const, at: path.join(folder, 'nothing-there') },
    ];
    const reports: string[] = [];
    const office = await startOffice({
      place: { dataDir: path.join(folder, 'data'), databaseUrl: opened.databaseUrl },
      configuration: Configuration.parse({ sources }),
      port: 0,
      env: { GUILDHALL_TOKEN: 'first' },
      work: false,
      readNow: true,
      report: (message) => reports.push(message),
    });
    const headers = { authorization: 'Bearer first', 'content-type': 'application/json' };
    const reading = async (): Promise<Reading> => (await (await fetch(`${office.url}/v1/reading`, { headers })).json()) as Reading;
    const act = async (kind: string, expects?: number): Promise<number> =>
      (await fetch(`${office.url}/v1/acts/${kind}`, { method: 'POST', headers, body: JSON.stringify({ body: {}, expects }) })).status;
    const place = { dataDir: path.join(folder, 'data'), databaseUrl: opened.databaseUrl };
    const bell = newBell();
    let working: Promise<void> = Promise.resolve();
    try {
      await office.ready();
      expect(await reading()).toMatchObject({ state: 'waiting', isFirst: true, sources: sources.map(() => ({ state: 'waiting' })) });
      expect(await act('resume-reading')).toBe(409);
      working = workUntilStopped(place, Configuration.parse({ sources }), bell, () => undefined);
      await expect.poll(async () => (await reading()).sources[1]?.components ?? 0, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
      expect(await act('pause-reading', 0)).toBe(201);
      expect(await act('pause-reading')).toBe(409);
      let stopped = await reading();
      // Who had asked whether to go on before it was stopped begins one thing more, which ends at once.
      const isSettled = async (): Promise<boolean> => {
        const before = stopped;
        stopped = await reading();
        return stopped.state === 'stopped' && isDeepStrictEqual(stopped, before);
      };
      await expect.poll(isSettled, { timeout: 60_000, interval: 1000 }).toBe(true);
      expect(stopped.sources[1]).toMatchObject({ kind: 'drop', state: 'stopped', part: null });
      expect(stopped.sources[1]?.components).toBeLessThan(dropped);
      expect(stopped.stopped?.by).not.toBe('');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect(await reading()).toEqual(stopped);
      expect(await act('resume-reading', stopped.version)).toBe(201);
      await expect.poll(reading, { timeout: 60_000 }).toMatchObject({
        state: 'read',
        stopped: null,
        sources: [
          { name: expect.stringMatching(/\/shop$/) as string, state: 'read', components: 1, packages: 1, problems: 0, part: null },
          { kind: 'drop', state: 'read', problems: 0 },
          { state: 'failed', components: 0, problems: 1, trouble: expect.stringMatching(/^There is no file or folder/) as string },
        ],
      });
      await expect
        .poll(async () => (await fetch(`${office.url}/v1/estate`, { headers })).json(), { timeout: 10_000 })
        .toMatchObject({ coverage: { read: dropped + 1, known: dropped + 1 } });
      expect(JSON.stringify(await reading())).not.toContain(folder);
    } finally {
      bell.stop();
      await working;
      await office.close();
      await opened.drop();
      rmSync(folder, { recursive: true, force: true });
    }
    expect(reports).toEqual([]);
  });
});

describe('a port that is taken', () => {
  it('is said when starting, and nothing is left running', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'guildhall-serve-'));
    const options = { place: { dataDir, databaseUrl: null }, configuration: Configuration.parse({}) };
    const first = await startOffice({ ...options, port: 0 });
    await expect(startOffice({ ...options, port: Number(new URL(first.url).port) })).rejects.toThrow(/EADDRINUSE/);
    await first.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
