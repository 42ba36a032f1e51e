import type { Configuration } from './configuration.ts';
import type { OfficePlace } from './open-office.ts';

/** What the worker thread is started with. */
export type WorkerStart = { readonly place: OfficePlace; readonly configuration: Configuration };

/** What the server tells the worker: there is an upload to read, or it is time to go. */
export type ToWorker = 'wake' | 'stop';

/** What the worker tells the server. `failed` carries a sentence for the log; the worker goes on. */
export type FromWorker =
  | { readonly kind: 'read'; readonly receipts: number }
  | { readonly kind: 'scanned'; readonly outcome: string }
  /** Something of a source could not be read. */
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
