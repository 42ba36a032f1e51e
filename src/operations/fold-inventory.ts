import { isOfOneFile } from '#model/receipt.ts';
import { endRetired } from '#analysis/fold/end-retired.ts';
import { comesLast, observe, unseen, type EvidenceState } from '#analysis/fold/fold-evidence.ts';
import { supplyOf } from '#analysis/supply/supply-of.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { packClosed, unpackClosed } from '#language/packed/closed-segments.ts';
import { packEdges } from '#language/packed/edges.ts';
import { packOpen, unpackOpen } from '#language/packed/open-occurrences.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { EvidenceTable, ReadingTable } from '#store/schema.ts';
import type { WriteTx } from '#store/store.ts';
import { noteHosts } from './note-hosts.ts';
import { foldPast, type LastShown, type OriginPast } from './origin-past.ts';
import { internedIn, observationOf, type EvidencePlace, type Interned, type Seen } from './seen-receipt.ts';

/** An evidence after the fold: its state, the same ready to be stored, and what its last reading could not read. */
export type FoldedEvidence = {
  readonly state: EvidenceState;
  readonly row: Omit<EvidenceTable, 'id' | 'component_id'>;
  readonly problems: readonly Problem[];
};

/** What an evidence is folded from: a receipt and, where that is not a step at the end or `whole` asks for it, the past of its origin. */
export type FoldedFrom = {
  readonly seen: Seen;
  readonly past: () => Promise<OriginPast>;
  readonly whole: boolean;
  /** When its component was retired, Unix milliseconds; null while it lives. */
  readonly retiredAt: number | null;
};

/** Folds what a receipt shows of one evidence into its stored inventory `before` (null: there was none). */
export async function foldInventory(
  tx: WriteTx,
  { seen, past, whole, retiredAt }: FoldedFrom,
  place: EvidencePlace,
  before: EvidenceTable | null,
): Promise<FoldedEvidence> {
  const readings = seen.readings.get(place.path) ?? [];
  const state = before === null ? unseen : stateOf(before);
  const interned: Interned[] = [];
  for (const reading of readings) interned.push(unchanged(seen, before, readings) ?? (await internedIn(tx, reading, place.kind)));
  const next = observationOf(seen, place, readings, interned);
  // More than one reading may mean that older receipts are now read better, too: then nothing less than the whole fold is right.
  const isStep = !whole && comesLast(state, next) && readings.length <= 1;
  const shownNow: LastShown | null = next.state === 'read' ? { readings, interned: interned.at(-1) ?? null } : null;
  const { after: alive, last } = isStep ? { after: observe(state, next), last: shownNow } : await foldPast(tx, await past(), place);
  const after = retiredAt === null ? alive : endRetired(alive, retiredAt);
  if (last?.interned?.result != null) await noteHosts(tx, last.interned.result);
  const problems = retiredAt === null ? (problemsOf(seen, place, interned.at(-1)) ?? storedProblems(before)) : [];
  const row: FoldedEvidence['row'] = {
    kind: place.kind,
    path: place.path,
    format: (last?.readings ?? readings).at(-1)?.format ?? before?.format ?? (place.format === '' ? null : place.format),
    open: packOpen([...after.open.values()].sort((a, b) => a.id - b.id)),
    closed: packClosed(after.closed),
    edges: after.ended ? packEdges([]) : (edgesOf(last) ?? before?.edges ?? packEdges([])),
    receipt: after.last?.seq ?? seen.receipt.seq,
    valid_at: after.last?.validAt ?? next.validAt,
    seen_at: after.seenAt ?? 0,
    ended: after.ended ? 1 : 0,
    stale_since: after.staleSince,
    problems: canonicalJson(problems),
    supply: supplyText(last) ?? before?.supply ?? 'null',
    fold_key: last === null ? (before?.fold_key ?? '') : last.readings.map((reading) => reading.key).join(' '),
  };
  return { state: after, row, problems };
}

/** The same single reading as last time says what is stored already: nothing is decoded or interned again. A file sent alone carries its own date, so it is. */
function unchanged(seen: Seen, before: EvidenceTable | null, readings: readonly ReadingTable[]): Interned | null {
  if (isOfOneFile(seen.receipt.source)) return null;
  if (before === null || before.ended === 1 || readings.length !== 1 || before.fold_key !== readings[0]?.key) return null;
  const items = new Map(unpackOpen(before.open).map((each) => [each.id, each.flags]));
  return { result: null, problems: storedProblems(before), items, edges: null };
}

function supplyText(last: LastShown | null): string | null {
  const result = last?.interned?.result ?? null;
  return result === null ? null : canonicalJson(supplyOf(result.packages));
}

function edgesOf(last: LastShown | null): Uint8Array | null {
  const edges = last?.interned?.edges ?? null;
  return edges === null ? null : packEdges(edges);
}

/** Null when the receipt says nothing of the evidence: then what was said of it last stands. */
function problemsOf(seen: Seen, place: EvidencePlace, interned: Interned | undefined): readonly Problem[] | null {
  if (interned !== undefined) return interned.problems;
  const entry = seen.tree.find((each) => each.path === place.path);
  return entry?.state === 'unreadable' ? [entry.problem] : seen.receipt.outcome === 'failed' ? null : [];
}

function storedProblems(before: EvidenceTable | null): readonly Problem[] {
  return before === null ? [] : (storedJson(before.problems) as readonly Problem[]);
}

/** The state of the fold that a stored evidence holds. */
export function stateOf(row: EvidenceTable): EvidenceState {
  const hasLast = row.seen_at > 0;
  return {
    open: new Map(unpackOpen(row.open).map((each) => [each.id, each])),
    closed: unpackClosed(row.closed),
    last: hasLast ? { seq: row.receipt, validAt: row.valid_at } : null,
    seenAt: hasLast ? row.seen_at : null,
    ended: row.ended === 1,
    staleSince: row.stale_since,
  };
}
