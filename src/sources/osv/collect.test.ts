import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpClient } from '#outbound/http.ts';
import { collectEpss } from '../epss/collect.ts';
import { collectKev } from '../kev/collect.ts';
import { collectOsv, type OsvState } from './collect.ts';
import { readModifiedList } from './modified-list.ts';

/** A bucket in memory: path to content, with the content as its ETag. */
const bucket = new Map<string, string>();
const asked: string[] = [];
let server: Server;
let root = '';
let url = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'guildhall-osv-'));
  bucket.clear();
  asked.length = 0;
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const content = bucket.get(path);
    const etag = JSON.stringify(content ?? '').replaceAll(/[^\w"]/g, '');
    asked.push(path);
    if (content === undefined) response.writeHead(404).end();
    else if (content === 'BROKEN') response.writeHead(403).end();
    else if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.setHeader('etag', etag).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true });
});

const http = () => httpClient({ configuredHosts: [new URL(url).host], retryBaseMs: 1 });
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
/** Collects and takes in everything: what each part gave in words, and the state to go on from. */
const collect = async (from: string, last: OsvState = {}, ecosystems: readonly string[] | null = null) => {
  const said: string[] = [];
  const state: Record<string, OsvState[string]> = { ...last };
  const archives: string[] = [];
  for await (const part of collectOsv({ from, ecosystems, last, http: http(), workDir: join(root, 'work') })) {
    if ('state' in part) state[part.ecosystem] = part.state;
    if (part.kind === 'archive') archives.push(part.file);
    const contents = part.kind === 'records' ? await Promise.all(part.files.map(async (file) => `${file.path}=${textOf(await file.bytes())}`)) : [];
    const what =
      part.kind === 'archive'
        ? `archive ${readFileSync(part.file, 'utf8')}`
        : part.kind === 'failed'
          ? part.problem.code
          : [part.kind, ...contents].join(' ');
    said.push(`${part.ecosystem}: ${what}`);
  }
  return { said, state, archives };
};
const textOf = (bytes: Uint8Array | { readonly code: string }) => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : bytes.code);

describe('a bucket at a URL', () => {
  it('gives archives first, then only the records that changed, then nothing', async () => {
    bucket.set('ecosystems.txt', 'npm\nPyPI\n').set('npm/all.zip', 'zip1').set('PyPI/all.zip', 'zip2');
    bucket.set('npm/modified_id.csv', '2024-01-02T00:00:00Z,B-1\n2024-01-01T00:00:00Z,A-1\n');
    const first = await collect(url);
    expect(first.said).toEqual(['PyPI: archive zip2', 'npm: archive zip1']);
    expect(first.archives.some((file) => existsSync(file))).toBe(false);

    bucket
      .set('npm/modified_id.csv', '2024-01-03T00:00:00Z,A-1\n2024-01-02T00:00:00Z,B-1\n2024-01-02T00:00:00Z,C-1\n')
      .set('npm/A-1.json', 'a')
      .set('npm/C-1.json', 'c');
    const second = await collect(url, first.state);
    expect(second.said).toEqual(['PyPI: unchanged', 'npm: records npm/A-1.json=a npm/C-1.json=c']);

    asked.length = 0;
    expect((await collect(url, second.state)).said).toEqual(['PyPI: unchanged', 'npm: unchanged']);
    expect(asked).toEqual(['ecosystems.txt', 'PyPI/modified_id.csv', 'PyPI/all.zip', 'npm/modified_id.csv']);
  });

  it('asks only for the ecosystems named, without their suffixes', async () => {
    bucket.set('Debian/all.zip', 'deb');
    expect((await collect(url, {}, ['Debian:12', 'Debian:11', '../etc', ''])).said).toEqual(['Debian: archive deb']);
    expect(asked).toEqual(['Debian/modified_id.csv', 'Debian/all.zip']);
  });

  it('takes the archive again when very much changed or the list is odd', async () => {
    const stamp = (index: number) => `2024-01-01T00:00:00.${String(index).padStart(6, '0')}Z,A-${String(index)}`;
    bucket.set('npm/all.zip', 'zip').set('npm/modified_id.csv', stamp(0));
    const { state } = await collect(url, {}, ['npm']);
    bucket.set('npm/modified_id.csv', Array.from({ length: 500 }, (_, index) => stamp(500 - index)).join('\n'));
    expect((await collect(url, state, ['npm'])).said).toEqual(['npm: archive zip']);
    bucket.set('npm/modified_id.csv', `${stamp(1)}\nyesterday,A-2\n`);
    expect((await collect(url, state, ['npm'])).said).toEqual(['npm: archive zip']);
  });

  it('says what failed of one ecosystem and goes on with the next', async () => {
    bucket.set('npm/modified_id.csv', 'BROKEN').set('PyPI/all.zip', 'zip');
    expect((await collect(url, {}, ['Go', 'npm', 'PyPI'])).said).toEqual(['Go: not-found', 'PyPI: archive zip', 'npm: bad-status']);
  });

  it('gives a record that cannot be fetched as a problem of that record', async () => {
    bucket.set('npm/all.zip', 'zip').set('npm/modified_id.csv', '2024-01-01T00:00:00Z,A-1');
    const { state } = await collect(url, {}, ['npm']);
    bucket.set('npm/modified_id.csv', '2024-01-02T00:00:00Z,B-1\n2024-01-02T00:00:00Z,A-1').set('npm/A-1.json', 'a');
    expect((await collect(url, state, ['npm'])).said).toEqual(['npm: records npm/B-1.json=not-found npm/A-1.json=a']);
  });

  it('that is not there fails', async () => {
    expect((await collect(`${url}/none`)).said).toEqual([': not-found']);
  });
});

