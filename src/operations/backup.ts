import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from './context.ts';
import { rebuild, type Rebuilt } from './rebuild.ts';

/** Writes the permanent data as one archive, the same for both stores. The file appears whole or not at all, and the store then knows when. */
export async function backup({ store, clock }: Context, file: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await pipeline(Readable.from(store.exportPermanent(clock())), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
    await store.noteBackup(clock());
  } finally {
    await rm(partial, { force: true });
  }
}

/** Takes an archive into an empty store (or one to be replaced) and folds it. Throws, changing nothing, when the archive is cut or altered. */
export async function restore(
  context: Context,
  file: string,
  options: { readonly replace: boolean },
  progress: (done: Rebuilt) => void,
): Promise<Rebuilt> {
  await context.store.importPermanent(createReadStream(file), options);
  return rebuild(context, {}, progress);
}
