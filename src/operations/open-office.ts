import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { openGateway } from '#gateway/gateway.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import type { WorkQueue } from '#store/work-queue.ts';
import type { Context } from './context.ts';

/** Where an office keeps what must survive: PostgreSQL where a URL is given, else SQLite in the data folder. */
export type OfficePlace = { readonly dataDir: string; readonly databaseUrl: string | null };

/** Hands tasks to all who work on the store; only on PostgreSQL, since SQLite has one who works. */
export type OfficeQueue = WorkQueue;

export type Office = { readonly context: Context; readonly place: OfficePlace; close(): Promise<void> };

/** Opens store and gateway. Throws when the store cannot be reached, saying which one. */
export async function openOffice(place: OfficePlace, clock: () => number = Date.now): Promise<Office> {
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  const store = await openStore(storeAt(place));
  const gateway = openGateway({ workers: Math.max(1, Math.min(4, availableParallelism())) });
  return {
    context: { store, gateway, clock, randomId },
    place,
    async close() {
      gateway.close();
      await store.close();
    },
  };
}

/** Where its store lies. */
export function storeAt({ dataDir, databaseUrl }: OfficePlace): StoreLocation {
  return databaseUrl === null ? { dataDir } : { databaseUrl };
}

/** Opens the queue of an office on PostgreSQL; null on SQLite. `failed` hears of what goes wrong inside. */
export async function openQueue({ databaseUrl }: OfficePlace, failed: (error: unknown) => void): Promise<OfficeQueue | null> {
  if (databaseUrl === null) return null;
  // Loaded here, so that commands which never work do not wait for it.
  const { openWorkQueue } = await import('#store/work-queue.ts');
  return openWorkQueue(databaseUrl, failed);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 characters of base32: 130 random bits. */
export function randomId(): string {
  return Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join('');
}