describe('a folder of advisories', () => {
  it('laid out like a bucket gives its archives, and nothing when they are unchanged', async () => {
    write('b/npm/all.zip', 'zip1');
    write('b/Red Hat/all.zip', 'zip2');
    const first = await collect(join(root, 'b'));
    expect(first.said).toEqual(['Red Hat: archive zip2', 'npm: archive zip1']);
    expect(existsSync(join(root, 'b/npm/all.zip'))).toBe(true);
    write('b/npm/all.zip', 'zip3');
    utimesSync(join(root, 'b/npm/all.zip'), 1, 1);
    expect((await collect(join(root, 'b'), first.state)).said).toEqual(['Red Hat: unchanged', 'npm: archive zip3']);
    expect((await collect(join(root, 'b'), {}, ['npm'])).said).toEqual(['npm: archive zip3']);
  });

  it.each([
    ['flat', ['A-1.json', 'B-1.json'], ': records A-1.json=A-1.json B-1.json=B-1.json', ': unchanged'],
    ['by ecosystem', ['npm/A-1.json'], 'npm: records npm/A-1.json=npm/A-1.json', 'npm: unchanged'],
  ])('of single records, %s, gives them, and nothing when they are unchanged', async (_, paths, first, again) => {
    for (const path of paths) write(`f/${path}`, path);
    const { said, state } = await collect(join(root, 'f'));
    expect(said).toEqual([first]);
    expect((await collect(join(root, 'f'), state)).said).toEqual([again]);
  });

  it('may be one zip, and one that is not there fails', async () => {
    write('x.zip', 'zip');
    expect((await collect(join(root, 'x.zip'))).said).toEqual([': archive zip']);
    expect((await collect(join(root, 'none'))).said).toEqual([': no-such-folder']);
  });
});

describe('the list of changes', () => {
  it('is sorted newest first whatever the fractions of its seconds, and odd lines are counted', () => {
    const text =
      '2024-01-01T00:00:00Z,A\n2024-01-01T00:00:00.5Z,B\n2024-01-01T00:00:00.25Z,npm/C\n\nnonsense\n2024-01-01T00:00:00Z,../../etc/passwd\n2024-01-01T00:00:00Z,-x\n';
    const { records, odd } = readModifiedList(text);
    expect([records.map(({ id }) => id), odd]).toEqual([['B', 'C', 'A', 'passwd'], 2]);
  });
});

describe('a feed of one file', () => {
  it('is taken from a URL once, and again only when it changed', async () => {
    bucket.set('kev.json', '{}');
    const first = await collectKev({ from: `${url}/kev.json`, last: null, http: http() });
    expect(first).toMatchObject({ kind: 'changed', name: 'kev.json' });
    const last = first.kind === 'changed' ? first.state : null;
    expect(await collectKev({ from: `${url}/kev.json`, last, http: http() })).toEqual({ kind: 'unchanged' });
    bucket.set('kev.json', '{"a":1}');
    expect((await collectKev({ from: `${url}/kev.json`, last, http: http() })).kind).toBe('changed');
    bucket.set('kev.json', 'BROKEN');
    expect(await collectKev({ from: `${url}/kev.json`, last, http: http() })).toMatchObject({ kind: 'failed', problem: { code: 'bad-status' } });
  });

  it('is found in a folder, the latest of several, and is unchanged when its bytes are', async () => {
    write('e/epss_scores-2025-01-01.csv', 'old');
    writeFileSync(join(root, 'e', 'epss_scores-2025-01-02.csv.gz'), gzipSync('new'));
    const found = await collectEpss({ from: join(root, 'e'), last: null, http: http() });
    expect(found).toMatchObject({ kind: 'changed', name: 'epss_scores-2025-01-02.csv.gz' });
    expect(await collectEpss({ from: join(root, 'e'), last: found.kind === 'changed' ? found.state : null, http: http() })).toEqual({
      kind: 'unchanged',
    });
    expect(await collectKev({ from: join(root, 'e'), last: null, http: http() })).toMatchObject({
      kind: 'failed',
      problem: { code: 'no-such-file' },
    });
  });
});
