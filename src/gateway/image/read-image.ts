import type { Format } from '#model/format.ts';
import type { ImageFacts } from '#model/image.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { byteSource } from '../archive/byte-source.ts';
import type { ArchiveLimits } from '../archive/limits.ts';
import { RefusedArchive } from '../archive/refused.ts';
import { tarEntries } from '../archive/tar.ts';
import { hashed, unpacked } from '../archive/unpacked.ts';
import type { BlobPlace } from './blob-place.ts';
import { madeAt, type ImageContents } from './image-contents.ts';
import { documentAt, partOf, platformOf, textsIn, type ImageFound, type ImagePart } from './image-index.ts';
import { fileCollector, type FileCollector } from './file-collector.ts';

/** Hears how many bytes of layers were read, so that a reading that stands still is seen. */
export type ReadBytes = (bytes: number) => void;

type Parts = {
  readonly config: ImagePart;
  readonly layers: readonly ImagePart[];
  readonly digest: string | null;
  readonly annotations: ReadonlyMap<string, string>;
};

const maxLayers = 1_000;

/**
 * Reads an image of a layout, layer by layer, as it streams in. Everything that has a digest must have it: where one is wrong, or a part is missing, nothing
 * of the image is believed and a `RefusedArchive` is thrown.
 */
export async function readImage(
  place: BlobPlace,
  { image, platforms }: { readonly image: ImageFound; readonly platforms: readonly string[] },
  { formats, limits, read }: { readonly formats: readonly Format[]; readonly limits: ArchiveLimits; readonly read: ReadBytes },
): Promise<ImageContents> {
  const { config: configPart, layers, digest, annotations } = await partsOf(place, image);
  const config = asObject(await documentAt(place, configPart.path, configPart.digest));
  if (config === null) throw new RefusedArchive('missing-part', 'The configuration of the image is missing, so that nothing of it was read.');
  const diffIds = asArray(asObject(config['rootfs'])?.['diff_ids']).map((each) => asString(each) ?? '');
  if (layers.length > maxLayers || diffIds.length !== layers.length)
    throw new RefusedArchive('odd-layers', `The image has ${String(layers.length)} layers, and its configuration names ${String(diffIds.length)}.`);
  const files = fileCollector(formats);
  for (const [index, part] of layers.entries()) await readLayer(place, part, { index, diffId: diffIds[index] ?? '', files, limits, read });
  const labels = new Map([...textsIn(asObject(config['config'])?.['Labels']), ...annotations]);
  const platform = platformOf(config) ?? image.platform;
  const facts: ImageFacts = {
    name: image.name,
    digest,
    platform,
    platforms: platforms.length === 0 && platform !== null ? [platform] : platforms,
    base: baseIn(labels),
    layers: diffIds,
  };
  return { guildhallImage: 1, image: facts, createdAt: madeAt(asString(config['created'])), ...files.result() };
}

async function partsOf(place: BlobPlace, { manifest }: ImageFound): Promise<Parts> {
  if (manifest.kind === 'docker') return { config: manifest.config, layers: manifest.layers, digest: null, annotations: new Map() };
  const { part } = manifest;
  const document = asObject(await documentAt(place, part.path, part.digest));
  if (document === null) throw new RefusedArchive('missing-part', 'The manifest of the image is missing: it was not saved for this platform.');
  const descriptor = asObject(document['config']);
  const config = descriptor === null ? null : partOf(descriptor);
  const layers = asArray(document['layers']).map((each) => {
    const layer = asObject(each);
    const found = layer === null ? null : partOf(layer);
    if (found === null || !/(?:tar|tar\+gzip|tar\+zstd|tar\.gzip)$/.test(found.mediaType))
      throw new RefusedArchive('no-layer', `A part of the image is no layer of files: ${quoted(found?.mediaType ?? '')}.`);
    return found;
  });
  if (config === null) throw new RefusedArchive('missing-part', 'The manifest of the image names no configuration.');
  return { config, layers, digest: part.digest, annotations: new Map([...manifest.annotations, ...textsIn(document['annotations'])]) };
}

type Layer = {
  readonly index: number;
  readonly diffId: string;
  readonly files: FileCollector;
  readonly limits: ArchiveLimits;
  readonly read: ReadBytes;
};

async function readLayer(place: BlobPlace, part: ImagePart, { index, diffId, files, limits, read }: Layer): Promise<void> {
  const name = `Layer ${String(index + 1)} of the image`;
  const blob = await place.blob(part.path);
  if (blob === null) throw new RefusedArchive('missing-part', `${name} is missing, so that nothing of it was read. Save the image whole.`);
  if (!/^sha(?:256|512):/.test(diffId)) throw new RefusedArchive('odd-layers', `${name} has no digest in the configuration.`);
  const algorithmOf = (digest: string): string => digest.slice(0, digest.indexOf(':'));
  // A pass for the files, and one more for what hard links of the first point to.
  let wanted: ReadonlySet<string> | null = null;
  do {
    const packed = part.digest === null ? null : hashed(blob.chunks(), algorithmOf(part.digest));
    const plain = hashed(unpacked(counted(packed?.chunks ?? blob.chunks(), read), limits), algorithmOf(diffId));
    const source = byteSource(plain.chunks);
    let left: ReadonlySet<string>;
    try {
      left = await files.addLayer(index, tarEntries(source, limits), wanted);
      // What follows the end of the tar counts for the digest, too.
      while ((await source.skip(1024 * 1024)) > 0);
    } finally {
      await source.close();
    }
    if ((packed !== null && packed.digest() !== part.digest) || plain.digest() !== diffId || (part.size !== null && part.size !== blob.size))
      throw new RefusedArchive('wrong-digest', `${name} does not have the digest that names it, so that nothing of the image was believed.`);
    wanted = wanted === null && left.size > 0 ? left : null;
  } while (wanted !== null);
}

async function* counted(chunks: AsyncIterable<Uint8Array>, read: ReadBytes): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    read(chunk.length);
    yield chunk;
  }
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function baseIn(labels: ReadonlyMap<string, string>): ImageFacts['base'] {
  const [name, digest] = ['name', 'digest'].map((key) => labels.get(`org.opencontainers.image.base.${key}`) ?? null);
  return (name ?? digest ?? null) === null ? null : { name: name ?? null, digest: digest ?? null };
}
