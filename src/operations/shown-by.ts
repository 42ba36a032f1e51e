import type { StoredReceipt, StoreReads } from '#store/store.ts';
import type { EvidenceTable, ReadingTable } from '#store/schema.ts';
import { hashesOf, readingsThatHold } from './observed-evidence.ts';

/** The observation that showed an evidence, the bytes it found and the reading of them that counts. */
export type ShownBy = { readonly receipt: StoredReceipt; readonly rawHash: string | null; readonly reading: ReadingTable | null };

/** What an evidence rests on now; null when its receipt is not there. */
export async function shownBy(reads: StoreReads, evidence: Pick<EvidenceTable, 'path' | 'receipt'>): Promise<ShownBy | null> {
  const receipt = await reads.receiptBySeq(evidence.receipt);
  return receipt === null ? null : shownByReceipt(reads, receipt, evidence.path);
}

/** What an evidence rested on before a UTC day: the last observation of its origin that found the file; null when there is none. */
export async function shownByBefore(reads: StoreReads, evidence: Pick<EvidenceTable, 'path' | 'receipt'>, day: number): Promise<ShownBy | null> {
  const now = await reads.receiptBySeq(evidence.receipt);
  if (now === null) return null;
  const earlier = (await reads.receiptsOf(now.origin)).filter((each) => each.validAt < day * dayMs && each.outcome !== 'failed');
  for (const receipt of earlier.reverse()) {
    const found = await shownByReceipt(reads, receipt, evidence.path);
    if (found.reading !== null) return found;
  }
  return null;
}

const dayMs = 86_400_000;

async function shownByReceipt(reads: StoreReads, receipt: StoredReceipt, path: string): Promise<ShownBy> {
  const hashes = hashesOf(await reads.treeOf(receipt));
  const rawHash = hashes.get(path) ?? null;
  const readings = rawHash === null ? [] : readingsThatHold(await reads.readingsOfMain(path, rawHash), hashes);
  return { receipt, rawHash, reading: readings.at(-1) ?? null };
}
