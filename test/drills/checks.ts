import { hash } from 'node:crypto';
import type { Store } from '#store/store.ts';
import { canonicalEstate } from '../../src/operations/canonical-estate.ts';
import type { Context } from '../../src/operations/context.ts';
import { rebuild } from '../../src/operations/rebuild.ts';
import type { Acknowledged } from './kill-writer.ts';

/** What of the acknowledged receipts is not as promised: gone, neither read nor failed, or with other bytes than were sent. */
export async function lostOf(store: Store, acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { publicId, raws } of acknowledged) {
    const outcome = await store.receiptByPublicId(publicId);
    if (outcome === null) wrong.push(`receipt ${publicId} was acknowledged and is gone`);
    else if (outcome.state === 'pending') wrong.push(`receipt ${publicId} is neither read nor failed`);
    for (const each of raws) {
      const bytes = await store.readRaw(each);
      if (bytes === null || hash('sha256', bytes, 'hex') !== each) wrong.push(`the bytes ${each} of receipt ${publicId} are gone or altered`);
    }
  }
  return wrong;
}

/** Empties everything folded, folds it anew and says what differs. No other process may be working. */
export async function comparedWithRebuild(context: Context): Promise<readonly string[]> {
  const folded = await canonicalEstate(context.store);
  await context.store.emptyDerived();
  await rebuild(context);
  const fresh = await canonicalEstate(context.store);
  const [before, after] = [new Set(folded), new Set(fresh)];
  return [
    ...[...before.difference(after)].slice(0, 5).map((line) => `only before the rebuild: ${line}`),
    ...[...after.difference(before)].slice(0, 5).map((line) => `only after the rebuild: ${line}`),
  ];
}
