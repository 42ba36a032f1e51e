import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Configuration } from '#operations/configuration.ts';
import { testOffices } from '#operations/test-offices.ts';
import { startOffice } from './serve.ts';

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
