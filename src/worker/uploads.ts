// Uploads of `serve` are committed here: waiting for the disk stops a thread, and this one answers nobody else.
import { parentPort, workerData } from 'node:worker_threads';
import type { OfficePlace } from '#operations/open-office.ts';
import { openUploads } from '#operations/open-uploads.ts';
import { RemovedError } from '#operations/standing.ts';
import { isStoreAway } from '#operations/store-away.ts';
import type { FromUploads, ToUploads } from '#operations/upload-messages.ts';
import { NoInventoryError, takeUpload, type UploadFor } from '#operations/take-upload.ts';

/** What has come in of an upload and was not taken yet. */
type Coming = { readonly chunks: Uint8Array[]; target: UploadFor | null; isBroken: boolean; wake: () => void };

const uploads = await openUploads(workerData as OfficePlace);
const coming = new Map<number, Coming>();

parentPort?.on('message', (message: ToUploads) => {
  if (message.kind === 'stop') void stop();
  else if (message.kind === 'begin') void take(message.upload, message.publicId);
  else hear(message);
});

function hear(message: Exclude<ToUploads, { readonly kind: 'begin' | 'stop' }>): void {
  const upload = coming.get(message.upload);
  if (upload === undefined) return;
  if (message.kind === 'chunk') upload.chunks.push(message.bytes);
  else if (message.kind === 'end') upload.target = message.target;
  else upload.isBroken = true;
  upload.wake();
}

async function take(number: number, publicId: string): Promise<void> {
  const upload: Coming = { chunks: [], target: null, isBroken: false, wake: () => undefined };
  coming.set(number, upload);
  const target: { -readonly [Key in keyof UploadFor]: UploadFor[Key] } = { component: null, slot: 'default', validAt: null };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = upload.chunks.shift();
      if (chunk !== undefined) {
        yield chunk;
        tell({ kind: 'more', upload: number });
        continue;
      }
      if (upload.isBroken) throw new Error('An upload was broken off by its sender; nothing of it is kept.');
      if (upload.target !== null) break;
      await new Promise<void>((resolve) => (upload.wake = resolve));
    }
    Object.assign(target, upload.target);
  }
  try {
    await takeUpload({ ...uploads.context, randomId: () => publicId }, chunks(), target);
    tell({ kind: 'taken', upload: number });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: kindOf(error), upload: number, message });
  } finally {
    coming.delete(number);
  }
}

function kindOf(error: unknown): 'removed' | 'no-inventory' | 'away' | 'failed' {
  if (error instanceof RemovedError) return 'removed';
  if (error instanceof NoInventoryError) return 'no-inventory';
  return isStoreAway(error) ? 'away' : 'failed';
}

/** The server has ended all its requests: nothing is under way. */
async function stop(): Promise<void> {
  await uploads.close();
  parentPort?.close();
}

function tell(message: FromUploads): void {
  parentPort?.postMessage(message);
}
