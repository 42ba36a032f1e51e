import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, archiveLimits } from './advisory-archive.ts';
import { openGateway } from './gateway.ts';
import { zipOf } from './fixtures/zip-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'guildhall-zip-'));
const gateway = openGateway({ workers: 1, deadlineMs: 3_000, parsers: new URL('./fixtures/hostile-parsers.ts', import.meta.url) });
afterAll(() => {
  gateway.close();
  rmSync(folder, { recursive: true });
});

const zipFile = (...args: Parameters<typeof zipOf>) => {
  const file = join(folder, `${createHash('sha256').update(JSON.stringify(args)).digest('hex')}.zip`);
  writeFileSync(file, zipOf(...args));
  return file;
};
const readAll = async (file: string, wanted?: readonly string[]) => {
  const records = [];
  for await (const batch of gateway.readAdvisoryArchive(file, wanted)) records.push(...batch);
  return records.map((record) => [record.name, record.advisory?.id ?? record.problems[0]?.code]);
};

describe('an OSV archive', () => {
  it('gives every record with its bytes and their hash, in order', async () => {
    const file = zipFile([
      { name: 'A-1.json', content: 'A-1' },
      { name: 'README.md', content: 'no record' },
      { name: 'A-2.json', content: 'BROKEN' },
    ]);
    const [batch] = await Array.fromAsync(gateway.readAdvisoryArchive(file));
    expect(batch?.map(({ name, advisory, problems }) => [name, advisory?.id ?? problems[0]?.code])).toEqual([
      ['A-1.json', 'A-1'],
      ['A-2.json', 'not-json'],
    ]);
    expect(Buffer.from(batch?.[0]?.bytes ?? []).toString()).toBe('A-1');
    expect(batch?.[0]?.hash).toBe(createHash('sha256').update('A-1').digest('hex'));
  });

  it('gives only the wanted entries when some are named', async () => {
    const file = zipFile(['A-1', 'A-2', 'A-3'].map((id) => ({ name: `${id}.json`, content: id })));
    expect(await readAll(file, ['A-2.json', 'A-9.json'])).toEqual([['A-2.json', 'A-2']]);
  });

  it('of many batches is read whole, also when another file is read between two of them by the only reader', async () => {
    const ids = Array.from({ length: 950 }, (_, index) => `A-${String(index)}`);
    const seen: (string | undefined)[] = [];
    for await (const batch of gateway.readAdvisoryArchive(zipFile(ids.map((id) => ({ name: `${id}.json`, content: id }))))) {
      seen.push(...batch.map((record) => record.advisory?.id));
      await gateway.readAdvisories([{ path: 'x', bytes: new TextEncoder().encode('X-1') }]);
    }
    expect(seen).toEqual(ids);
  });

  it('with an entry that stops its reader names that entry and gives the rest', async () => {
    const file = zipFile(['A-1', 'HANG', 'A-2', 'CRASH', 'A-3'].map((id) => ({ name: `${id}.json`, content: id })));
    expect(await readAll(file)).toEqual([
      ['A-1.json', 'A-1'],
      ['entry 2', 'deadline'],
      ['A-2.json', 'A-2'],
      ['entry 4', 'crashed'],
      ['A-3.json', 'A-3'],
    ]);
  });

  it.each([
    ['packs 4 MiB of nothing into a few kilobytes', [{ name: 'bomb.json', content: new Uint8Array(4 * 1024 * 1024) }], 'bomb.json', 'zip-bomb'],
    ['tells a smaller size than it has', [{ name: 'lie.json', content: 'A-1 and a good deal more', claims: 3 }], 'lie.json', 'broken-archive'],
    ['has an entry that climbs out of the folder', [{ name: '../../evil.json', content: 'A-1' }], '../../evil.json', 'odd-name'],
    ['has an entry with an absolute name', [{ name: '/etc/evil.json', content: 'A-1' }], '/etc/evil.json', 'odd-name'],
  ])('that %s gives a problem for that entry and the next record', async (_, entries, name, code) => {
    expect(await readAll(zipFile([...entries, { name: 'A-2.json', content: 'A-2' }]))).toEqual([
      [name, code],
      ['A-2.json', 'A-2'],
    ]);
  });

  it.each([
    ['is cut short', (zip: Buffer) => zip.subarray(0, zip.length - 30)],
    ['is empty', () => Buffer.alloc(0)],
    ['is no zip at all', () => Buffer.from('{"id": "A-1"}'.repeat(100))],
    ['has a broken directory', (zip: Buffer) => Buffer.concat([zip.subarray(0, 60), Buffer.from('garbage'), zip.subarray(67)])],
  ])('that %s gives a problem', async (what, breakIt) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.zip`);
    writeFileSync(file, breakIt(zipOf([{ name: 'A-1.json', content: 'A-1' }])));
    expect((await readAll(file)).at(-1)?.[1]).toBe('broken-archive');
  });

  it('that is not there gives a problem', async () => {
    expect(await readAll(join(folder, 'none.zip'))).toEqual([['none.zip', 'broken-archive']]);
  });
});

describe('the caps of an archive', () => {
  let file = '';
  beforeAll(() => {
    file = zipFile(['A-1', 'A-2', 'A-3'].map((id) => ({ name: `${id}.json`, content: id.repeat(100) })));
  });

  it.each([
    ['entries', { ...archiveLimits, entries: 2 }, 'too-many-entries'],
    ['bytes in all', { ...archiveLimits, totalBytes: 500 }, 'too-large'],
  ])('on %s end the reading with a problem after what was read', async (_, limits, code) => {
    const archive = await openArchive(file, 0, limits);
    const { entries, end, problems } = await archive.next(10, null);
    archive.close();
    expect([entries.length, end, problems[0]?.code]).toEqual([2, true, code]);
  });

  it('on the bytes of one entry refuse that entry', async () => {
    const archive = await openArchive(file, 0, { ...archiveLimits, entryBytes: 200 });
    const { entries } = await archive.next(1, null);
    archive.close();
    expect(entries).toMatchObject([{ name: 'A-1.json', problem: { code: 'too-large' } }]);
  });
});
