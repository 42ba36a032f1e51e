import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Format } from '#model/format.ts';
import type { Problem } from '#model/problem.ts';
import { archiveLimits } from '../archive/limits.ts';
import { RefusedArchive } from '../archive/refused.ts';
import { openBlobPlace } from './blob-place.ts';
import { fileCollector } from './file-collector.ts';
import type { ImageContents } from './image-contents.ts';
import { imagesIn, type ImageFound } from './image-index.ts';
import { readImage, type ReadBytes } from './read-image.ts';
import { rootFiles } from './root-files.ts';

/** An image as people choose it: by its name, and one of its platforms. */
export type ListedImage = { readonly name: string | null; readonly platforms: readonly string[] };

/** Which image to read; a null platform asks for `linux/amd64`, else the first there is. */
export type WantedImage = { readonly at: string; readonly name: string | null; readonly platform: string | null };

/** The images of one place, or why none could be listed. */
export type ImageList = { readonly images: readonly ListedImage[]; readonly problems: readonly Problem[] };

/** What an image says, or why nothing of it was read. */
export type ImageRead = { readonly contents: ImageContents | null; readonly problems: readonly Problem[] };

/** The images in an archive, a layout, or a folder that is the root of a system, whose one image has neither name nor platform. */
export async function listImages(at: string): Promise<ImageList> {
  return await orRefused<ImageList>({ images: [], problems: [] }, async () => {
    if (await isRoot(at)) return { images: [{ name: null, platforms: [] }], problems: [] };
    const place = await openBlobPlace(at, archiveLimits);
    try {
      const byName = Map.groupBy(await imagesIn(place), ({ name }) => name ?? '');
      return { images: [...byName].map(([name, found]) => ({ name: name === '' ? null : name, platforms: platformsOf(found) })), problems: [] };
    } finally {
      await place.close();
    }
  });
}

/** Reads one image. Never throws on what it holds. */
export async function openImage({ at, name, platform }: WantedImage, formats: readonly Format[], read: ReadBytes): Promise<ImageRead> {
  return await orRefused<ImageRead>({ contents: null, problems: [] }, async () => {
    if (await isRoot(at)) return { contents: await readRoot(at, formats, read), problems: [] };
    const place = await openBlobPlace(at, archiveLimits);
    try {
      const found = (await imagesIn(place)).filter((each) => each.name === name);
      const platforms = platformsOf(found);
      const image = chosen(found, platform);
      if (image === null) {
        const there = platforms.length === 0 ? 'none' : platforms.join(', ');
        throw new RefusedArchive('no-such-image', `There is no image${platform === null ? '' : ` for ${platform}`} in it. There are: ${there}.`);
      }
      return { contents: await readImage(place, { image, platforms }, { formats, limits: archiveLimits, read }), problems: [] };
    } finally {
      await place.close();
    }
  });
}

function platformsOf(found: readonly ImageFound[]): readonly string[] {
  return [...new Set(found.flatMap(({ platform }) => platform ?? []))].sort();
}

/** `linux/arm64` also asks for its variant, `linux/arm64/v8`. */
function chosen(found: readonly ImageFound[], platform: string | null): ImageFound | null {
  const of = (wanted: string) =>
    found.find((each) => each.platform === wanted) ?? found.find((each) => each.platform?.startsWith(`${wanted}/`) === true);
  if (platform !== null) return of(platform) ?? (found.length === 1 && found[0]?.platform === null ? found[0] : null);
  return of('linux/amd64') ?? found.toSorted((a, b) => ((a.platform ?? '') < (b.platform ?? '') ? -1 : 1))[0] ?? null;
}

/** A folder that is no layout is taken for the root of a system. */
async function isRoot(at: string): Promise<boolean> {
  if ((await stat(at).catch(() => null))?.isDirectory() !== true) return false;
  return (
    (await stat(path.join(at, 'index.json')).catch(() => null)) === null && (await stat(path.join(at, 'manifest.json')).catch(() => null)) === null
  );
}

async function readRoot(at: string, formats: readonly Format[], read: ReadBytes): Promise<ImageContents> {
  const files = fileCollector(formats);
  const entries = async function* () {
    for await (const entry of rootFiles(at, archiveLimits)) {
      read(1);
      yield entry;
    }
  };
  await files.addLayer(null, entries());
  const image = { name: null, digest: null, platform: null, platforms: [], base: null, layers: [] };
  return { guildhallImage: 1, image, createdAt: null, ...files.result() };
}

/** What the work gives; where the archive is refused, nothing and the reason. */
async function orRefused<T extends { readonly problems: readonly Problem[] }>(nothing: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedArchive) return { ...nothing, problems: [error.problem] };
    throw error;
  }
}
