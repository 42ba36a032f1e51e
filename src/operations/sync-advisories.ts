import { canonicalJson } from '#language/canonical-json.ts';
import type { Advisory } from '#model/advisory.ts';
import type { Problem } from '#model/problem.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { Context } from './context.ts';
import { feedPath, type EndOfLifeSaid, type EnrichmentReading, type RecordsReading } from './fold-feed.ts';
import { readingKey } from './observed-evidence.ts';

/** One record as a feed gave it; `advisory` is null when it did not parse, `bytes` and `hash` when it could not even be fetched. */
export type FeedRecord = {
  readonly name: string;
  readonly hash: string | null;
  readonly bytes: Uint8Array | null;
  readonly advisory: Advisory | null;
  readonly problems: readonly Problem[];
};

/** Feeds of one file. */
export type FileFeed = 'kev' | 'epss' | 'end-of-life';

/** One look at a feed; `takenAt`, in Unix milliseconds, is when it was looked at, if that was elsewhere and not now. */
export type FeedLook = {
  readonly source: 'osv' | FileFeed;
  readonly origin: string;
  readonly revision: string | null;
  readonly takenAt?: number;
};

/**
 * Records one batch of changed records: receipt, their bytes and their reading in one durable transaction. What does not parse is kept aside
 * in the receipt, named; its last good version stands. `readPending` folds it. Gives how many were taken and refused.
 */
export async function recordAdvisories(
  context: Context,
  look: FeedLook,
  records: readonly FeedRecord[],
): Promise<{ readonly taken: number; readonly refused: readonly Problem[] }> {
  const good = records.flatMap(({ advisory, hash }) => (advisory === null || hash === null ? [] : [{ advisory, raw: hash }]));
  const refused = records.flatMap((each) => (each.advisory === null ? each.problems.map((problem) => ({ ...problem, path: each.name })) : []));
  const tree = records.map((each): TreeEntry => {
    if (each.hash !== null) return { path: each.name, state: 'read', hash: each.hash };
    return {
      path: each.name,
      state: 'unreadable',
      problem: each.problems[0] ?? { code: 'not-read', message: 'The record could not be read.', severity: 'error' },
    };
  });
  const raws = records.flatMap(({ hash, bytes }) => (hash === null || bytes === null ? [] : [{ hash, bytes }]));
  const said: RecordsReading = { records: good };
  await recordFeed(context, look, { tree, raws, problems: refused, said });
  return { taken: good.length, refused };
}

/** Records one look at a feed of one file: the file and what it says. */
export async function recordEnrichment(
  context: Context,
  look: FeedLook,
  file: { readonly name: string; readonly hash: string; readonly bytes: Uint8Array },
  said: EnrichmentReading | EndOfLifeSaid,
  problems: readonly Problem[],
): Promise<void> {
  await recordFeed(context, look, { tree: [{ path: file.name, state: 'read', hash: file.hash }], raws: [file], problems, said });
}

async function recordFeed(
  context: Context,
  look: FeedLook,
  batch: {
    readonly tree: readonly TreeEntry[];
    readonly raws: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
    readonly problems: readonly Problem[];
    readonly said: RecordsReading | EnrichmentReading | EndOfLifeSaid;
  },
): Promise<void> {
  const at = context.clock();
  await context.store.write(async (tx) => {
    const recorded = await tx.recordReceipt({
      publicId: context.randomId(),
      source: look.source,
      origin: look.origin,
      revision: look.revision,
      validAt: look.takenAt ?? at,
      receivedAt: at,
      outcome: batch.problems.length === 0 ? 'complete' : 'partial',
      tree: batch.tree,
      problems: batch.problems,
      place: null,
      raws: batch.raws,
    });
    const receipt = await tx.receiptBySeq(recorded.seq);
    if (receipt === null || !recorded.isNew) return;
    const inputs = canonicalJson({ [feedPath]: receipt.treeHash });
    await tx.saveReadings([
      {
        key: readingKey(look.source, 1, feedPath, inputs),
        format: look.source,
        format_version: 1,
        path: feedPath,
        main: receipt.treeHash,
        inputs,
        read_at: at,
        resultBytes: Buffer.from(canonicalJson(batch.said)),
      },
    ]);
  });
}
