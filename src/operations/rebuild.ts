import type { StoredReceipt } from '#store/store.ts';
import type { Context } from './context.ts';
import { foldComponent } from './fold-receipt.ts';
import { foldFeedReceipt, isFeed } from './fold-feed.ts';
import { identify, type IdentifiedComponent } from './identify-components.ts';
import { readFromRaw } from './read-pending.ts';
import { ownershipReadings, seenBy, type Seen } from './seen-receipt.ts';

/** What a rebuild did so far: for progress and for the last line. */
export type Rebuilt = { readonly receipts: number; readonly feeds: number; readonly components: number; readonly newReadings: number };

/** A component with every evidence that any receipt of one origin ever showed, and the origin's last receipt that showed anything. */
type Whole = { readonly component: IdentifiedComponent; readonly last: StoredReceipt };

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
  for (const receipt of receipts.filter(isFeed)) {
    await foldFeedReceipt(context, receipt);
    step({ feeds: done.feeds + 1 });
  }
  const components = new Map<string, Whole>();
  for (const receipt of receipts.filter((each) => !isFeed(each))) {
    if (options.reread === true) step({ newReadings: done.newReadings + (await readFromRaw(context, receipt)) });
    await identifyAll(context, receipt, components);
    step({ receipts: done.receipts + 1 });
  }
  for (const { component, last } of [...components.values()].sort((a, b) => a.component.id - b.component.id)) {
    const seen = await seenBy(store, last);
    const owners = await ownershipReadings(store, seen);
    await store.write((tx) => foldComponent(tx, component, { seen, owners, whole: true, at: context.clock() }));
    step({ components: done.components + 1 });
  }
  return done;
}

async function allReceipts(context: Context): Promise<readonly StoredReceipt[]> {
  const receipts: StoredReceipt[] = [];
  for (const origin of await context.store.origins()) receipts.push(...(await context.store.receiptsOf(origin)));
  return receipts.sort((a, b) => a.seq - b.seq);
}

/** Replays what a receipt did to identities; done again on a store that knows them it changes nothing. */
async function identifyAll(context: Context, receipt: StoredReceipt, components: Map<string, Whole>): Promise<void> {
  const seen: Seen = await seenBy(context.store, receipt);
  const identified = await context.store.write(async (tx) => {
    const list = await identify(tx, receipt, seen.tree, seen.observed, seen.observed.components);
    for (const each of list)
      if (each.isOwn && each.before !== null && each.before.dir !== each.dir) await tx.putComponent({ ...each.before, dir: each.dir });
    const failed = receipt.outcome === 'failed';
    await tx.finishReceipt(receipt.seq, failed ? 'failed' : 'read', receipt.problems, context.clock());
    return list;
  });
  for (const component of identified) {
    const key = `${receipt.origin} ${String(component.id)}`;
    const before = components.get(key);
    const evidence = new Map([...(before?.component.evidence ?? []), ...component.evidence].map((each) => [`${each.kind} ${each.path}`, each]));
    // What a failed receipt did not show is stale, which the fold knows; names and owners are those of the last one that showed any.
    const last = receipt.outcome === 'failed' && before !== undefined ? before.last : receipt;
    components.set(key, { component: { ...component, evidence: [...evidence.values()] }, last });
  }
}
