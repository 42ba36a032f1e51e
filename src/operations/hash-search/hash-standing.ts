import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { storedJson } from '#language/readers/json.ts';
import type { HashSearchTable } from '#store/schema.ts';
import { isSearched } from './searched-kinds.ts';
import type { FoundPackage } from './search-file.ts';

/** Why a file says nothing of a hash: it was not looked at yet, has no hashes of that kind, or its bytes are not there. */
export type NotSearched = 'waiting' | 'no-hashes' | 'unreadable';

/** What the files of one component say of the file that an incident is about; the first reason that stands is why not all of them could be searched. */
export type HashStanding = {
  readonly isFound: boolean;
  /** What they name it, as `name version`. */
  readonly names: readonly string[];
  readonly notSearched: NotSearched | null;
  readonly files: number;
  readonly waiting: number;
};

const reasons: readonly NotSearched[] = ['waiting', 'unreadable', 'no-hashes'];

/** What was searched of components, by rows of the search; a component without a file that shows packages cannot be searched. */
export function hashStandings(estate: Estate, rows: readonly HashSearchTable[], components: readonly number[]): ReadonlyMap<number, HashStanding> {
  const byComponent = Map.groupBy(rows, (row) => row.component);
  return new Map(
    components.map((slot) => {
      const ref = estate.components[slot]?.ref ?? '';
      return [slot, standingOf(estate, slot, byComponent.get(ref) ?? [])];
    }),
  );
}

function standingOf(estate: Estate, component: number, rows: readonly HashSearchTable[]): HashStanding {
  const names = new Set<string>();
  const why = new Set<NotSearched>();
  let [isFound, files, waiting] = [false, 0, 0];
  for (const slot of evidencesOf(estate, component)) {
    const evidence = estate.evidence[slot];
    if (evidence == null || !isSearched(evidence)) continue;
    files += 1;
    const row = rows.find((each) => each.kind === evidence.kind && each.path === evidence.path);
    if (row === undefined) {
      waiting += 1;
      why.add('waiting');
    } else if (row.outcome === 'found') {
      isFound = true;
      for (const { name, version } of storedJson(row.found) as readonly FoundPackage[]) names.add(version === null ? name : `${name} ${version}`);
    } else if (row.outcome !== 'none') why.add(row.outcome);
  }
  if (files === 0) why.add('no-hashes');
  return { isFound, names: [...names], notSearched: reasons.find((each) => why.has(each)) ?? null, files, waiting };
}
