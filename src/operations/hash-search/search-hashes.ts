import { isOfOneFile } from '#model/receipt.ts';
import { emptyEstate } from '#estate/estate.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Incident } from '#desk/incidents/incidents.ts';
import { seesAll } from '#model/visibility.ts';
import type { HashSearchTable } from '#store/schema.ts';
import type { OpenEvidence, StoredReceipt } from '#store/store.ts';
import { afterAct } from '../after-act.ts';
import type { Context } from '../context.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { officeActor } from '../office-actor.ts';
import { performAct } from '../perform-act.ts';
import { isSearched } from './searched-kinds.ts';
import { searchFile, type FoundPackage } from './search-file.ts';

const filesAtOnce = 100;
const foundAtOnce = 1000;

/**
 * Searches what is in use for the files of open incidents: every evidence that was not searched yet, or shows something else now. What was found is kept a
 * hundred files at a time, so that one that is broken off goes on there; `mayGoOn` throws to break it off, and an incident that is closed is not searched
 * for any longer. Gives how many files were searched.
 */
export async function searchHashes(context: Context, mayGoOn: () => void): Promise<number> {
  const desk = openLiveDesk();
  const open = [...(await desk.catchUp(context.store)).incidents.values()].filter((each) => each.closed === null && each.hashes.length > 0);
  let searched = 0;
  for (const incident of open) {
    const isOpen = async (): Promise<boolean> => (await desk.catchUp(context.store)).incidents.get(incident.id)?.closed === null;
    searched += await searchFor(context, incident, mayGoOn, isOpen);
  }
  return searched;
}

async function searchFor(context: Context, incident: Incident, mayGoOn: () => void, isOpen: () => Promise<boolean>): Promise<number> {
  const { store } = context;
  const known = new Map((await store.hashSearches(incident.id)).map((row) => [keyOf(row), row]));
  const refs = new Map<number, string>();
  for await (const page of store.loadComponents()) for (const row of page) refs.set(row.id, row.ref);
  const treeOf = lastTree(context);
  const there = new Set<string>();
  let waiting: HashSearchTable[] = [];
  let searched = 0;
  for await (const page of store.loadEvidence()) {
    for (const evidence of page) {
      const component = refs.get(evidence.component_id);
      if (component === undefined || !isSearched(evidence)) continue;
      const key = keyOf({ component, kind: evidence.kind, path: evidence.path });
      there.add(key);
      const before = known.get(key);
      if (before !== undefined && before.searched_at >= evidence.seen_at && before.raw !== '') continue;
      await mayGoOnOr(mayGoOn, () => keep(context, incident, waiting));
      const row = await searchEvidence(context, incident, { component, evidence, before, treeOf });
      if (row === null) continue;
      searched += 1;
      waiting.push(row);
      if (waiting.length < filesAtOnce) continue;
      await keep(context, incident, waiting);
      waiting = [];
      if (!(await isOpen())) return searched;
    }
  }
  await keep(context, incident, waiting);
  const gone = [...known].filter(([key]) => !there.has(key)).map(([, row]) => row);
  if (gone.length > 0) await store.write((tx) => tx.deleteHashSearches(gone));
  return searched;
}

/** Keeps what was found before it is broken off. */
async function mayGoOnOr(mayGoOn: () => void, keepFirst: () => Promise<void>): Promise<void> {
  try {
    mayGoOn();
  } catch (error) {
    await keepFirst();
    throw error;
  }
}

type One = {
  readonly component: string;
  readonly evidence: OpenEvidence;
  readonly before: HashSearchTable | undefined;
  readonly treeOf: TreeOf;
};

/** Null when nothing is to be kept: the same bytes were searched before. */
async function searchEvidence(context: Context, incident: Incident, { component, evidence, before, treeOf }: One): Promise<HashSearchTable | null> {
  const { kind, path, format } = evidence;
  const seen = await treeOf(evidence.receipt);
  const entry = seen?.tree.find((each) => each.path === path) ?? (seen?.isOneFile === true ? seen.tree[0] : undefined);
  const place = { incident: incident.id, component, kind, path, searched_at: context.clock() };
  if (seen === null || entry?.state !== 'read')
    return before?.outcome === 'unreadable' ? null : { ...place, raw: '', outcome: 'unreadable', found: '[]' };
  const raw = entry.hash;
  if (before?.raw === raw) return { ...before, searched_at: place.searched_at };
  const { outcome, found } = await searchFile(context, { path: entry.path, format, raw, tree: seen.tree }, incident.hashes);
  return { ...place, raw, outcome, found: canonicalJson(found) };
}

type TreeOf = (receipt: number) => Promise<{ readonly tree: Awaited<ReturnType<Context['store']['treeOf']>>; readonly isOneFile: boolean } | null>;

/** The tree of a receipt; the last is remembered, since evidences of one receipt come together. */
function lastTree({ store }: Context): TreeOf {
  let last: { readonly seq: number; readonly seen: Awaited<ReturnType<TreeOf>> } | null = null;
  return async (seq) => {
    if (last?.seq === seq) return last.seen;
    const receipt: StoredReceipt | null = await store.receiptBySeq(seq);
    const isOneFile = receipt != null && isOfOneFile(receipt.source);
    const seen = receipt === null ? null : { tree: await store.treeOf(receipt), isOneFile };
    last = { seq, seen };
    return seen;
  };
}

/** Keeps what was found, and says what is new of it in the ledger, from which it becomes the incident's advisory. */
async function keep(context: Context, incident: Incident, rows: readonly HashSearchTable[]): Promise<void> {
  if (rows.length === 0) return;
  const found = new Map<string, { readonly hash: string; readonly package: string; readonly version: string }>();
  for (const row of rows) {
    for (const { hash, purl, version } of storedJson(row.found) as readonly FoundPackage[])
      if (purl !== null && version !== null) found.set(`${hash} ${purl} ${version}`, { hash, package: purl, version });
  }
  if (found.size > 0) await report(context, incident, [...found.values()].slice(0, foundAtOnce));
  // Kept last: broken off before, the files are searched again and what was said is not said twice.
  await context.store.write((tx) => tx.putHashSearches(rows));
}

async function report(context: Context, { id }: Incident, found: readonly object[]): Promise<void> {
  const kind = actKindOf('report-hash-found');
  if (kind === undefined) throw new Error('The act report-hash-found is not in this build.');
  const wanted = { kind, body: { incident: id, found }, words: null, actor: officeActor, visibility: seesAll, expects: null };
  const desk = openLiveDesk();
  const done = await performAct(context, desk, emptyEstate(), wanted);
  if (!('refusal' in done)) await afterAct(context, desk.desk, kind.id);
  else if (done.refusal !== 'invalid') throw new Error(`What the search found could not be recorded: ${done.reason}`);
}

function keyOf({ component, kind, path }: Pick<HashSearchTable, 'component' | 'kind' | 'path'>): string {
  return [component, kind, path].join('\0');
}
