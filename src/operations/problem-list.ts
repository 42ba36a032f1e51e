import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { isVisibleOrigin, listedComponents, visiblePaths } from '#estate/questions/listed.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoredReceipt, StoreReads } from '#store/store.ts';
import { isOpenFeed } from './fold-feed.ts';
import { problemView, type ProblemView } from './receipt-view.ts';
import { problemsOfSource } from './source-list.ts';

/** A problem with where it was met. */
export type ProblemRowView = ProblemView & {
  readonly source: string;
  readonly origin: string;
  /** Null when it is about the source as a whole. */
  readonly component: { readonly ref: string; readonly name: string } | null;
  /** Empty when no observation was kept, as of a source that never answered. */
  readonly receipt: string;
  readonly at: string;
};

/** What could not be read: problems of each origin's latest observation and of each evidence's latest reading, of what may be seen. */
export async function problemList(reads: StoreReads, estate: Estate, visibility: Visibility): Promise<readonly ProblemRowView[]> {
  const latest = new Map((await reads.lastReceipts()).map((receipt) => [receipt.origin, receipt]));
  const rows = new Map((await reads.sources()).map((row) => [row.origin, row]));
  const views: ProblemRowView[] = [];
  for (const origin of new Set([...latest.keys(), ...rows.keys()])) {
    const [receipt, row] = [latest.get(origin), rows.get(origin)];
    const source = row?.source ?? receipt?.source ?? '';
    if (!isVisibleOrigin(estate, visibility, origin, isOpenFeed({ source }))) continue;
    const at = new Date(receipt?.confirmedAt ?? row?.last_attempt ?? 0).toISOString();
    const isSeen = visiblePaths(estate, visibility, origin);
    for (const problem of problemsOfSource(row, receipt).filter((each) => isSeen(each.path ?? null))) {
      views.push({ ...problemView(problem), source, origin, component: null, receipt: receipt?.publicId ?? '', at });
    }
  }
  for (const slot of listedComponents(estate, visibility)) views.push(...(await problemsOfComponent(reads, estate, slot, latest)));
  return views;
}

async function problemsOfComponent(
  reads: StoreReads,
  estate: Estate,
  slot: number,
  latest: ReadonlyMap<string, StoredReceipt>,
): Promise<readonly ProblemRowView[]> {
  const component = estate.components[slot];
  const views: ProblemRowView[] = [];
  for (const each of component === undefined ? [] : evidencesOf(estate, slot)) {
    const evidence = estate.evidence[each];
    if (component === undefined || evidence == null || evidence.problems === '[]') continue;
    const last = latest.get(component.origin);
    // What could not be read was met by the latest look, which is not the one that showed the evidence last.
    const receipt = evidence.stale_since === null && evidence.seen_at > 0 ? await reads.receiptBySeq(evidence.receipt) : last;
    for (const problem of storedJson(evidence.problems) as readonly Problem[]) {
      views.push({
        ...problemView({ ...problem, path: problem.path ?? evidence.path }),
        source: receipt?.source ?? '',
        origin: receipt?.origin ?? component.origin,
        component: { ref: component.ref, name: component.name },
        receipt: receipt?.publicId ?? '',
        at: new Date(receipt?.confirmedAt ?? 0).toISOString(),
      });
    }
  }
  return views;
}
