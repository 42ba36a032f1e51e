import { storedJson } from '#language/readers/json.ts';
import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import { redactBytes } from '#language/redact.ts';
import { discover } from '#analysis/components/discover.ts';
import { unreadManifests } from '#analysis/components/unread-manifests.ts';
import { formats } from '#formats/all.ts';
import type { Problem } from '#model/problem.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { CollectedEntry, Collection } from '#sources/collection.ts';
import type { SourceTable } from '#store/schema.ts';
import type { NewReading, StoredReceipt } from '#store/store.ts';
import type { Context } from './context.ts';
import { foldReceipt, type FoldedComponent } from './fold-receipt.ts';
import { formatById, readingKey } from './observed-evidence.ts';

/** What one scan of one source gave. */
export type Scanned = {
  readonly receipt: StoredReceipt;
  /** Nothing had changed since the last look: only its time was confirmed. */
  readonly unchanged: boolean;
  readonly folded: readonly FoldedComponent[];
  /** Files read anew, and files whose reading still held. */
  readonly filesRead: number;
  readonly filesKept: number;
};

type File = { readonly entry: TreeEntry; readonly inputs: readonly TreeEntry[]; readonly raws: readonly Raw[]; readonly reading: NewReading | null };
type Raw = { readonly hash: string; readonly bytes: Uint8Array };

/**
 * Reads what changed in a collected source, records receipt, raw and readings in one durable transaction (that is the acknowledgement),
 * then folds them. A file is read again only if its bytes, any neighbour its reader asked for, or the reader itself changed.
 */
