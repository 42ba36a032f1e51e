import { canonicalJson } from '#language/canonical-json.ts';
import { isOfOneFile, type TreeEntry } from '#model/receipt.ts';
import type { NewReading, PendingOf, StoredReceipt } from '#store/store.ts';
import { alone, onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { foldReceipt, foldSingle, type FoldedComponent } from './fold-receipt.ts';
import { foldOrigin } from './fold-origin.ts';
import { feedSources, foldFeedReceipt, isFeed } from './fold-feed.ts';
import { EarlierFirst } from './in-turn.ts';
import { formatById, hashesOf, observedTree, readingKey, readingsThatHold } from './observed-evidence.ts';

/** What is read by one process at a time and in order: the receipts of one origin, or those of all feeds, whose records are one body. */
export type Reading = { readonly name: string; readonly of: PendingOf };

/** The name under which one process at a time works at feeds. */
export const feedsName = 'feeds';
const originPrefix = 'origin ';

/** Which reading a receipt belongs to. */
export function readingOf({ origin, source }: Pick<StoredReceipt, 'origin' | 'source'>): Reading {
  return readingNamed(isFeed({ source }) ? feedsName : nameOfOrigin(origin));
}

/** The reading of that name. */
export function readingNamed(name: string): Reading {
  return name === feedsName ? { name, of: { sources: feedSources } } : { name, of: { origin: name.slice(originPrefix.length) } };
}

/** The name under which one process at a time works at an origin of components. */
export function nameOfOrigin(origin: string): string {
  return `${originPrefix}${origin}`;
}

/** Hears of each receipt that was read. */
export type ReadProgress = (receipt: StoredReceipt, folded: readonly FoldedComponent[]) => void;

/**
 * Does what is left to do: every receipt without its readings is read from raw and folded, the origin with the oldest first. Safe to run at any time,
 * twice and in several processes: a receipt half done by a killed process is done again with the same outcome, and what another process is reading
 * is waited for. Gives how many were done here.
 */
export async function readPending(context: Context, progress: ReadProgress = () => undefined): Promise<number> {
  let done = 0;
  for (;;) {
    const [first] = await context.store.pendingOrigins(1);
    if (first === undefined) return done;
    const reading = readingOf(first);
    done += await onceAlone(context, reading.name, (own) => readAll(own, reading, progress));
  }
}

/** Does the same of one reading; null when another process is at it. */
export async function readOnly(context: Context, reading: Reading, progress: ReadProgress = () => undefined): Promise<number | null> {
  const done = await alone(context, reading.name, (own) => readAll(own, reading, progress));
  return done === null ? null : done.result;
}

/** Folds, after reading what came earlier and may name the same components. */
export async function inTurn<T>(context: Context, fold: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await fold();
    } catch (error) {
      if (!(error instanceof EarlierFirst)) throw error;
      const earlier = readingOf(error.receipt);
      await onceAlone(context, earlier.name, (own) => readAll(own, earlier, () => undefined));
    }
  }
}

async function readAll(context: Context, { of }: Reading, progress: ReadProgress): Promise<number> {
  let done = 0;
  for (;;) {
    const [receipt, next] = await context.store.pendingReceipts(2, of);
    if (receipt === undefined) return done;
    // Many of one repository are a past whose readings are all there: folded one after the other they would fold it again and again.
    const isPast = receipt.source === 'git' && next?.origin === receipt.origin;
    progress(receipt, await inTurn(context, () => (isPast ? foldOrigin(context, receipt.origin) : readReceipt(context, receipt))));
    done += 1;
  }
}

/** Reads and folds one receipt. */
export async function readReceipt(context: Context, receipt: StoredReceipt): Promise<readonly FoldedComponent[]> {
  if (isFeed(receipt)) {
    await foldFeedReceipt(context, receipt);
    return [];
  }
  const tree = await context.store.treeOf(receipt);
  const readings = await newReadings(context, receipt, tree);
  if (isOfOneFile(receipt.source)) return foldSingle(context, receipt, { tree, readings });
  if (readings.length > 0) await context.store.write((tx) => tx.saveReadings(readings));
  return foldReceipt(context, receipt);
}

/**
 * Makes the readings that today's formats would make of a receipt's bytes and that are not there yet. Neighbours come from the same receipt's tree.
 * Gives how many readings are new.
 */
export async function readFromRaw(context: Context, receipt: StoredReceipt): Promise<number> {
  const readings = await newReadings(context, receipt, await context.store.treeOf(receipt));
  if (readings.length > 0) await context.store.write((tx) => tx.saveReadings(readings));
  return readings.length;
}

async function newReadings(context: Context, receipt: StoredReceipt, tree: readonly TreeEntry[]): Promise<readonly NewReading[]> {
  const { store } = context;
  const hashes = hashesOf(tree);
  const observed = observedTree(tree, receipt.source);
  const wanted = [...observed.components.flatMap((each) => each.evidence), ...observed.ownership, ...observed.licences];
  const readings: NewReading[] = [];
  for (const { path, format } of wanted) {
    const main = hashes.get(path);
    if (main === null || main === undefined) continue;
    const holding = readingsThatHold(await store.readingsOfMain(path, main), hashes);
    const isCurrent = holding.some((row) => formatById(row.format)?.version === row.format_version && (format === '' || row.format === format));
    const bytes = isCurrent ? null : await store.readRaw(main);
    // Of a past revision the reading is kept without the bytes.
    if (bytes !== null) readings.push(await readOne(context, tree, { path, main, bytes, format: format === '' ? null : format }));
  }
  return readings;
}

async function readOne(
  context: Context,
  tree: readonly TreeEntry[],
  file: { readonly path: string; readonly main: string; readonly bytes: Uint8Array; readonly format: string | null },
): Promise<NewReading> {
  const { path, main, bytes, format } = file;
  const hashes = hashesOf(tree);
  const inputs: Record<string, string | null> = { [path]: main };
  const read = await context.gateway.read({ path, bytes, formatId: format }, async (neighbour) => {
    const kept = hashes.get(neighbour) ?? null;
    return kept === null ? null : context.store.readRaw(kept);
  });
  for (const neighbour of read.asked) inputs[neighbour] = hashes.get(neighbour) ?? null;
  const text = canonicalJson(inputs);
  const readBy = read.format ?? 'none';
  return {
    key: readingKey(readBy, read.formatVersion ?? 0, path, text),
    format: readBy,
    format_version: read.formatVersion ?? 0,
    path,
    main,
    inputs: text,
    read_at: context.clock(),
    resultBytes: Buffer.from(read.text),
  };
}
