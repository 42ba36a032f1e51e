import { createHash } from 'node:crypto';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { RefusedArchive } from '../archive/refused.ts';
import type { BlobPlace } from './blob-place.ts';

/** One of the images in a layout, for one platform. */
export type ImageFound = {
  /** As it was tagged; null when nothing says. */
  readonly name: string | null;
  /** `linux/amd64`; null where only its configuration says. */
  readonly platform: string | null;
  readonly manifest: ImageManifest;
};

/** Where the parts of an image lie. `digest` is that of the part as it lies there, null where nothing says. */
export type ImagePart = { readonly path: string; readonly digest: string | null; readonly size: number | null; readonly mediaType: string };

export type ImageManifest =
  | { readonly kind: 'oci'; readonly part: ImagePart; readonly annotations: ReadonlyMap<string, string> }
  | { readonly kind: 'docker'; readonly config: ImagePart; readonly layers: readonly ImagePart[] };

type Json = Readonly<Record<string, unknown>>;

const maxDocumentBytes = 4 * 1024 * 1024;
const maxImages = 1_000;
const maxDepth = 4;

/**
 * The images in a layout: OCI's (`index.json`), else that of `docker save` (`manifest.json`). Manifests that only attest others are left out.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md, https://github.com/moby/docker-image-spec
 */
export async function imagesIn(place: BlobPlace): Promise<readonly ImageFound[]> {
  const saved = await documentAt(place, 'manifest.json');
  const index = await documentAt(place, 'index.json');
  if (index !== null) return await imagesOfIndex(place, asObject(index), namesByConfig(saved));
  if (saved === null)
    throw new RefusedArchive(
      'no-image',
      'Neither an index.json nor a manifest.json lies in it, so that it holds no image. Save one with docker save, or as an OCI layout.',
    );
  return asArray(saved).slice(0, maxImages).flatMap(imageOfSaved);
}

/** A JSON document of a layout; null when it is not there. Throws a `RefusedArchive` when it cannot be read, or has another digest than it should. */
export async function documentAt(place: BlobPlace, path: string, digest: string | null = null): Promise<unknown> {
  const blob = await place.blob(path);
  if (blob === null) return null;
  if (blob.size > maxDocumentBytes)
    throw new RefusedArchive('too-large', `${path} has more than ${String(maxDocumentBytes)} bytes; no image was read.`);
  const bytes = Buffer.concat(await Array.fromAsync(blob.chunks()));
  if (digest !== null) proveDigest(bytes, digest, path);
  const read = readJson(bytes);
  if (!read.ok) throw new RefusedArchive(read.error.code, `${path}: ${read.error.message}`);
  return read.value;
}

function proveDigest(bytes: Uint8Array, digest: string, path: string): void {
  const [algorithm = ''] = digest.split(':', 1);
  const is = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (is !== digest)
    throw new RefusedArchive('wrong-digest', `${path} does not have the digest that names it, so that nothing of the image was believed.`);
}

async function imagesOfIndex(place: BlobPlace, index: Json | null, names: ReadonlyMap<string, string>): Promise<readonly ImageFound[]> {
  const found: ImageFound[] = [];
  const visit = async (document: Json | null, name: string | null, depth: number): Promise<void> => {
    for (const each of asArray(document?.['manifests'])) {
      const descriptor = asObject(each);
      const part = descriptor === null ? null : partOf(descriptor);
      if (descriptor === null || part === null || found.length === maxImages) continue;
      const annotations = textsIn(descriptor['annotations']);
      const called = nameIn(annotations) ?? name;
      if (/index|manifest\.list/.test(part.mediaType)) {
        if (depth === maxDepth) throw new RefusedArchive('too-deep', 'Indexes of the image lie in each other too deeply.');
        await visit(asObject(await documentAt(place, part.path, part.digest)), called, depth + 1);
        continue;
      }
      const platform = platformOf(descriptor['platform']);
      if (platform === 'unknown/unknown' || annotations.has('vnd.docker.reference.type')) continue;
      const config = called === null && names.size > 0 ? await configOf(place, part) : null;
      found.push({ name: called ?? names.get(config ?? '') ?? null, platform, manifest: { kind: 'oci', part, annotations } });
    }
  };
  await visit(index, nameIn(textsIn(index?.['annotations'])), 0);
  return found;
}

async function configOf(place: BlobPlace, part: ImagePart): Promise<string | null> {
  const manifest = asObject(await documentAt(place, part.path, part.digest));
  return asString(asObject(manifest?.['config'])?.['digest']);
}

/** The tag that containerd wrote, or the reference where it is more than a tag. */
function nameIn(annotations: ReadonlyMap<string, string>): string | null {
  const reference = annotations.get('org.opencontainers.image.ref.name') ?? '';
  return annotations.get('io.containerd.image.name') ?? (/[/:]/.test(reference) ? reference : null);
}

/** Names that `docker save` gives, by the digest of the configuration. */
function namesByConfig(saved: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const each of asArray(saved)) {
    const image = asObject(each);
    const [, hex] = /([0-9a-f]{64})(?:\.json)?$/.exec(asString(image?.['Config']) ?? '') ?? [];
    const tag = asString(asArray(image?.['RepoTags'])[0]);
    if (hex !== undefined && tag !== null) names.set(`sha256:${hex}`, tag);
  }
  return names;
}

function imageOfSaved(each: unknown): readonly ImageFound[] {
  const image = asObject(each);
  const config = asString(image?.['Config']);
  if (image === null || config === null) return [];
  // The name of the configuration is its digest, that of a layer only where it lies among the blobs.
  const part = (path: string): ImagePart => {
    const [, hex] = /^(?:blobs\/sha256\/([0-9a-f]{64})|[0-9a-f]{64}\.json)$/.exec(path) ?? [];
    const digest = hex ?? /^([0-9a-f]{64})\.json$/.exec(path)?.[1];
    return { path, digest: digest === undefined ? null : `sha256:${digest}`, size: null, mediaType: '' };
  };
  const layers = asArray(image['Layers']).flatMap((layer) => (typeof layer === 'string' ? [part(layer)] : []));
  return [{ name: asString(asArray(image['RepoTags'])[0]), platform: null, manifest: { kind: 'docker', config: part(config), layers } }];
}

/** The part that a descriptor names; null when its digest is none that can be proved. */
export function partOf(descriptor: Json): ImagePart | null {
  const digest = asString(descriptor['digest']) ?? '';
  const [, algorithm, hex] = /^(sha256|sha512):([0-9a-f]{64}(?:[0-9a-f]{64})?)$/.exec(digest) ?? [];
  if (algorithm === undefined || hex === undefined) return null;
  const size = descriptor['size'];
  return {
    path: `blobs/${algorithm}/${hex}`,
    digest,
    size: typeof size === 'number' ? size : null,
    mediaType: asString(descriptor['mediaType']) ?? '',
  };
}

/** `linux/arm64/v8` from a descriptor's platform or an image's configuration; null when it says nothing. */
export function platformOf(value: unknown): string | null {
  const platform = asObject(value);
  const parts = ['os', 'architecture', 'variant'].map((key) => asString(platform?.[key]) ?? '');
  const text = parts.filter((part) => part !== '').join('/');
  return /^[\w./-]{1,60}$/.test(text) ? text : null;
}

/** Texts of an object by key, of reasonable length. */
export function textsIn(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(asObject(value) ?? {}).slice(0, 1_000);
  return new Map(entries.flatMap(([key, text]) => (typeof text === 'string' && text.length <= 1_000 ? [[key, text] as const] : [])));
}
