import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git, temporaryFolder } from './fixtures/git.ts';
import { openObjectReader, type ObjectReader } from './object-reader.ts';

let folder = temporaryFolder();
let objects: ObjectReader;
beforeEach(() => {
  folder = temporaryFolder();
  git(folder.path, ['init', '-q', '--bare']);
  objects = openObjectReader(folder.path);
});
afterEach(async () => {
  await objects.close();
  folder.remove();
});

const blob = (content: string) => git(folder.path, ['hash-object', '-w', '--stdin'], content);
const saying = (answer: Awaited<ReturnType<ObjectReader['bytes']>>) =>
  answer instanceof Uint8Array ? Buffer.from(answer).toString() : (answer?.code ?? null);

describe('the object reader', () => {
  it('answers many questions side by side in the order they were asked', async () => {
    const contents = Array.from({ length: 300 }, (_, index) => `${String(index)}\n`.repeat(index));
    const ids = contents.map(blob);
    expect((await Promise.all(ids.map((id) => objects.bytes(id, 1_000_000)))).map(saying)).toEqual(contents);
  }, 60_000);

  it('gives null for what is missing and a problem for what is too large', async () => {
    const id = blob('12345');
    expect(await objects.header('0'.repeat(40))).toBe(null);
    expect(saying(await objects.bytes('0'.repeat(40), 10))).toBe(null);
    expect(saying(await objects.bytes(id, 4))).toBe('too-large');
    expect(saying(await objects.bytes(id, 5))).toBe('12345');
  });

  it('blames only the object that git dies on', async () => {
    const [before, after] = [blob('before'), blob('after')];
    const broken = blob('x'.repeat(100_000));
    const file = join(folder.path, 'objects', broken.slice(0, 2), broken.slice(2));
    rmSync(file);
    // The zlib head of a blob of the right size, and then nothing: its header reads well, its content does not.
    writeFileSync(file, Buffer.from('789c4bcac94f5230', 'hex'));
    const answers = await Promise.all([before, broken, after].map((id) => objects.bytes(id, 1_000_000)));
    expect([saying(answers[0] ?? null), saying(answers[2] ?? null)]).toEqual(['before', 'after']);
    expect(answers[1] instanceof Uint8Array).toBe(false);
  });

  it('answers instead of waiting once it is closed', async () => {
    const id = blob('x');
    const asked = objects.bytes(id, 10);
    await objects.close();
    expect(['closed', 'git-stopped', 'x']).toContain(saying(await asked));
    expect(saying(await objects.bytes(id, 10))).toBe('closed');
  });
});
