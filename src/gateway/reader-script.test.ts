import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshBundle } from './reader-script.ts';

let checkout = '';
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'guildhall-bundle-'));
  mkdirSync(path.join(checkout, '.cache'));
  writeFileSync(path.join(checkout, 'format.ts'), 'const a = 1;');
});
afterEach(() => {
  rmSync(checkout, { recursive: true });
});

function writeBundle(): string {
  const { size, mtimeMs } = statSync(path.join(checkout, 'format.ts'));
  const bundle = path.join(checkout, '.cache', 'reader.js');
  writeFileSync(bundle, `// ${JSON.stringify([['format.ts', size, mtimeMs]])}\nconst a = 1;`);
  return bundle;
}

it('the bundle of a reader is taken while the files it was made of are as they were', () => {
  expect(freshBundle(checkout)).toBeNull();
  const bundle = writeBundle();
  expect(freshBundle(checkout)).toBe(bundle);
});

it.each([
  ['grew', (file: string) => writeFileSync(file, 'const a = 12;')],
  ['was written anew, or checked out, with as many bytes', (file: string) => utimesSync(file, 1, 1)],
  ['is gone', (file: string) => rmSync(file)],
])('the bundle of a reader is not taken when a file it was made of %s', (_, change) => {
  writeBundle();
  change(path.join(checkout, 'format.ts'));
  expect(freshBundle(checkout)).toBeNull();
});

it('a bundle that was not written by our tool is not taken', () => {
  writeFileSync(path.join(checkout, '.cache', 'reader.js'), 'something else');
  expect(freshBundle(checkout)).toBeNull();
});