export async function scanSource(
  context: Context,
  collected: Collection,
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<Scanned> {
  const { store } = context;
  const look = new Look(context, collected, await previousTree(context, collected.origin));
  const files = collected.outcome === 'failed' ? [] : await readFiles(look, collected);
  const problems = [...collected.problems, ...(collected.source === 'file' ? [] : unreadManifests(collected.paths, formats))];
  const receivedAt = context.clock();
  const tree = mergedTree(files);
  const hasUnreadable = tree.some((entry) => entry.state === 'unreadable');
  const readings = files.flatMap((file) => file.reading ?? []);
  const recorded = await store.write(async (tx) => {
    const done = await tx.recordReceipt({
      publicId: context.randomId(),
      source: collected.source,
      origin: collected.origin,
      revision: collected.revision,
      validAt: Math.min(collected.validAt, receivedAt),
      receivedAt,
      outcome: collected.outcome === 'complete' && hasUnreadable ? 'partial' : collected.outcome,
      tree,
      problems,
      place: collected.place,
      raws: distinctRaws(files),
    });
    await tx.saveReadings(readings);
    await tx.putSource(await sourceRow(context, { ...collected, problems }, receivedAt, files.length));
    return done;
  });
  const receipt = await store.receiptBySeq(recorded.seq);
  if (receipt === null) throw new Error('A receipt just recorded is not there. Run guildhall doctor.');
  const counts = { filesRead: readings.length, filesKept: files.length - readings.length };
  if (!recorded.isNew && readings.length === 0 && (await store.receiptByPublicId(receipt.publicId))?.state !== 'pending') {
    await confirmComponents(context, receipt);
    return { receipt, unchanged: true, folded: [], ...counts };
  }
  return { receipt, unchanged: false, folded: await foldReceipt(context, receipt, progress), ...counts };
}

/** Says of the source's components that they were seen again just now. */
async function confirmComponents(context: Context, receipt: StoredReceipt): Promise<void> {
  await context.store.write(async (tx) => {
    const rows = await tx.componentsOf(receipt.origin);
    for (const { id: _, ...row } of rows) await tx.putComponent({ ...row, confirmed_at: receipt.confirmedAt });
    await tx.appendChange('confirmed', { confirmed: rows.map((row) => row.id) }, context.clock());
  });
}

async function previousTree(context: Context, origin: string): Promise<readonly TreeEntry[]> {
  const receipts = await context.store.receiptsOf(origin);
  const last = receipts
    .filter((each) => each.outcome !== 'failed')
    .reduce<StoredReceipt | null>((a, b) => (a === null || b.seq > a.seq ? b : a), null);
  return last === null ? [] : context.store.treeOf(last);
}

/** Reads the files of components and ownership, a few at a time, in the order of their paths. */
async function readFiles(look: Look, collected: Collection): Promise<readonly File[]> {
  const found = discover(
    collected.entries.map((entry) => entry.path),
    formats,
  );
  const wanted =
    collected.source === 'file'
      ? new Map(collected.entries.map((entry) => [entry.path, null]))
      : new Map<string, string | null>(
          [...found.components.flatMap((each) => each.evidence), ...found.ownershipFiles].map(({ path, format }) => [path, format]),
        );
  const entries = collected.entries.filter((entry) => wanted.has(entry.path));
  return inParallel(entries, 8, (entry) => look.readFile(entry, wanted.get(entry.path) ?? null));
}

/** One look at a source: remembers what it has already hashed. */
class Look {
  private readonly context: Context;
  private readonly collected: Collection;
  private readonly before: ReadonlyMap<string, TreeEntry>;
  private readonly objects: ReadonlyMap<string, string>;
  private readonly raws = new Map<string, Promise<Raw | null>>();

  constructor(context: Context, collected: Collection, previous: readonly TreeEntry[]) {
    this.context = context;
    this.collected = collected;
    this.before = new Map(previous.map((entry) => [entry.path, entry]));
    this.objects = new Map(
      collected.entries.flatMap((entry) => (entry.state === 'read' && entry.objectId !== null ? [[entry.path, entry.objectId] as const] : [])),
    );
  }

  async readFile(entry: CollectedEntry, formatId: string | null): Promise<File> {
    const { path } = entry;
    if (entry.state === 'absent') return { entry, inputs: [], raws: [], reading: null };
    if (entry.state === 'unreadable') return unreadable(path, entry.problem);
    const kept = this.hashBefore(path);
    if (kept !== null) {
      const inputs = await this.inputsThatHold(path, kept, formatId);
      if (inputs !== null) return { entry: this.treeEntry(path, kept), inputs, raws: [], reading: null };
    }
    const fetched = await entry.bytes();
    if (!(fetched instanceof Uint8Array)) return unreadable(path, fetched);
    const bytes = redactBytes(fetched);
    const main = sha256(bytes);
    const inputs = await this.inputsThatHold(path, main, formatId);
    if (inputs !== null) return { entry: this.treeEntry(path, main), inputs, raws: [{ hash: main, bytes }], reading: null };
    return this.readAnew(path, main, bytes, formatId);
  }

  private async readAnew(path: string, main: string, bytes: Uint8Array, formatId: string | null): Promise<File> {
    const asked = new Map<string, Raw | null>();
    const read = await this.context.gateway.read({ path, bytes, formatId }, async (neighbour) => {
      const raw = await this.raw(neighbour);
      asked.set(neighbour, raw);
      return raw?.bytes ?? null;
    });
    const inputs: Record<string, string | null> = { [path]: main };
    for (const [neighbour, raw] of asked) inputs[neighbour] = raw?.hash ?? null;
    const text = canonicalJson(inputs);
    const format = read.format ?? 'none';
    const reading: NewReading = {
      key: readingKey(format, read.formatVersion ?? 0, path, text),
      format,
      format_version: read.formatVersion ?? 0,
      path,
      main,
      inputs: text,
      read_at: this.context.clock(),
      resultBytes: Buffer.from(canonicalJson(read.result)),
    };
    const raws = [...asked.values()].filter((raw) => raw !== null);
    return {
      entry: this.treeEntry(path, main),
      inputs: [...asked].map(([at, raw]) => this.treeEntry(at, raw?.hash ?? null)),
      raws: [{ hash: main, bytes }, ...raws],
      reading,
    };
  }

  /** The other inputs of a reading by today's format that still holds; null when there is none. */
  private async inputsThatHold(path: string, main: string, formatId: string | null): Promise<readonly TreeEntry[] | null> {
    for (const row of [...(await this.context.store.readingsOfMain(path, main))].reverse()) {
      const format = formatById(row.format);
      if (format === null || format.version !== row.format_version || (formatId !== null && formatId !== row.format)) continue;
      const others = Object.entries(storedJson(row.inputs) as Readonly<Record<string, string | null>>).filter(([input]) => input !== path);
      const current = await Promise.all(
        others.map(async ([input, was]) => ({ input, was, is: this.hashBefore(input) ?? (await this.raw(input))?.hash ?? null })),
      );
      if (current.every(({ was, is }) => was === is)) return current.map(({ input, is }) => this.treeEntry(input, is));
    }
    return null;
  }

  /** Hash at a path if Git says that its blob is the one of the last look. */
  private hashBefore(path: string): string | null {
    const before = this.before.get(path);
    const object = this.objects.get(path);
    return before?.state === 'read' && object !== undefined && before.object === object ? before.hash : null;
  }

  private raw(path: string): Promise<Raw | null> {
    const known = this.raws.get(path);
    if (known !== undefined) return known;
    const fetched = this.collected.read(path).then((bytes) => {
      // A neighbour that cannot be read is no neighbour: its reader says what it misses.
      if (!(bytes instanceof Uint8Array)) return null;
      const clean = redactBytes(bytes);
      return { hash: sha256(clean), bytes: clean };
    });
    this.raws.set(path, fetched);
    return fetched;
  }

  private treeEntry(path: string, main: string | null): TreeEntry {
    if (main === null) return { path, state: 'absent' };
    const object = this.objects.get(path);
    return object === undefined ? { path, state: 'read', hash: main } : { path, state: 'read', hash: main, object };
  }
}

function unreadable(path: string, problem: Problem): File {
  return { entry: { path, state: 'unreadable', problem }, inputs: [], raws: [], reading: null };
}

/** Every path looked at, once, in order. A file that is evidence itself wins over its being somebody's neighbour. */
function mergedTree(files: readonly File[]): readonly TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const file of files) for (const input of file.inputs) entries.set(input.path, input);
  for (const file of files) entries.set(file.entry.path, file.entry);
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function distinctRaws(files: readonly File[]): readonly Raw[] {
  return [...new Map(files.flatMap((file) => file.raws).map((raw) => [raw.hash, raw])).values()];
}

async function sourceRow(context: Context, collected: Collection, at: number, items: number): Promise<SourceTable> {
  const before = await context.store.sourceOf(collected.origin);
  const isGood = collected.outcome !== 'failed';
  return {
    origin: collected.origin,
    source: collected.source,
    last_attempt: at,
    last_success: isGood ? at : (before?.last_success ?? null),
    outcome: collected.outcome,
    items: isGood ? items : (before?.items ?? 0),
    problems: canonicalJson(collected.problems),
    cursor: before?.cursor ?? '{}',
  };
}

function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}
