import fs from 'node:fs';
import path from 'node:path';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import { startPostgres } from '../tools/postgres.ts';
import { componentCount, writeLargeEstate, type Written } from './large-estate.ts';
import type { BenchOptions } from './figure.ts';

/** A store that holds the large estate. */
export type LargeStore = {
  readonly kind: 'sqlite' | 'postgres';
  readonly location: StoreLocation;
  readonly written: Written;
  close(): Promise<void>;
};

// Another number wherever what is written changes, so that an old cache is not measured for a new layout.
const cacheName = 'estate-1';
const hugeCount = 10 * componentCount;

/** The large estate on SQLite, copied, so that no bench measures what another left behind. */
export async function largeSqlite({ cache }: BenchOptions): Promise<LargeStore> {
  const { kept, written } = await writtenOnce(path.join(cache, cacheName), componentCount);
  const dataDir = fs.mkdtempSync(path.join(cache, 'copy-'));
  fs.copyFileSync(path.join(kept, 'guildhall.db'), path.join(dataDir, 'guildhall.db'));
  return {
    kind: 'sqlite',
    location: { dataDir },
    written,
    close() {
      fs.rmSync(dataDir, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

/** An estate ten times as large on SQLite; only to be read, since it is not copied. */
export async function hugeSqlite({ cache }: BenchOptions): Promise<LargeStore> {
  const { kept, written } = await writtenOnce(path.join(cache, `${cacheName}-huge`), hugeCount);
  return { kind: 'sqlite', location: { dataDir: kept }, written, close: () => Promise.resolve() };
}

/** Writes an estate into a cache folder unless it is there already. */
async function writtenOnce(kept: string, components: number): Promise<{ readonly kept: string; readonly written: Written }> {
  const marker = path.join(kept, 'written.json');
  if (!fs.existsSync(marker)) {
    fs.rmSync(kept, { recursive: true, force: true });
    fs.mkdirSync(kept, { recursive: true });
    fs.writeFileSync(marker, JSON.stringify(await write({ dataDir: kept }, components)));
  }
  return { kept, written: JSON.parse(fs.readFileSync(marker, 'utf8')) as Written };
}

/** The large estate on a throw-away PostgreSQL server at its default durability, written anew each time. */
export async function largePostgres(): Promise<LargeStore> {
  const server = await startPostgres({ durable: true });
  const location = { databaseUrl: server.url };
  try {
    return { kind: 'postgres', location, written: await write(location, componentCount), close: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The stores to measure on. */
export function largeStores(options: BenchOptions): readonly (() => Promise<LargeStore>)[] {
  return options.postgres ? [() => largeSqlite(options), largePostgres] : [() => largeSqlite(options)];
}

async function write(location: StoreLocation, components: number): Promise<Written> {
  const store = await openStore(location);
  try {
    return await writeLargeEstate(store, (line) => process.stderr.write(`${line}\n`), components);
  } finally {
    await store.close();
  }
}
