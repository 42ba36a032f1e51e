import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { openStore } from '#store/open-store.ts';
import { storeAt, type OfficePlace } from './open-office.ts';
import type { UploadContext } from './take-upload.ts';

/** What taking uploads needs, with a connection of its own. */
export type Uploads = { readonly context: Omit<UploadContext, 'randomId'>; close(): Promise<void> };

/** Opens the store for one who takes uploads and does nothing else. Its reader process starts once an SBOM does not say beside it what it is of. */
export async function openUploads(place: OfficePlace, clock: () => number = Date.now): Promise<Uploads> {
  const store = await openStore(storeAt(place));
  let gateway: Gateway | null = null;
  const read: Gateway['read'] = (job, neighbours) => (gateway ??= openGateway({ workers: 1 })).read(job, neighbours);
  return {
    context: { store, gateway: { read }, clock },
    async close() {
      gateway?.close();
      await store.close();
    },
  };
}
