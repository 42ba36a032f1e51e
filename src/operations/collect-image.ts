import type { Gateway } from '#gateway/gateway.ts';
import { failedCollection, type Collection } from '#sources/collection.ts';
import { provenanceOfFolder, provenanceOfImage } from '#sources/place-of.ts';

/** One image in an archive, a layout or a root file system; a null name is that of one nobody tagged. A null platform asks for the usual one. */
export type ImageSource = { readonly at: string; readonly name: string | null; readonly platform: string | null };

/**
 * Looks at one image: what is taken out of it is the one file of the source, which `image-contents` reads. It was true when the image was made. Where a
 * part is missing or has not the digest it should have, nothing of it counts.
 */
export async function collectImage(gateway: Pick<Gateway, 'readImage'>, { at, name, platform }: ImageSource, now: number): Promise<Collection> {
  const { origin, place } = name === null ? provenanceOfFolder(at) : provenanceOfImage(name, platform);
  const { contents, createdAt, digest, problems } = await gateway.readImage({ at, name, platform });
  if (contents === null) return failedCollection('image', origin, place, now, ...problems);
  const path = `${fileName(platform ?? 'usual')}.image-contents.json`;
  const made = createdAt === null ? now : Date.parse(createdAt);
  const read = (wanted: string) => Promise.resolve(wanted === path ? contents : null);
  return {
    ...{ source: 'image', origin, place, revision: digest, validAt: Math.min(made, now), outcome: 'complete', problems, read },
    entries: [{ path, state: 'read', objectId: null, bytes: () => Promise.resolve(contents) }],
    paths: [path],
    close: () => Promise.resolve(),
  };
}

function fileName(platform: string): string {
  return platform.replace(/[^\w.-]+/g, '-');
}
