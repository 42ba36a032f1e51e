import { emptyIndex, matchesOf, putAdvisory, type AdvisoryIndex, type Match } from '#analysis/advisories/advisory-index.ts';
import type { Store } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';

/** The advisory store ready to be asked about any package version, in use or not. */
export type MatchDesk = {
  /** Records that affect the version, or may, and every id of their groups that a record of ours bears, sorted. */
  match(ecosystem: string, name: string, version: string): { readonly ids: readonly string[]; readonly matches: readonly Match[] };
};

/** Loads the index of all standing records. */
export async function openMatchDesk(store: Store): Promise<MatchDesk> {
  const index: AdvisoryIndex = emptyIndex();
  const groupOf = new Map<string, string>();
  const membersOf = new Map<string, string[]>();
  for await (const page of store.loadAdvisories()) {
    for (const row of page) {
      const affected = advisoryBodyOf(row).versions.at(-1)?.affected ?? [];
      putAdvisory(index, { id: row.record, withdrawn: row.withdrawn, affected });
      groupOf.set(row.record, row.group_key);
      const members = membersOf.get(row.group_key);
      if (members === undefined) membersOf.set(row.group_key, [row.record]);
      else members.push(row.record);
    }
  }
  return {
    match(ecosystem, name, version) {
      const matches = matchesOf(index, ecosystem, name, version);
      const hits = matches.filter((each) => each.kind === 'affected');
      const ids = new Set(hits.flatMap((each) => membersOf.get(groupOf.get(each.recordId) ?? '') ?? [each.recordId]));
      return { ids: [...ids].sort(), matches };
    },
  };
}
