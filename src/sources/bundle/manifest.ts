import { z } from 'zod';

/** The most a bundle and its parts may hold; the sizes a manifest names are held against these before a byte is unpacked. */
export const bundleLimits = {
  manifestBytes: 16 * 1024 * 1024,
  parts: 500,
  partBytes: { osv: 8 * 1024 ** 3, kev: 64 * 1024 * 1024, epss: 128 * 1024 * 1024, 'end-of-life': 64 * 1024 * 1024, registry: 1024 ** 3 },
};

const Time = z.int().nonnegative();
const Text = z.string().max(2_048);
/** Both are counted by the exporting office; what an import refuses is judged anew. */
const counts = { records: z.int().nonnegative(), refused: z.int().nonnegative() };
const bytes = { bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) };

const OsvPart = z.strictObject({
  /** As OSV spells it; empty for one archive of several. */
  ecosystem: z.string().regex(/^(?:[A-Za-z0-9][A-Za-z0-9 ._+-]{0,99})?$/),
  ...bytes,
  ...counts,
  revision: Text.nullable(),
  /** What the next sync over a network needs to ask for changes only. */
  state: z.strictObject({ etag: Text.nullable(), newest: Text.nullable(), newestIds: z.array(Text) }),
});

const FilePart = z.strictObject({
  /** A plain file name. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  ...bytes,
  ...counts,
  state: z.strictObject({ etag: Text.nullable(), lastModified: Text.nullable() }),
});

/** Lines of `registry-lines.ts`: each says itself what the next sync needs. */
const RegistryPart = z.strictObject({ name: z.literal('answers.jsonl'), ...bytes, ...counts });

/** `takenAt`: when the exporting office looked at the feed. `origin`: how receipts name it. `from`: where it lay, without credentials. */
const feed = { takenAt: Time, from: Text };

const BundleFeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('osv'), origin: z.string().regex(/^osv:.{1,500}$/), ...feed, parts: z.array(OsvPart).min(1) }),
  z.strictObject({ kind: z.literal('kev'), origin: z.string().regex(/^kev:.{1,500}$/), ...feed, parts: z.tuple([FilePart]) }),
  z.strictObject({ kind: z.literal('end-of-life'), origin: z.string().regex(/^end-of-life:.{1,500}$/), ...feed, parts: z.tuple([FilePart]) }),
  z.strictObject({ kind: z.literal('registry'), origin: z.string().regex(/^registry:[\x21-\x7e]{1,500}$/), ...feed, parts: z.tuple([RegistryPart]) }),
  z.strictObject({ kind: z.literal('epss'), origin: z.string().regex(/^epss:.{1,500}$/), ...feed, parts: z.tuple([FilePart]) }),
]);
export type BundleFeed = z.infer<typeof BundleFeed>;
/** One feed of a kind. */
export type BundleFeedOf<K extends BundleFeed['kind']> = Extract<BundleFeed, { kind: K }>;

/** What a bundle holds, from where and of when. Times are Unix milliseconds. The bytes of the parts follow it in this order, without gaps. */
export const BundleManifest = z.strictObject({ createdAt: Time, feeds: z.array(BundleFeed).min(1) });
export type BundleManifest = z.infer<typeof BundleManifest>;

/** Every part in the order of its bytes, with the most it may hold. */
export function partsOf({ feeds }: BundleManifest): readonly { readonly bytes: number; readonly sha256: string; readonly maxBytes: number }[] {
  return feeds.flatMap(({ kind, parts }) =>
    parts.map((part) => ({ bytes: part.bytes, sha256: part.sha256, maxBytes: bundleLimits.partBytes[kind] })),
  );
}
