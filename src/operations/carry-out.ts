import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import { emptyEstate } from '#estate/estate.ts';
import { noExtent, type Extent, type KeptDecision } from '#model/decision.ts';
import { seesAll } from '#model/visibility.ts';
import { dropMirrors } from '#sources/git/mirror.ts';
import type { StoreReads, WriteTx } from '#store/store.ts';
import { onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { stateOf } from './fold-inventory.ts';
import { foldOrigin } from './fold-origin.ts';
import { keptDecisions, undoneDecisions } from './kept-decisions.ts';
import { holdOn } from './kept-thing.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { originsOf } from './origins-of.ts';
import { extentOf, planRemoval, type Removal } from './plan-removal.ts';
import { performAct } from './perform-act.ts';
import { inTurn, nameOfOrigin } from './read-pending.ts';
import { refindComponent } from './refind-components.ts';

/** What became of a decision. `isGone` false: its bytes are deleted, but the files of the database may still hold them; null where nothing was deleted. */
export type CarriedOut = { readonly decision: KeptDecision; readonly extent: Extent; readonly isGone: boolean | null };

/**
 * Does what decisions ask for and that is not done yet, oldest first; safe to break off and begin again. A removal under legal hold waits for the hold
 * to end. `dataDir` is where mirrors lie. Gives what was done.
 */
export async function carryOut(
  context: Context,
  dataDir: string,
  isMeant: (decision: KeptDecision) => boolean = () => true,
): Promise<readonly CarriedOut[]> {
  if ((await undoneDecisions(context.store)).length === 0) return [];
  return onceAlone(context, 'decisions', async (own) => {
    const done: CarriedOut[] = [];
    for (const decision of (await undoneDecisions(own.store)).filter(isMeant)) {
      const carried = await carryOutOne(own, decision, dataDir);
      if (carried !== null) done.push({ decision, ...carried });
    }
    return done;
  });
}

type Carried = Omit<CarriedOut, 'decision'> | null;

async function carryOutOne(context: Context, decision: KeptDecision, dataDir: string): Promise<Carried> {
  const { store } = context;
  switch (decision.kind) {
    case 'retire':
    case 'return':
    case 'readmit': {
      for (const origin of await originsAbout(store, decision)) await foldAlone(context, origin);
      const removal = decision.kind === 'retire' ? await planRemoval(store, decision, false) : null;
      const extent = removal === null ? noExtent : { ...noExtent, components: removal.components.length };
      await report(context, decision, extent);
      await store.write((tx) => tx.noteCarriedOut(decision.seq, context.clock()));
      return { extent, isGone: null };
    }
    case 'delete': {
      const extent = await remove(context, decision);
      return extent === null ? null : { extent, isGone: null };
    }
    case 'erase': {
      const { result: extent, isGone } = await store.erasing(() => remove(context, decision));
      await dropMirrors(dataDir);
      return extent === null ? null : { extent, isGone };
    }
    case 'hold':
    case 'release':
      // They are done by being said.
      return { extent: noExtent, isGone: null };
    default:
      return decision.kind satisfies never;
  }
}

/** Removes in one transaction and then folds what stays. Null when a hold forbids it. */
async function remove(context: Context, decision: KeptDecision): Promise<Extent | null> {
  const { store } = context;
  // A scan under way could record a receipt of what is being removed.
  const [shown] = decision.about === 'upload' || decision.about === 'raw' ? [] : await originsAbout(store, decision);
  const write: typeof store.write = (change) =>
    shown === undefined ? store.write(change) : onceAlone(context, nameOfOrigin(shown), (own) => own.store.write(change));
  const done = await write(async (tx) => {
    const stands =
      (await keptDecisions(tx, { ids: [decision.id], subjects: [decision.subject], kinds: ['delete', 'erase'], standing: true })).length > 0;
    const removal = await planRemoval(tx, decision, decision.kind === 'erase');
    if (stands && (await holdOn(tx, decision, removal)) !== null) return null;
    const extent = stands ? await removeAll(tx, decision, removal, context.clock()) : noExtent;
    return { extent, refolded: stands ? removal.refolded : [] };
  });
  if (done === null) return null;
  for (const origin of done.refolded) await foldAlone(context, origin);
  await report(context, decision, done.extent);
  await store.write(async (tx) => {
    await removeUnusedVersions(tx);
    await tx.noteCarriedOut(decision.seq, context.clock());
    // Ids and names may be gone of which followers know.
    await tx.appendChange('removed', { reload: true }, context.clock());
  });
  return done.extent;
}

/** Puts on record what was touched; that of the first time stands, when it is done again after a restore. */
async function report(context: Context, { id }: KeptDecision, extent: Extent): Promise<void> {
  const kind = actKindOf('report-carried-out');
  if (kind === undefined) throw new Error('The act report-carried-out is not in this build.');
  const wanted = { kind, body: { decision: id, extent }, words: null, actor: officeActor, visibility: seesAll, expects: null };
  const done = await performAct(context, openLiveDesk(), emptyEstate(), wanted);
  if ('refusal' in done && done.refusal !== 'invalid') throw new Error(`What was carried out could not be recorded: ${done.reason}`);
}

function foldAlone(context: Context, origin: string): Promise<unknown> {
  return onceAlone(context, nameOfOrigin(origin), (own) => inTurn(own, () => foldOrigin(own, origin)));
}

async function removeAll(tx: WriteTx, decision: KeptDecision, removal: Removal, at: number): Promise<Extent> {
  const extent = await extentOf(tx, removal);
  const lost = new Set(removal.origins);
  // Where receipts still show one, its identity stays, so that it is known again and passed over.
  const shown = removal.components.filter((each) => !lost.has(each.origin));
  await tx.deleteComponents(removal.components.filter((each) => lost.has(each.origin)).map((each) => each.id));
  for (const { id, ref, name, origin, dir, known_at } of shown) {
    const nothing = { facts: '{}', team: null, revision: null, valid_at: null, confirmed_at: null, stale_since: null, retired_at: null };
    await tx.putComponent({ ref, name, origin, dir, known_at, ...nothing, removed: 1 });
    await tx.emptyComponents([id]);
  }
  await tx.deleteEvidence(removal.evidence.map((each) => each.id));
  for (const id of new Set(removal.evidence.map((each) => each.component_id))) {
    const left = await tx.evidenceOf(id);
    await refindComponent(tx, id, left.map(stateOf));
  }
  await tx.deleteRuleEpisodes(removal.components.map((each) => each.ref));
  await tx.deleteSbomQualities(removal.components.map((each) => each.ref));
  await tx.deleteReceipts(removal.receipts);
  for (const origin of removal.origins) await tx.deleteSource(origin);
  const readings = await tx.deleteReadings(removal.readings.map((each) => each.key));
  const named = await tx.rawsNamed([...removal.raws]);
  const kept = decision.about === 'raw' ? new Set([...named].filter((hash) => hash !== decision.subject)) : named;
  const raws = await tx.deleteRaws([...removal.raws].filter((hash) => !kept.has(hash)));
  await tx.appendChange('removed', { reload: true }, at);
  return { ...extent, readings: readings.length, bytes: raws.reduce((sum, each) => sum + each.bytes, 0) };
}

/** Names of packages that only what was removed had are gone, too. */
async function removeUnusedVersions(tx: WriteTx): Promise<void> {
  const unused = new Set<number>();
  for await (const page of tx.loadVersions()) for (const row of page) unused.add(row.id);
  for await (const page of tx.loadWholeEvidence()) {
    for (const row of page) {
      const open = unpackOpenColumns(row.open);
      for (let at = 0; at < open.count; at += 1) unused.delete(open.ids[at] ?? 0);
      for (const each of unpackClosed(row.closed)) unused.delete(each.id);
    }
  }
  if (unused.size > 0) await tx.deleteVersions([...unused]);
}

/** The sources that show what a decision is about. */
async function originsAbout(reads: StoreReads, { about, subject }: KeptDecision): Promise<readonly string[]> {
  const rows = about === 'origin' ? await reads.componentsOf(subject) : [await reads.componentByRef(subject)];
  const origins = new Set(about === 'origin' ? [subject] : []);
  for (const row of rows) if (row !== null) for (const origin of await originsOf(reads, row)) origins.add(origin);
  const known = new Set(await reads.origins());
  return [...origins].filter((origin) => known.has(origin));
}
