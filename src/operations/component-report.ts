import { storedJson } from '#language/readers/json.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Problem } from '#model/problem.ts';
import type { Store, StoreReads } from '#store/store.ts';

/** One component as `scan` prints it. `packages` counts different package versions, `findings` open ones. */
export type ComponentReport = {
  readonly ref: string;
  readonly name: string;
  readonly source: string;
  readonly revision: string | null;
  readonly team: string | null;
  readonly packages: number;
  readonly findings: number;
  readonly problems: readonly Problem[];
  /** ISO 8601; null when it is fresh. */
  readonly staleSince: string | null;
};

/** The components of some origins that show anything, by ref. */
export async function componentReports(store: Store, origins: readonly string[]): Promise<readonly ComponentReport[]> {
  return store.snapshot(async (reads) => {
    const reports: ComponentReport[] = [];
    for (const origin of new Set(origins)) {
      for (const row of await reads.componentsOf(origin)) {
        const live = (await reads.evidenceOf(row.id)).filter((each) => each.ended === 0);
        if (live.length === 0) continue;
        reports.push({
          ref: row.ref,
          name: row.name,
          source: row.origin,
          revision: row.revision,
          team: row.team,
          packages: new Set(live.flatMap((each) => unpackOpen(each.open).map((one) => one.id))).size,
          findings: await openFindings(reads, row.id),
          problems: live.flatMap((each) => storedJson(each.problems) as readonly Problem[]),
          staleSince: row.stale_since === null ? null : new Date(row.stale_since).toISOString(),
        });
      }
    }
    return reports.sort((a, b) => (a.ref < b.ref ? -1 : 1));
  });
}

async function openFindings(reads: StoreReads, componentId: number): Promise<number> {
  let count = 0;
  for await (const page of reads.loadFindingPacks({ componentIds: [componentId] }))
    for (const pack of page) count += unpackEpisodes(pack.open).length;
  return count;
}
