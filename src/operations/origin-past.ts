import { isOfOneFile } from '#model/receipt.ts';
import { foldInOrder, type EvidenceState } from '#analysis/fold/fold-evidence.ts';
import type { Observation } from '#analysis/fold/observation.ts';
import type { ReadingTable } from '#store/schema.ts';
import type { StoredReceipt, StoreReads, WriteTx } from '#store/store.ts';
import { internedIn, nothingSeen, observationOf, seenBy, type EvidencePlace, type Interned, type Seen, type Sight } from './seen-receipt.ts';

/** Everything that an origin's receipts showed, in the order in which they hold. */
export type OriginPast = readonly Sight[];

/** The past of an origin as of a receipt: those that came before it, and those after it that are done. */
export async function originPast(store: StoreReads, now: Seen): Promise<OriginPast> {
  const past: Sight[] = [];
  const before = nothingSeen();
  for (const receipt of await store.receiptsOf(now.receipt.origin)) {
    if (receipt.seq > now.receipt.seq && !(await isDone(store, receipt))) continue;
    const { tree: _, ...sight } = receipt.seq === now.receipt.seq ? now : await seenBy(store, receipt, before);
    past.push(sight);
  }
  return past;
}

/** The readings of the last observation that showed an evidence; `interned` is null when they equal what is stored. */
export type LastShown = { readonly readings: readonly ReadingTable[]; readonly interned: Interned | null };

/** Folds one evidence whole, holding few readings at a time, since a past may have thousands. `last` is null when it was shown to be gone, or never. */
export async function foldPast(
  tx: WriteTx,
  past: OriginPast,
  place: EvidencePlace,
): Promise<{ readonly after: EvidenceState; readonly last: LastShown | null }> {
  const fold = foldInOrder();
  const interned = internedOnce(tx, place.kind);
  let last: LastShown | null = null;
  const add = (observation: Observation, shown: LastShown): void => {
    fold.add(observation);
    if (observation.state !== 'stale') last = observation.state === 'read' ? shown : null;
  };
  const dated: { readonly observation: Observation; readonly shown: LastShown }[] = [];
  for (const sight of past) {
    const readings = sight.readings.get(place.path) ?? [];
    const said: Interned[] = [];
    for (const reading of readings) said.push(await interned(reading));
    const each = { observation: observationOf(sight, place, readings, said), shown: { readings, interned: said.at(-1) ?? null } };
    if (hasOwnDate(sight.receipt)) dated.push(each);
    else add(each.observation, each.shown);
  }
  dated.sort((a, b) => a.observation.validAt - b.observation.validAt || a.observation.seq - b.observation.seq);
  for (const each of dated) add(each.observation, each.shown);
  return { after: fold.state(), last };
}

/** An SBOM sent by itself may say when it was made: its place in the order is known only when it is read. */
function hasOwnDate({ source }: StoredReceipt): boolean {
  return isOfOneFile(source);
}

const heldAtOnce = 16;

/** Interns a reading once while it comes up again and again, as it does from commit to commit. */
function internedOnce(tx: WriteTx, kind: string): (reading: ReadingTable) => Promise<Interned> {
  const held = new Map<string, Interned>();
  return async (reading) => {
    const interned = held.get(reading.key) ?? (await internedIn(tx, reading, kind));
    held.delete(reading.key);
    held.set(reading.key, interned);
    for (const key of held.keys()) {
      if (held.size <= heldAtOnce) break;
      held.delete(key);
    }
    return interned;
  };
}

async function isDone(store: StoreReads, receipt: StoredReceipt): Promise<boolean> {
  return (await store.receiptByPublicId(receipt.publicId))?.state !== 'pending';
}
