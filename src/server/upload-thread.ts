import { Worker } from 'node:worker_threads';
import type { OfficePlace } from '#operations/open-office.ts';
import { RemovedError } from '#operations/standing.ts';
import { StoreAway } from '#operations/store-away.ts';
import { NoInventoryError, type UploadFor } from '#operations/take-upload.ts';
import type { FromUploads, ToUploads } from '#operations/upload-messages.ts';

/**
 * Takes an SBOM as it streams in, under the id given, and resolves once it is durable. `target` is looked at when all has come in.
 * Throws a `RemovedError` for what was deleted or erased, a `NoInventoryError` for what is no SBOM, a `StoreAway` where asking again may do.
 */
export type TakeUpload = (publicId: string, chunks: AsyncIterable<Uint8Array>, target: UploadFor) => Promise<void>;

/** Takes uploads in a thread of its own. */
export type UploadThread = { readonly take: TakeUpload; stop(): Promise<void> };

type Sending = { readonly more: () => void; readonly done: PromiseWithResolvers<undefined> };

const refusals = {
  removed: (message: string) => new RemovedError(message),
  'no-inventory': (message: string) => new NoInventoryError(message),
  away: (message: string) => new StoreAway(message),
  failed: (message: string) => new Error(message),
} as const;

// Enough that neither side waits for the other at every chunk, and little to hold for a sender whose disk is slow.
const chunksAhead = 4;

/** Starts the thread with the first upload; one that ended is started again with the next. */
export function openUploadThread(place: OfficePlace, report: (message: string) => void): UploadThread {
  const sending = new Map<number, Sending>();
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  let numbers = 0;

  const start = (): Worker => {
    const script = new URL(import.meta.url.endsWith('.ts') ? '../worker/uploads.ts' : '../worker/uploads.js', import.meta.url);
    const started = new Worker(script, { workerData: place });
    ended = new Promise((resolve) => {
      started.once('exit', () => {
        if (worker === started) worker = null;
        for (const { done } of sending.values()) done.reject(new StoreAway('The thread that takes uploads has ended. Send the upload again.'));
        resolve();
      });
    });
    started.on('error', (error) => {
      report(`The thread that takes uploads ended: ${error instanceof Error ? error.message : String(error)} It is started again.`);
    });
    started.on('message', (message: FromUploads) => {
      const upload = sending.get(message.upload);
      if (message.kind === 'more') upload?.more();
      else if (message.kind === 'taken') upload?.done.resolve(undefined);
      else upload?.done.reject(refusals[message.kind](message.message));
    });
    return started;
  };

  return {
    async take(publicId, chunks, target) {
      const to = (worker ??= start());
      const upload = (numbers += 1);
      const tell = (message: ToUploads): void => {
        to.postMessage(message);
      };
      let [credit, isOver, wake] = [chunksAhead, false, (): void => undefined];
      const more = (): void => {
        credit += 1;
        wake();
      };
      const done = Promise.withResolvers<undefined>();
      // Also refused before all has come in; awaited below.
      done.promise.catch(() => {
        isOver = true;
        wake();
      });
      sending.set(upload, { more, done });
      tell({ kind: 'begin', upload, publicId });
      try {
        for await (const bytes of chunks) {
          if (credit === 0) await new Promise<void>((resolve) => (wake = resolve));
          if (isOver) break;
          credit -= 1;
          tell({ kind: 'chunk', upload, bytes });
        }
        tell({ kind: 'end', upload, target: { ...target } });
      } catch (error) {
        tell({ kind: 'broken', upload });
        sending.delete(upload);
        throw error;
      }
      await done.promise.finally(() => sending.delete(upload));
    },
    async stop() {
      worker?.postMessage({ kind: 'stop' } satisfies ToUploads);
      await ended;
    },
  };
}
