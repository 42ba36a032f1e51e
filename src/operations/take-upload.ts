import { resultOf } from '#gateway/gateway.ts';
import { redactedChunks, redactText } from '#language/redact.ts';
import type { NewReceipt } from '#store/store.ts';
import { componentRef } from '#analysis/components/component-ref.ts';
import type { Context } from './context.ts';
import { erasedRaws, RemovedError, standingOf } from './standing.ts';

/** Which component and slot an upload is for. `component` null: the one the SBOM describes. `validAt` null: the SBOM's own date, or the time received. */
export type UploadFor = { readonly component: string | null; readonly slot: string; readonly validAt: number | null };

/**
 * Takes an SBOM as it streams in: chunks are committed as they come, and the receipt that names them is the acknowledgement.
 * Credentials in it are redacted first; reading it is left to `readPending`. Gives the receipt's public id.
 * Throws a `RemovedError` for what was deleted or erased.
 */
export async function takeUpload(context: Context, chunks: AsyncIterable<Uint8Array>, upload: UploadFor): Promise<string> {
  const { store } = context;
  const raw = store.beginRaw();
  try {
    for await (const chunk of redactedChunks(chunks)) await raw.append(chunk);
    if (upload.component !== null) {
      const component = redactText(upload.component);
      await refuseRemoved(context, upload, component);
      const erased = await erasedRaws(store);
      return (await raw.record((hash) => receiptOf(context, upload, component, kept(hash, erased)))).publicId;
    }
    const { hash } = await raw.commit();
    kept(hash, await erasedRaws(store));
    const component = redactText(await subjectOf(context, hash, pathOf(upload)));
    await refuseRemoved(context, upload, component);
    return (await store.recordReceipt(receiptOf(context, upload, component, hash))).publicId;
  } catch (error) {
    await raw.abort();
    throw error;
  }
}

/** An upload that names what was deleted or erased is refused: it would bring it back. */
async function refuseRemoved(context: Context, upload: UploadFor, component: string): Promise<void> {
  const { place, origin } = receiptOf(context, upload, component, '');
  if (place === null) return;
  const ref = componentRef(place, '');
  const holder = await context.store.componentByRef(ref);
  const own = await standingOf(context.store, { ref, origin });
  const standing = holder === null ? own : await standingOf(context.store, holder);
  if (own.removed || standing.removed)
    throw new RemovedError(`The component ${ref} was deleted or erased here: nothing is taken for it. guildhall decisions says by what authority.`);
}

function kept(hash: string, erased: ReadonlySet<string>): string {
  if (erased.has(hash))
    throw new RemovedError('These very bytes were erased here and are not taken again. guildhall decisions says by what authority.');
  return hash;
}

function receiptOf(context: Context, upload: UploadFor, component: string, hash: string): NewReceipt {
  const receivedAt = context.clock();
  const path = pathOf(upload);
  return {
    publicId: context.randomId(),
    source: 'upload',
    origin: `upload:${component}/${upload.slot}`,
    revision: hash,
    validAt: Math.min(upload.validAt ?? receivedAt, receivedAt),
    receivedAt,
    outcome: 'complete',
    tree: [{ path, state: 'read', hash }],
    problems: [],
    place: { namespace: 'uploads', rootName: component, component, slot: path },
    raws: [],
    uploads: [hash],
  };
}

function pathOf({ slot }: UploadFor): string {
  return `upload:${slot}`;
}

/** What an SBOM says it describes; its own hash where it does not say, so that it is kept and can be found. */
async function subjectOf({ store, gateway }: Context, hash: string, path: string): Promise<string> {
  const bytes = (await store.readRaw(hash)) ?? new Uint8Array();
  const reading = await gateway.read({ path, bytes, formatId: null }, () => Promise.resolve(null));
  return resultOf(reading).subject?.name ?? `sbom-${hash.slice(0, 12)}`;
}
