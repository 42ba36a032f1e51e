import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { packageSlotKey } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { Reported } from '#model/reading.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from './ask-estate.ts';
import { judgedAt } from './findings-meeting.ts';

/** One vulnerability in one package of a component, as two tools that run side by side see it. */
export type ComparedFinding = {
  readonly ids: readonly string[];
  /** Without version. */
  readonly package: string;
  readonly versions: readonly string[];
  readonly seenBy: 'both' | 'only-them' | 'only-us';
  /** Ours; null when it is only theirs. */
  readonly finding: string | null;
  /** Why only they have it, as far as we can tell; null otherwise. */
  readonly because: 'not-in-inventory' | 'no-advisory' | 'version-not-affected' | null;
};

/** Compares what another tool reports of a component with our open findings of it: first what only they have, then only we, then both. */
export function compareFindings(
  estate: Estate,
  visibility: Visibility,
  component: number,
  reported: readonly Reported[],
): readonly ComparedFinding[] {
  const holder = estate.components[component];
  if (holder === undefined || !isVisible(holder, visibility)) return [];
  const ours = Array.from({ length: estate.findings[component]?.group.length ?? 0 }, (_, row) => judgedAt(estate, { component, row })).flatMap(
    (each) => each ?? [],
  );
  const byPackage = Map.groupBy(ours, (each) => each.package ?? '');
  const met = new Set<string>();
  const rows = new Map<string, ComparedFinding>();
  for (const { ids, purl } of reported) {
    const named = packageOfPurl(purl);
    if (named === null) continue;
    const plain = purlOfPackage(named.ecosystem ?? '', named.name);
    const same = byPackage.get(plain)?.find((each) => each.ids.some((id) => ids.includes(id)));
    const versions = named.version === null ? [] : [named.version];
    if (same !== undefined) {
      met.add(same.id);
      rows.set(same.id, { ids: same.ids, package: plain, versions: same.versions, seenBy: 'both', finding: same.id, because: null });
    } else {
      const because = whyOnlyThem(estate, component, named, ids);
      rows.set([plain, ...versions, ...ids].join(' '), { ids, package: plain, versions, seenBy: 'only-them', finding: null, because });
    }
  }
  for (const each of ours)
    if (!met.has(each.id))
      rows.set(each.id, { ids: each.ids, package: each.package ?? '', versions: each.versions, seenBy: 'only-us', finding: each.id, because: null });
  const order = ['only-them', 'only-us', 'both'];
  const keyOf = (row: ComparedFinding) => `${String(order.indexOf(row.seenBy))} ${row.package} ${row.ids.join(' ')}`;
  return [...rows.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type Named = NonNullable<ReturnType<typeof packageOfPurl>>;

function whyOnlyThem(estate: Estate, component: number, { ecosystem, name, version }: Named, ids: readonly string[]): ComparedFinding['because'] {
  const slot = estate.packageByKey.get(packageSlotKey(ecosystem ?? '', packageKey(ecosystem ?? '', name)));
  const evidences = new Set(evidencesOf(estate, component));
  const isUsed =
    slot !== undefined &&
    versionsOf(estate, slot).some((each) => {
      if (version !== null && estate.versions[each]?.version !== version) return false;
      const from = estate.postings.startOf(each);
      return estate.postings
        .evidence()
        .subarray(from, from + estate.postings.lengthOf(each))
        .some((evidence) => evidences.has(evidence));
    });
  if (!isUsed) return 'not-in-inventory';
  return ids.some((id) => estate.groupByAnyId.has(id)) ? 'version-not-affected' : 'no-advisory';
}
