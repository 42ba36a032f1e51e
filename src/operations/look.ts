import { hash } from 'node:crypto';
import { dirOf, discover, selfAndAbove } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import { redactBytes } from '#language/redact.ts';
import type { Problem } from '#model/problem.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { CollectedEntry, Collection } from '#sources/collection.ts';
import type { NewReading } from '#store/store.ts';
import type { Context } from './context.ts';
import { formatById, readingKey } from './observed-evidence.ts';
import { erasedRaws } from './standing.ts';

/** Bytes as they are kept, redacted, by their hash. */
export type Raw = { readonly hash: string; readonly bytes: Uint8Array };

/** A file that was looked at: its entry, those of the neighbours its reader asked for, what is to be kept, and its reading if that is new. */
export type LookedAt = {
  readonly entry: TreeEntry;
  readonly inputs: readonly TreeEntry[];
  readonly raws: readonly Raw[];
  readonly reading: NewReading | null;
};

/** The files of components, ownership and licences among paths, with the id of the format that reads each; without those of components that are passed over, by directory. */
export function filesToRead(paths: readonly string[], isPassedOver: (dir: string) => boolean = () => false): ReadonlyMap<string, string> {
  const found = discover(paths, formats);
  const dirs = new Set(found.components.map(({ dir }) => dir));
  const licences = found.licenceFiles.filter(({ path }) => !isPassedOver(selfAndAbove(dirOf(path)).find((dir) => dirs.has(dir)) ?? ''));
  return new Map(
    [...found.components.filter(({ dir }) => !isPassedOver(dir)).flatMap((each) => each.evidence), ...found.ownershipFiles, ...licences].map(
      ({ path, format }) => [path, format],
    ),
  );
}

/** Every path looked at, once, in order. A file that is evidence itself wins over its being somebody's neighbour. */
export function mergedTree(files: readonly LookedAt[]): readonly TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const file of files) for (const input of file.inputs) entries.set(input.path, input);
  for (const file of files) entries.set(file.entry.path, file.entry);
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One look at a source: reads files whose reading does not hold any more, and remembers what it has already hashed. */
export class Look {
  private readonly context: Context;
  private readonly collected: Looked;
  private readonly before: ReadonlyMap<string, TreeEntry>;
  private readonly objects: ReadonlyMap<string, string>;
  private readonly raws = new Map<string, Promise<Raw | null>>();
  private erased: Promise<ReadonlySet<string>> | null = null;

  constructor(context: Context, collected: Looked, previous: readonly TreeEntry[]) {
    this.context = context;
    this.collected = collected;
    this.before = new Map(previous.map((entry) => [entry.path, entry]));
    this.objects = new Map(
      collected.entries.flatMap((entry) => (entry.state === 'read' && entry.objectId !== null ? [[entry.path, entry.objectId] as const] : [])),
    );
  }

  async readFile(entry: CollectedEntry, formatId: string | null): Promise<LookedAt> {
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
    if ((await this.erasedRaws()).has(main)) return unreadable(path, erasedBytes);
    const inputs = await this.inputsThatHold(path, main, formatId);
    if (inputs !== null) return { entry: this.treeEntry(path, main), inputs, raws: [{ hash: main, bytes }], reading: null };
    return this.readAnew(path, main, bytes, formatId);
  }

  private async readAnew(path: string, main: string, bytes: Uint8Array, formatId: string | null): Promise<LookedAt> {
    const read = await this.context.gateway.read({ path, bytes, formatId }, async (neighbour) => (await this.raw(neighbour))?.bytes ?? null);
    const asked = await Promise.all(read.asked.map(async (neighbour) => [neighbour, await this.raw(neighbour)] as const));
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
      resultBytes: Buffer.from(read.text),
    };
    const raws = asked.flatMap(([, raw]) => raw ?? []);
    return {
      entry: this.treeEntry(path, main),
      inputs: asked.map(([at, raw]) => this.treeEntry(at, raw?.hash ?? null)),
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

  private erasedRaws(): Promise<ReadonlySet<string>> {
    return (this.erased ??= erasedRaws(this.context.store));
  }

  private raw(path: string): Promise<Raw | null> {
    const known = this.raws.get(path);
    if (known !== undefined) return known;
    const fetched = this.collected.read(path).then(async (bytes) => {
      // A neighbour that cannot be read is no neighbour: its reader says what it misses.
      if (!(bytes instanceof Uint8Array)) return null;
      const clean = redactBytes(bytes);
      const main = sha256(clean);
      return (await this.erasedRaws()).has(main) ? null : { hash: main, bytes: clean };
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

const erasedBytes: Problem = {
  code: 'erased',
  message: 'These very bytes were erased here and are not kept again. guildhall decisions says by what authority.',
  severity: 'error',
};

function unreadable(path: string, problem: Problem): LookedAt {
  return { entry: { path, state: 'unreadable', problem }, inputs: [], raws: [], reading: null };
}

/** What of a collection a look needs. */
export type Looked = Pick<Collection, 'entries' | 'read'>;

function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
