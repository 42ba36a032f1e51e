import { redactedChunks, redactText } from '#language/redact.ts';
import type { Context } from './context.ts';

/** Which component and slot an upload is for. `component` null: the one the SBOM describes. `validAt` null: the SBOM's own date, or the time received. */
export type UploadFor = { readonly component: string | null; readonly slot: string; readonly validAt: number | null };

/**
 * Takes an SBOM as it streams in: chunks are committed as they come, and the receipt that names them is the acknowledgement.
 * Credentials in it are redacted first; reading it is left to `readPending`. Gives the receipt's public id.
 */
export async function takeUpload(context: Context, chunks: AsyncIterable<Uint8Array>, upload: UploadFor): Promise<string> {
  const { store } = context;
  const raw = store.beginRaw();
  let committed: { readonly hash: string; readonly bytes: number };
  try {
    for await (const chunk of redactedChunks(chunks)) await raw.append(chunk);
    committed = await raw.commit();
  } catch (error) {
    await raw.abort();
    throw error;
  }
  const receivedAt = context.clock();
  const path = `upload:${upload.slot}`;
  const component = redactText(upload.component ?? (await subjectOf(context, committed.hash, path)));
  const recorded = await store.recordReceipt({
    publicId: context.randomId(),
    source: 'upload',
    origin: `upload:${component}/${upload.slot}`,
    revision: committed.hash,
    validAt: Math.min(upload.validAt ?? receivedAt, receivedAt),
    receivedAt,
    outcome: 'complete',
    tree: [{ path, state: 'read', hash: committed.hash }],
    problems: [],
    place: { namespace: 'uploads', rootName: component, component, slot: path },
    raws: [],
    uploads: [committed.hash],
  });
  return recorded.publicId;
}

/** What an SBOM says it describes; its own hash where it does not say, so that it is kept and can be found. */
async function subjectOf({ store, gateway }: Context, hash: string, path: string): Promise<string> {
  const bytes = (await store.readRaw(hash)) ?? new Uint8Array();
  const { result } = await gateway.read({ path, bytes, formatId: null }, () => Promise.resolve(null));
  return result.subject?.name ?? `sbom-${hash.slice(0, 12)}`;
}
