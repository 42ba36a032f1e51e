import type { StoredReceipt } from '#store/store.ts';
import { onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { foldFeedReceipt, isFeed } from './fold-feed.ts';
import { foldWholes, identifyWhole, pastOf, type WholeComponent, type WholeComponents } from './fold-origin.ts';
import { feedsName, inTurn, nameOfOrigin, readFromRaw } from './read-pending.ts';
import { seenBy } from './seen-receipt.ts';

/** What a rebuild did so far: for progress and for the last line. */
export type Rebuilt = { readonly receipts: number; readonly feeds: number; readonly components: number; readonly newReadings: number };

/**
 * Folds everything anew from receipts and readings: feeds first, then the identity of components in order of arrival, then each component whole,
 * in one ordinary transaction with its change. Online and safe to break off and begin again. It never parses, unless `reread` is asked for,
 * which first adds the readings that today's formats make.
 */
export async function rebuild(
  context: Context,
  options: { readonly reread?: boolean } = {},
  progress: (done: Rebuilt) => void = () => undefined,
): Promise<Rebuilt> {
  const { store } = context;
  let done: Rebuilt = { receipts: 0, feeds: 0, components: 0, newReadings: 0 };
  const step = (more: Partial<Rebuilt>): void => {
    done = { ...done, ...more };
    progress(done);
  };
  const receipts = await allReceipts(context);
  await onceAlone(context, feedsName, async (own) => {
    for (const receipt of receipts.filter(isFeed)) {
      await foldFeedReceipt(own, receipt);
      step({ feeds: done.feeds + 1 });
    }
  });
  const byOrigin = new Map<string, WholeComponents>();
  for (const receipt of receipts.filter((each) => !isFeed(each))) {
    if (options.reread === true) step({ newReadings: done.newReadings + (await readFromRaw(context, receipt)) });
    const components: WholeComponents = byOrigin.get(receipt.origin) ?? new Map<number, WholeComponent>();
    byOrigin.set(receipt.origin, components);
    const seen = await seenBy(store, receipt);
    await inTurn(context, () =>
      store.write(async (tx) => {
        await identifyWhole(tx, seen, components);
        await tx.finishReceipt(receipt.seq, receipt.outcome === 'failed' ? 'failed' : 'read', receipt.problems, context.clock());
      }),
    );
    step({ receipts: done.receipts + 1 });
  }
  for (const [origin, components] of byOrigin) {
    await onceAlone(context, nameOfOrigin(origin), async (own) => {
      await foldWholes(own, components, await pastOf(store, await store.receiptsOf(origin)), () => {
        step({ components: done.components + 1 });
      });
    });
  }
  return done;
}

async function allReceipts(context: Context): Promise<readonly StoredReceipt[]> {
  const receipts: StoredReceipt[] = [];
  for (const origin of await context.store.origins()) receipts.push(...(await context.store.receiptsOf(origin)));
  return receipts.sort((a, b) => a.seq - b.seq);
}
