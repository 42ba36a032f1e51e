import type { FileFacts } from '#analysis/rule.ts';
import { judgedComponents } from './judged-components.ts';
import { sbomKey, type Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { storedJson } from '#language/readers/json.ts';
import type { NamedCount, Supply } from '#model/supply.ts';
import type { Visibility } from '#model/visibility.ts';

const noRanges: NamedCount = { count: 0, some: [] };

/** A file with its component and the UTC day since when it is as it is. */
export type JudgedFile = { readonly component: number; readonly since: number; readonly facts: FileFacts };

/** What the files of every component that may be seen say of what is to be taken. */
export function* fileFactsOf(estate: Estate, visibility: Visibility): Generator<JudgedFile> {
  const ranges = rangesByEvidence(estate);
  for (const component of judgedComponents(estate, visibility)) {
    for (const slot of evidencesOf(estate, component)) {
      const evidence = estate.evidence[slot];
      if (evidence == null) continue;
      const { path, kind, count } = evidence;
      if (kind !== 'lockfile' && kind !== 'manifest' && kind !== 'sbom') continue;
      const facts: FileFacts = {
        path,
        kind,
        entries: count,
        ranges: ranges.get(slot) ?? noRanges,
        supply: storedJson(evidence.supply) as Supply | null,
        owner: estate.components[component]?.team ?? null,
        sbom: kind === 'sbom' ? (estate.sboms.get(sbomKey(estate.components[component]?.ref ?? '', path)) ?? null) : null,
      };
      yield { component, since: Math.floor(evidence.valid_at / 86_400_000), facts };
    }
  }
}

/** Names of packages of which an evidence gives a range only. */
function rangesByEvidence(estate: Estate): ReadonlyMap<number, NamedCount> {
  const names = new Map<number, string[]>();
  const { postings } = estate;
  estate.versions.forEach(({ version }, slot) => {
    if (version !== '') return;
    const name = estate.packages[estate.packageOf[slot] ?? 0]?.name ?? '';
    const from = postings.startOf(slot);
    for (const evidence of postings.evidence().subarray(from, from + postings.lengthOf(slot))) {
      const known = names.get(evidence);
      if (known === undefined) names.set(evidence, [name]);
      else known.push(name);
    }
  });
  return new Map([...names].map(([slot, each]) => [slot, { count: each.length, some: [...new Set(each)].sort().slice(0, 3) }]));
}
