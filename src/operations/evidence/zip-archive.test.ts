import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import yauzl from 'yauzl';
import { zipArchive } from './zip-archive.ts';

it('holds every file as it was, whatever reads ZIP archives, in the same bytes each time', async () => {
  const files = new Map([
    ['population.csv', 'id\r\n'.repeat(1000)],
    ['sample/0001.json', '{"name":"Zoë"}'],
    ['empty', ''],
  ]);
  const bytes = Buffer.from(zipArchive(files));
  expect(bytes.equals(zipArchive(files))).toBe(true);
  expect(bytes.length).toBeLessThan(1000);
  expect(await unpacked(bytes)).toEqual(files);
});

async function unpacked(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const archive = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(bytes, { lazyEntries: true });
  const texts = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    archive.on('error', reject).on('end', resolve);
    archive.on('entry', (entry: yauzl.Entry) => {
      archive.openReadStream(entry, (error, stream) => {
        if (error !== null) {
          reject(error);
          return;
        }
        void Array.fromAsync(stream as AsyncIterable<Buffer>).then((chunks) => {
          texts.set(entry.fileName, Buffer.concat(chunks).toString());
          archive.readEntry();
        }, reject);
      });
    });
    archive.readEntry();
  });
  return texts;
}
