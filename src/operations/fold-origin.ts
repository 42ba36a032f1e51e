import type { StoredReceipt, StoreReads, WriteTx } from '#store/store.ts';
import type { Context } from './context.ts';
import { foldComponent, type FoldedComponent } from './fold-receipt.ts';
import { identify, type IdentifiedComponent } from './identify-components.ts';
import type { OriginPast } from './origin-past.ts';
import { nothingSeen, ownershipReadings, seenBy, type Seen, type SeenBefore, type Sight } from './seen-receipt.ts';

/** A component with every evidence that any receipt of its origin ever showed, and the last of them that showed anything. */
export type WholeComponent = { readonly component: IdentifiedComponent; readonly last: StoredReceipt };

/** Components of one origin, by id. */
export type WholeComponents = Map<number, WholeComponent>;

const receiptsAtOnce = 50;

/**
 * Folds an origin whose many receipts are new, whole: the identity of its components in order of arrival, then each component once, in one transaction
 * with its change; then the receipts are done. The outcome is that of folding one receipt after the other.
 */
export async function foldOrigin(
  context: Context,
  origin: string,
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<readonly FoldedComponent[]> {
  const { store } = context;
  const receipts = [...(await store.receiptsOf(origin))];
  const before = nothingSeen();
  const components: WholeComponents = new Map();
  for (const some of slices(receipts.toSorted((a, b) => a.seq - b.seq))) {
    const seen: Seen[] = [];
    for (const receipt of some) seen.push(await seenBy(store, receipt, before));
    await store.write(async (tx) => {
      for (const each of seen) await identifyWhole(tx, each, components);
    });
  }
  const folded = await foldWholes(context, components, await pastOf(store, receipts, before), progress);
  for (const some of slices(receipts)) {
    await store.write(async (tx) => {
      for (const { seq, outcome, problems } of some) await tx.finishReceipt(seq, outcome === 'failed' ? 'failed' : 'read', problems, context.clock());
    });
  }
  return folded;
}

/** Replays what a receipt did to identities; done again on a store that knows them it changes nothing. */
export async function identifyWhole(tx: WriteTx, { receipt, tree, observed }: Seen, components: WholeComponents): Promise<void> {
  for (const each of await identify(tx, receipt, tree, observed, observed.components)) {
    if (each.isOwn && each.before !== null && each.before.dir !== each.dir) await tx.putComponent({ ...each.before, dir: each.dir });
    const before = components.get(each.id);
    const evidence = new Map([...(before?.component.evidence ?? []), ...each.evidence].map((one) => [`${one.kind} ${one.path}`, one]));
    // What a failed receipt did not show is stale, which the fold knows; names and owners are those of the last one that showed any.
    const last = receipt.outcome === 'failed' && before !== undefined ? before.last : receipt;
    components.set(each.id, { component: { ...each, evidence: [...evidence.values()] }, last });
  }
}

/** Folds components of one origin whole, each in a transaction of its own. */
export async function foldWholes(
  context: Context,
  components: WholeComponents,
  past: OriginPast,
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<readonly FoldedComponent[]> {
  const { store } = context;
  const folded: FoldedComponent[] = [];
  let seen: Seen | null = null;
  for (const [, { component, last }] of [...components].sort(([a], [b]) => a - b)) {
    const shown: Seen = seen?.receipt.seq === last.seq ? seen : await seenBy(store, last);
    seen = shown;
    const owners = await ownershipReadings(store, shown);
    const from = { seen: shown, owners, past: () => Promise.resolve(past), whole: true };
    const done = await store.write((tx) => foldComponent(tx, component, { ...from, at: context.clock() }));
    folded.push(done);
    progress(done);
  }
  return folded;
}

/** The past that receipts make, which come in the order in which they hold. */
export async function pastOf(store: StoreReads, receipts: readonly StoredReceipt[], before: SeenBefore = nothingSeen()): Promise<OriginPast> {
  const past: Sight[] = [];
  for (const receipt of receipts) {
    const { tree: _, ...sight } = await seenBy(store, receipt, before);
    past.push(sight);
  }
  return past;
}

function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += receiptsAtOnce) yield items.slice(start, start + receiptsAtOnce);
}
