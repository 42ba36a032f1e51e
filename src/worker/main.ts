// Everything of `serve` that writes runs here, off the thread that answers requests.
import { parentPort, workerData } from 'node:worker_threads';
import { openOffice } from '#operations/open-office.ts';
import type { FromWorker, ToWorker, WorkerStart } from '#operations/work-messages.ts';
import { work } from './work.ts';

const { place, configuration } = workerData as WorkerStart;
const stop = new AbortController();
let wake: () => void = () => undefined;
let isWoken = false;

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'stop') stop.abort();
  isWoken = true;
  wake();
});

const office = await openOffice(place);
try {
  await work(office, configuration, {
    stopped: stop.signal,
    tell: (message: FromWorker) => parentPort?.postMessage(message),
    pause,
  });
} finally {
  await office.close();
  parentPort?.close();
}

/** Resolves when there is something to do, also if that was told during the last step, or when the time is over. */
async function pause(ms: number): Promise<void> {
  if (!isWoken) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  isWoken = false;
}
