import type { StoredReceipt, StoreReads } from '#store/store.ts';

/** Bytes that a receipt kept of one path; `gone` when they are not kept any more, or never were: of a past revision the reading is kept without them. */
export type RawOfReceipt = { readonly kind: 'kept'; readonly hash: string; readonly bytes: Uint8Array } | { readonly kind: 'gone' | 'no-such-path' };

/** The bytes of one path as a receipt saw them, without the credentials that were taken out. */
export async function rawOfReceipt(reads: StoreReads, receipt: StoredReceipt, path: string): Promise<RawOfReceipt> {
  const entry = (await reads.treeOf(receipt)).find((each) => each.path === path);
  if (entry?.state !== 'read') return { kind: 'no-such-path' };
  const bytes = await reads.readRaw(entry.hash);
  return bytes === null ? { kind: 'gone' } : { kind: 'kept', hash: entry.hash, bytes };
}
