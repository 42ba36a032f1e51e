import type { ImageFacts } from '#model/image.ts';
import type { Problem } from '#model/problem.ts';
import type { TakenFile } from './taken-file.ts';

/**
 * What was taken out of an image, as it is kept and sent: a JSON document that the format `image-contents` reads. Of the same image it is the same text.
 * Nothing of the environment, the commands and the history of the image is in it, since secrets may be.
 */
export type ImageContents = {
  readonly guildhallImage: 1;
  readonly image: ImageFacts;
  /** ISO 8601; null when the image does not say, or says a day before there were images. */
  readonly createdAt: string | null;
  /** `layer` is an index into the layers of the image, null in a root file system. */
  readonly files: readonly (TakenFile & { readonly path: string; readonly layer: number | null })[];
  readonly problems: readonly Problem[];
};

/** The first version of OCI's specification is of 2016, Docker's first of 2013; what claims to be older has a made-up time. */
const firstImages = Date.UTC(2013, 2, 1);

/** A time an image says it was made at; null for one that cannot be. */
export function madeAt(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) || at < firstImages ? null : new Date(at).toISOString();
}
