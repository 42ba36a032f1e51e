import { componentRef } from '#analysis/components/component-ref.ts';
import type { StoredReceipt, WriteTx } from '#store/store.ts';

/** What a transaction ends with that would name a component before an earlier receipt which may name it, too, has been read. */
export class EarlierFirst extends Error {
  readonly receipt: StoredReceipt;

  constructor(receipt: StoredReceipt) {
    super(`The receipt ${receipt.publicId} came earlier and is to be read first.`);
    this.receipt = receipt;
  }
}

/**
 * Waits for others that name this component at this moment, and lets those who came earlier name theirs first: which of two gets a ref is then the same
 * whoever reads them, and after a rebuild.
 */
export async function takeTurn(tx: WriteTx, receipt: StoredReceipt, ref: string): Promise<void> {
  await tx.lockName(`component ${ref}`);
  for (const earlier of await tx.pendingBefore(receipt.seq))
    if (earlier.origin !== receipt.origin && mayName(earlier, ref)) throw new EarlierFirst(earlier);
}

function mayName({ place }: StoredReceipt, ref: string): boolean {
  if (place === null) return false;
  const root = componentRef(place, '');
  return place.component === undefined ? ref.startsWith(root) : ref === root;
}
