import type { Configuration } from '#operations/configuration.ts';
import { openOffice, openQueue, type OfficePlace } from '#operations/open-office.ts';
import type { FromWorker } from '#operations/work-messages.ts';
import type { Bell } from './bell.ts';
import { work } from './work.ts';

/** Opens an office of its own and works there until the bell stops it; what is under way is finished. Throws when the store cannot be had at the start. */
export async function workUntilStopped(
  place: OfficePlace,
  configuration: Configuration,
  bell: Bell,
  tell: (message: FromWorker) => void,
  begun: () => void = () => undefined,
): Promise<void> {
  const office = await openOffice(place);
  try {
    const queue = await openQueue(place, (error) => {
      tell({ kind: 'failed', message: `The queue: ${messageOf(error)}` });
    });
    try {
      begun();
      await work(office, configuration, { stopped: bell.stopped, tell, pause: bell.pause, wake: bell.wake }, queue);
    } finally {
      await queue?.close();
    }
  } finally {
    await office.close();
  }
}

/** Also of the plain objects that the queue gives. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
