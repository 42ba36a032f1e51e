import { createHash, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle, writeBundle } from './bundle-file.ts';
import { bundleKeyId, newBundleKeys, signingKey, trustedKey } from './bundle-key.ts';
import type { BundleManifest } from './manifest.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-bundle-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const contents = ['the archive of npm', 'an archive of PyPI', '{"vulnerabilities":[]}'];
const [npm, pypi, kev] = contents.map((text) => ({
  bytes: text.length,
  sha256: createHash('sha256').update(text).digest('hex'),
  records: 1,
  refused: 0,
}));
const takenAt = Date.parse('2026-05-04T06:00:00Z');
const state = { etag: '"a"', newest: null, newestIds: [] };
const manifest = {
  createdAt: takenAt,
  feeds: [
    {
      kind: 'osv',
      origin: 'osv:feeds.example.com',
      from: 'https://feeds.example.com',
      takenAt,
      parts: [
        { ecosystem: 'npm', ...npm, revision: '"a"', state },
        { ecosystem: 'PyPI', ...pypi, revision: '"b"', state },
      ],
    },
    {
      kind: 'kev',
      origin: 'kev:feeds.example.com/kev.json',
      from: 'https://feeds.example.com/kev.json',
      takenAt,
      parts: [{ name: 'kev.json', ...kev, state: { etag: null, lastModified: null } }],
    },
  ],
} as unknown as BundleManifest;

const own = keys();
const others = keys();
let whole: Buffer;
let lines: readonly string[];
let bodyAt: number;

beforeAll(async () => {
  const parts = contents.map((text, index) => written(`content-${String(index)}`, text));
  const file = path.join(folder, 'whole.bundle');
  await writeBundle(file, manifest, parts, own.signing);
  whole = fs.readFileSync(file);
  lines = whole.toString().split('\n', 3);
  bodyAt = lines.join('\n').length + 1;
});

describe('a bundle', () => {
  it('comes out as it went in, and says who signed it', async () => {
    const opened = await open(whole, [others.trusted, own.trusted]);
    if (!opened.ok) throw new Error(opened.refusal);
    expect(opened.bundle.manifest).toEqual(manifest);
    expect(opened.bundle.keyId).toBe(bundleKeyId(own.trusted));
    expect(opened.bundle.files.map((file) => fs.readFileSync(file, 'utf8'))).toEqual(contents);
  });

  it.each<[string, () => Buffer, RegExp]>([
    ['is empty', () => Buffer.alloc(0), /^The file is no bundle\./],
    ['is something else', () => Buffer.from('PK\u0003\u0004 a zip\nwith\nlines\n'), /^The file is no bundle\./],
    ['is of a later layout', () => replaced(0, 'guildhall-bundle 2'), /^The bundle is of another layout than this program reads\. Update/],
    ['is not signed', () => replaced(1, ''), /^The bundle is not signed\. Make it with guildhall bundle export/],
    [
      'is signed with a key that is not trusted',
      () => replaced(1, `${bundleKeyId(others.trusted)} ${'0'.repeat(128)}`),
      /is not trusted here\. Compare it/,
    ],
    ['bears the signature of another bundle', () => replaced(1, `${bundleKeyId(own.trusted)} ${'0'.repeat(128)}`), /was altered after it was signed/],
    ['was given another manifest', () => replaced(2, (lines[2] ?? '').replace('kev.json', 'kee.json')), /was altered after it was signed/],
    ['ends in its head', () => whole.subarray(0, bodyAt - 10), /^The bundle is cut/],
    ['lacks its last byte', () => whole.subarray(0, -1), /^The bundle is cut/],
    ['lacks its last part', () => whole.subarray(0, -(contents[2] ?? '').length), /^The bundle is cut/],
    ['has something behind its end', () => Buffer.concat([whole, Buffer.from('\n')]), /^There is something behind the end/],
    [
      'has two parts exchanged',
      () => Buffer.from(`${lines.join('\n')}\n${contents[1] ?? ''}${contents[0] ?? ''}${contents[2] ?? ''}`),
      /^Part 1 .* was altered/,
    ],
  ])('is refused when it %s', async (_case, bytes, refusal) => {
    const opened = await open(bytes(), [own.trusted]);
    expect(opened.ok ? 'taken' : opened.refusal).toMatch(refusal);
  });

  it('is refused when it asks for more than a feed may hold, even when it is signed', async () => {
    const [osv, kevFeed] = manifest.feeds;
    const greedy = {
      ...manifest,
      feeds: [osv, { ...kevFeed, parts: [{ ...kevFeed?.parts[0], bytes: 65 * 1024 * 1024 }] }],
    } as unknown as BundleManifest;
    const file = path.join(folder, 'greedy.bundle');
    await writeBundle(file, greedy, [], own.signing);
    const opened = await open(fs.readFileSync(file), [own.trusted]);
    expect(opened.ok ? 'taken' : opened.refusal).toMatch(/holds more than is taken at once/);
  });

  it('is refused after a change of a single byte, wherever it is', async () => {
    const taken: number[] = [];
    const manifestAt = bodyAt - 1 - (lines[2] ?? '').length;
    // Every byte but of the manifest, which is one text under one signature: of that every fifth.
    for (let at = 0; at < whole.length; at += at > manifestAt && at < bodyAt - 6 ? 5 : 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      if ((await open(bytes, [own.trusted])).ok) taken.push(at);
    }
    expect(whole.length).toBeGreaterThan(1000);
    expect(taken).toEqual([]);
  });
});

describe('a key of bundles', () => {
  it('has the same id in both halves, and each half only serves its own end', () => {
    const { privatePem, publicPem } = newBundleKeys();
    const [signing, trusted] = [signingKey(privatePem), trustedKey(publicPem)];
    expect(signing === null ? 'none' : bundleKeyId(signing)).toBe(trusted === null ? '' : bundleKeyId(trusted));
    expect([signingKey(publicPem), trustedKey(privatePem), signingKey('no key'), trustedKey('')]).toEqual([null, null, null, null]);
  });
});

async function open(bytes: Uint8Array, trusted: readonly KeyObject[]): ReturnType<typeof openBundle> {
  const room = fs.mkdtempSync(path.join(folder, 'open-'));
  return await openBundle(written('tried.bundle', bytes), room, trusted);
}

function replaced(line: number, text: string): Buffer {
  const head = lines.map((each, index) => (index === line ? text : each)).join('\n');
  return Buffer.concat([Buffer.from(`${head}\n`), whole.subarray(bodyAt)]);
}

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

function keys(): { readonly signing: KeyObject; readonly trusted: KeyObject } {
  const { privatePem, publicPem } = newBundleKeys();
  const [signing, trusted] = [signingKey(privatePem), trustedKey(publicPem)];
  if (signing === null || trusted === null) throw new Error('A new pair of keys cannot be read.');
  return { signing, trusted };
}
