import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { parseOsv } from '#language/osv.ts';
import type { Problem } from '#model/problem.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import type { Collection } from '#sources/collection.ts';
import type { OpenTestStore } from '#store/test-stores.ts';
import type { Context } from './context.ts';
import { recordAdvisories } from './sync-advisories.ts';
import { readPending } from './read-pending.ts';
import { takeUpload } from './take-upload.ts';
import { scanSource, type Scanned } from './scan-source.ts';

/** An office for tests: a real store and gateway, and a clock that stands where it is put. */
export type TestOffice = {
  readonly context: Context;
  /** Sets the clock: ISO 8601. */
  at(time: string): void;
  scan(files: Readonly<Record<string, string | Problem>>, look: Look): Promise<Scanned>;
  sync(...records: readonly object[]): Promise<void>;
  /** Uploads an SBOM for a component and leaves it to be read. */
  receive(component: string, sbom: string, slot?: string): Promise<void>;
  /** Uploads an SBOM for a component and reads it. */
  upload(component: string, sbom: string, slot?: string): Promise<void>;
  /** Episodes as `component package group number state opened..closed`, sorted. */
  episodes(): Promise<readonly string[]>;
  close(): void;
};

/** One look at one source: its name and, for a commit, its date. `failed` when nothing could be seen. */
export type Look = { readonly name: string; readonly committed?: string; readonly failed?: Problem };

/** Opens an office on a test store. */
export function openTestOffice(opened: OpenTestStore, gateway: Gateway = openGateway({ workers: 1 })): TestOffice {
  const { store } = opened;
  let now = 0;
  let ids = 0;
  const receive = async (component: string, sbom: string, slot = 'default'): Promise<void> => {
    await takeUpload(context, Readable.from([Buffer.from(sbom)]), { component, slot, validAt: null });
  };
  const context: Context = {
    store,
    gateway,
    clock: () => now,
    // Its digits as letters, so that no two are the same.
    randomId: () =>
      String((ids += 1))
        .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a')
        .padStart(26, 'a'),
  };
  return {
    context,
    at: (time) => (now = Date.parse(time)),
    scan: (files, look) => scanSource(context, collectionOf(files, look, now)),
    async sync(...records) {
      const files = records.map((record) => {
        const bytes = Buffer.from(JSON.stringify(record));
        return { bytes, hash: hash('sha256', bytes, 'hex'), ...parseOsv(bytes) };
      });
      await recordAdvisories(
        context,
        { source: 'osv', origin: 'osv:test', revision: canonicalJson(files.map((each) => each.hash)) },
        files.map((each) => ({ name: 'record.json', ...each })),
      );
      await readPending(context);
    },
    receive,
    async upload(component, sbom, slot) {
      await receive(component, sbom, slot);
      await readPending(context);
    },
    episodes: async () => episodesIn(context),
    close: () => {
      gateway.close();
    },
  };
}

function collectionOf(files: Readonly<Record<string, string | Problem>>, look: Look, now: number): Collection {
  const entries = Object.entries(files).map(([path, content]) =>
    typeof content === 'string'
      ? ({ path, state: 'read', objectId: null, bytes: () => Promise.resolve(Buffer.from(content)) } as const)
      : ({ path, state: 'unreadable', problem: content } as const),
  );
  return {
    source: 'git',
    origin: `git:test/${look.name}`,
    revision: hash('sha256', canonicalJson(files), 'hex').slice(0, 40),
    validAt: look.committed === undefined ? now : Date.parse(look.committed),
    outcome: look.failed === undefined ? 'complete' : 'failed',
    entries: look.failed === undefined ? entries : [],
    paths: Object.keys(files),
    problems: look.failed === undefined ? [] : [look.failed],
    place: { namespace: 'test', rootName: look.name },
    read: (path) => Promise.resolve(typeof files[path] === 'string' ? Buffer.from(files[path]) : null),
    close: () => Promise.resolve(),
  };
}

async function episodesIn({ store }: Context): Promise<readonly string[]> {
  const [components, packages, records] = [new Map<number, string>(), new Map<number, string>(), new Map<number, string>()];
  for await (const page of store.loadComponents()) for (const row of page) components.set(row.id, row.name);
  for await (const page of store.loadPackages()) for (const row of page) packages.set(row.id, row.name);
  for await (const page of store.loadAdvisories()) for (const row of page) records.set(row.id, row.record);
  const lines: string[] = [];
  for await (const page of store.loadFindingPacks()) {
    for (const pack of page) {
      for (const each of [...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)]) {
        const until = each.closedAt === null ? 'open' : `${time(each.closedAt)} ${each.closedBecause ?? ''}`;
        const names = [components.get(pack.component_id), packages.get(each.packageId), records.get(each.groupId)].join(' ');
        lines.push(
          `${names} #${String(each.episode)} ${time(each.openedAt)}..${until} exposed ${day(each.exposedFrom)}..${each.exposedUntil === null ? '' : day(each.exposedUntil)}`,
        );
      }
    }
  }
  return lines.sort();
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

function day(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
