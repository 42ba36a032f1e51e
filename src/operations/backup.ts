import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { carryOut } from './carry-out.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Context } from './context.ts';
import { decideAgain } from './decisions-again.ts';
import { standingHolds } from './holds.ts';
import { keptDecisions } from './kept-decisions.ts';
import { heldInWords } from './kept-thing.ts';
import { eraseAgain, erasedHere } from './erase-again.ts';
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

/** Takes an archive into an empty store (or one to be replaced) and folds it. What was erased, here or there, stays erased, words of acts included. Throws, changing nothing, when the archive is cut or altered, or a hold forbids to replace. */
export async function restore(
  context: Context,
  file: string,
  options: { readonly replace: boolean },
  dataDir: string,
  progress: (done: Rebuilt) => void,
): Promise<Rebuilt> {
  const { store } = context;
  const holds = options.replace ? await standingHolds(store) : [];
  if (holds.length > 0) throw new ConfigurationError(`What is here would be lost. ${holds.map(heldInWords).join(' ')} Restore into an empty store.`);
  const erased = options.replace ? await erasedHere(context) : null;
  const decided = options.replace ? await keptDecisions(store, {}) : [];
  await store.importPermanent(createReadStream(file), options);
  if (erased !== null && erased.why.size > 0) await store.erasing(() => eraseAgain(context, erased));
  await decideAgain(context, decided);
  // Once before anything of it is folded; and again, since which files were a component's is known only then.
  await carryOut(context, dataDir, ({ about }) => about !== 'component');
  const rebuilt = await rebuild(context, {}, progress);
  await carryOut(context, dataDir);
  return rebuilt;
}
