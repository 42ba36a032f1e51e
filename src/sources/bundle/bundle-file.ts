import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { canonicalJson } from '#language/canonical-json.ts';
import { readJson } from '#language/readers/json.ts';
import { quoted } from '#model/problem.ts';
import { bundleKeyId } from './bundle-key.ts';
import { bundleLimits, BundleManifest, partsOf } from './manifest.ts';

/**
 * A bundle is three lines of text and then the bytes of its parts, one after the other in the order of the manifest, nothing between or behind:
 *
 *     guildhall-bundle 1
 *     <id of the key> <Ed25519 signature in hex, of the first line and the manifest>
 *     <manifest: canonical JSON with size and SHA-256 of each part>
 */
const firstLine = 'guildhall-bundle 1';
const signatureLine = /^([0-9a-f]{32}) ([0-9a-f]{128})$/;

/** A bundle that proved whole and signed by a trusted key; its parts lie on disk in the order of the manifest. */
export type OpenedBundle = { readonly manifest: BundleManifest; readonly keyId: string; readonly files: readonly string[] };

/** Writes a bundle of these files, which are in the manifest's order. It appears whole or not at all. */
export async function writeBundle(file: string, manifest: BundleManifest, files: readonly string[], key: KeyObject): Promise<void> {
  const text = canonicalJson(manifest);
  const head = `${firstLine}\n${bundleKeyId(key)} ${sign(null, signed(text), key).toString('hex')}\n${text}\n`;
  const partial = `${file}.partial`;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (const each of files) yield* createReadStream(each) as AsyncIterable<Buffer>;
  };
  try {
    await pipeline(Readable.from(bytes()), createWriteStream(partial, { mode: 0o644 }));
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * Proves a bundle and unpacks its parts into an empty folder. Nothing of it is believed before its signature: then sizes and hashes are.
 * A refusal is a sentence with the next step; what lies in the folder then must not be used. Throws when the disk is full.
 */
export async function openBundle(
  file: string,
  folder: string,
  trusted: readonly KeyObject[],
): Promise<{ readonly ok: true; readonly bundle: OpenedBundle } | { readonly ok: false; readonly refusal: string }> {
  const handle = await open(file).catch(codeOf);
  if (typeof handle === 'string')
    return { ok: false, refusal: `The bundle ${quoted(file)} cannot be opened (${handle}). Check its path and who may read it.` };
  try {
    const head = await headOf(handle);
    if ('refusal' in head) return { ok: false, refusal: head.refusal };
    const proved = provedManifest(head, trusted);
    if ('refusal' in proved) return { ok: false, refusal: proved.refusal };
    const { size } = await handle.stat();
    const files = await unpack(handle, { at: head.bytes, size }, proved.manifest, folder);
    return 'refusal' in files ? { ok: false, refusal: files.refusal } : { ok: true, bundle: { ...proved, files } };
  } finally {
    await handle.close();
  }
}

type Refused = { readonly refusal: string };
type Head = { readonly keyId: string; readonly signature: Buffer; readonly manifest: string; readonly bytes: number };

const cut = 'The bundle is cut: its end is missing. Copy it again and compare the size with the original.';
const altered = 'Copy it again; if that does not help, ask who made it and do not use it.';

async function headOf(handle: FileHandle): Promise<Head | Refused> {
  const lines: string[] = [];
  let held = Buffer.alloc(0);
  let bytes = 0;
  for (let at = 0; lines.length < 3;) {
    const end = held.indexOf(0x0a);
    if (end >= 0) {
      lines.push(held.toString('utf8', 0, end));
      held = held.subarray(end + 1);
      bytes += end + 1;
      if (lines.length === 1 && lines[0] !== firstLine) return { refusal: notABundle(lines[0] ?? '') };
      continue;
    }
    if (held.length > bundleLimits.manifestBytes || (lines.length === 0 && held.length > 100)) return { refusal: notABundle('') };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, at);
    if (bytesRead === 0) return { refusal: lines.length === 0 ? notABundle('') : cut };
    at += bytesRead;
    held = Buffer.concat([held, buffer.subarray(0, bytesRead)]);
  }
  const [, keyId, hex] = signatureLine.exec(lines[1] ?? '') ?? [];
  if (keyId === undefined || hex === undefined)
    return { refusal: 'The bundle is not signed. Make it with guildhall bundle export and a key; what is not signed is not taken.' };
  return { keyId, signature: Buffer.from(hex, 'hex'), manifest: lines[2] ?? '', bytes };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}

function notABundle(line: string): string {
  return /^guildhall-bundle \d+$/.test(line)
    ? 'The bundle is of another layout than this program reads. Update the older of the two programs.'
    : 'The file is no bundle. Name one that guildhall bundle export wrote.';
}

function provedManifest(head: Head, trusted: readonly KeyObject[]): { readonly manifest: BundleManifest; readonly keyId: string } | Refused {
  const key = trusted.find((each) => bundleKeyId(each) === head.keyId);
  if (key === undefined)
    return {
      refusal: `The bundle is signed with the key ${head.keyId}, which is not trusted here. Compare it with who made the bundle, then name its public key under bundle.trust or with --trust.`,
    };
  if (!verify(null, signed(head.manifest), key, head.signature))
    return { refusal: `The bundle was altered after it was signed, or is not from the holder of the key ${head.keyId}. ${altered}` };
  const json = readJson(Buffer.from(head.manifest));
  const manifest = BundleManifest.safeParse(json.ok ? json.value : null);
  if (!manifest.success) return { refusal: 'The bundle says of itself what this program does not understand. Update the older of the two programs.' };
  const parts = partsOf(manifest.data);
  if (parts.length > bundleLimits.parts || parts.some((part) => part.bytes > part.maxBytes))
    return { refusal: 'The bundle holds more than is taken at once. Export fewer feeds or ecosystems into each.' };
  return { manifest: manifest.data, keyId: head.keyId };
}

async function unpack(
  handle: FileHandle,
  from: { readonly at: number; readonly size: number },
  manifest: BundleManifest,
  folder: string,
): Promise<readonly string[] | Refused> {
  const parts = partsOf(manifest);
  const end = parts.reduce((sum, part) => sum + part.bytes, from.at);
  if (from.size < end) return { refusal: cut };
  if (from.size > end) return { refusal: `There is something behind the end of the bundle. ${altered}` };
  const files: string[] = [];
  let { at } = from;
  for (const [index, part] of parts.entries()) {
    const file = join(folder, `part-${String(index)}`);
    const digest = createHash('sha256');
    await pipeline(
      Readable.from(bytesBetween(handle, at, at + part.bytes)),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          digest.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    );
    if (digest.digest('hex') !== part.sha256)
      return { refusal: `Part ${String(index + 1)} of the bundle was altered after it was signed: its hash does not fit. ${altered}` };
    files.push(file);
    at += part.bytes;
  }
  return files;
}

async function* bytesBetween(handle: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const wanted = Math.min(1024 * 1024, to - at);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
    if (bytesRead === 0) return; // cut while it was read: the hash will not fit
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function signed(manifest: string): Buffer {
  return Buffer.from(`${firstLine}\n${manifest}`);
}
