// Everything of `serve` that writes runs here, off the thread that answers requests.
import { parentPort, workerData } from 'node:worker_threads';
import { openOffice } from '#operations/open-office.ts';
import type { FromWorker, ToWorker, WorkerStart } from '#operations/work-messages.ts';
import { work } from './work.ts';

const { place, configuration } = workerData as WorkerStart;
const stop = new AbortController();
let wake: () => void = () => undefined;

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'stop') stop.abort();
  wake();
});

const office = await openOffice(place);
try {
  await work(office, configuration, {
    stopped: stop.signal,
    tell: (message: FromWorker) => parentPort?.postMessage(message),
    // Resolves when there is something to do, or the time is over.
    pause: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  });
} finally {
  await office.close();
  parentPort?.close();
}
