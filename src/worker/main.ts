// Everything of `serve` that writes runs here, off the thread that answers requests.
import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerStart } from '#operations/work-messages.ts';
import { newBell } from './bell.ts';
import { workUntilStopped } from './work-until-stopped.ts';

const { place, configuration } = workerData as WorkerStart;
const bell = newBell();
parentPort?.on('message', (message: ToWorker) => {
  if (message === 'stop') bell.stop();
  else bell.wake();
});

const tell = (message: FromWorker): void => parentPort?.postMessage(message);
await workUntilStopped(place, configuration, bell, tell);
parentPort?.close();
