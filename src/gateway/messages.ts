import type { EndOfLifeReading } from '#language/end-of-life.ts';
import type { EpssReading } from '#language/epss.ts';
import type { KevReading } from '#language/kev.ts';
import type { PeopleReading } from '#language/people-csv.ts';
import type { RegistryBytes } from '#model/registry.ts';
import type { ListedImage, WantedImage } from './image/open-image.ts';

/** What the gateway asks of a reader process. One question at a time; each gets exactly one answer. */
export type Question =
  /** A piece of a large file, from the first on: what it has is copied at once into one place, so that no message is as large as the file. */
  | { readonly kind: 'piece'; readonly offset: number; readonly total: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Null: the pieces that were sent. */
      readonly bytes: Uint8Array | null;
      readonly formatId: string | null;
      readonly provided: readonly ProvidedFile[];
      /** Null asks for everything that the file says. */
      readonly hashes: readonly string[] | 'all' | null;
    }
  | { readonly kind: 'parse'; readonly provided: readonly ProvidedFile[] }
  /** Asks for the document of the SBOM that was given, instead of its reading. */
  | { readonly kind: 'sbom' }
  /** Asks for the next piece of an answer. */
  | { readonly kind: 'more' }
  | { readonly kind: 'advisories'; readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[] }
  | { readonly kind: 'archive'; readonly file: string; readonly from: number; readonly batch: number; readonly wanted: readonly string[] | null }
  | { readonly kind: 'images'; readonly at: string }
  | { readonly kind: 'image'; readonly wanted: WantedImage }
  /** Goes on with the image. */
  | { readonly kind: 'image-more' }
  | { readonly kind: 'kev' | 'epss' | 'end-of-life' | 'attestations'; readonly bytes: Uint8Array }
  | { readonly kind: 'people'; readonly bytes: Uint8Array; readonly mapping: string }
  | { readonly kind: 'registry'; readonly protocol: string; readonly answer: RegistryBytes };

/** A neighbouring file and its bytes; null when there is none. */
export type ProvidedFile = readonly [path: string, bytes: Uint8Array | null];

/** A neighbour to fetch. One that is only likely to be asked for may stay away when it cannot be read. */
export type WantedFile = { readonly path: string; readonly isLikely: boolean };

/** What a reader process answers. Results travel as JSON text made from checked values, which is faster than cloning and cannot carry anything else. */
export type Answer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'detected'; readonly format: string | null; readonly formatVersion: number | null }
  | { readonly kind: 'wanted'; readonly paths: readonly WantedFile[] }
  | { readonly kind: 'read'; readonly result: LongText; readonly asked: readonly string[] }
  /** Null for a format of what is no SBOM. */
  | { readonly kind: 'sbom'; readonly document: LongText | null }
  | { readonly kind: 'more'; readonly text: LongText }
  | { readonly kind: 'advisories'; readonly answers: readonly string[] }
  | { readonly kind: 'archive'; readonly records: readonly ArchiveRecord[]; readonly next: number | null; readonly problems: string }
  | { readonly kind: 'images'; readonly images: readonly ListedImage[]; readonly problems: string }
  /** The image is not read to its end yet; `bytes` were, so far. */
  | { readonly kind: 'image-part'; readonly bytes: number }
  /** What was taken out of it; null where nothing of it was believed. */
  | {
      readonly kind: 'image';
      readonly contents: Uint8Array | null;
      readonly createdAt: string | null;
      readonly digest: string | null;
      readonly problems: string;
    }
  | { readonly kind: 'kev'; readonly reading: KevReading }
  | { readonly kind: 'epss'; readonly reading: EpssReading }
  | { readonly kind: 'end-of-life'; readonly reading: EndOfLifeReading }
  | { readonly kind: 'people'; readonly reading: PeopleReading }
  | { readonly kind: 'registry'; readonly answer: string }
  | { readonly kind: 'attestations'; readonly reading: string };

/** The first piece of a text; the rest is asked for piece by piece. */
export type LongText = { readonly piece: string; readonly isLast: boolean };

/** What travels in one message at most: bytes of a file, or characters of a text. */
export const pieceLength = 8 * 1024 * 1024;

/** One entry of an advisory archive. `answer` is JSON of `{advisory, problems}`; `bytes` are null when the entry was refused before it was read whole. */
export type ArchiveRecord = { readonly name: string; readonly bytes: Uint8Array | null; readonly answer: string };

/** What a process sends: it is ready, or an answer with the processor time it has used since its start, in milliseconds. */
export type FromReader = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly answer: Answer; readonly usedMs: number };
