import { waysIn } from '#analysis/paths/ways-in.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { unpackEdges } from '#language/packed/edges.ts';
import { directOf } from '#language/packed/flags.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { StoreReads } from '#store/store.ts';
import { stepOf } from '../component-paths.ts';

/**
 * Why package versions are in a component now, by purl as asked: `name@version` from what the component names itself down to it, by the shortest way that any
 * of its files tells. Those that are not in it, or come in by a way that no file tells, are absent. The component must be one that may be seen.
 */
export async function waysInto(
  reads: Pick<StoreReads, 'evidenceOf'>,
  estate: Estate,
  componentSlot: number,
  purls: Iterable<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = wantedVersions(estate, purls);
  const ways = new Map<string, readonly string[]>();
  const component = estate.components[componentSlot];
  if (component === undefined || wanted.size === 0) return ways;
  for (const evidence of await reads.evidenceOf(component.id)) {
    if (evidence.ended !== 0) continue;
    const open = unpackOpen(evidence.open);
    const at = new Map(open.map(({ id }, index) => [id, index]));
    const edges = unpackEdges(evidence.edges).flatMap(([from, to]) => {
      const [user, used] = [at.get(from), at.get(to)];
      return user === undefined || used === undefined ? [] : [[user, used] as const];
    });
    const wayTo = waysIn(
      open.map(({ flags }) => ({ direct: directOf(flags) })),
      edges,
    );
    for (const [index, { id }] of open.entries()) {
      const purl = wanted.get(estate.slots.version[id] ?? -1);
      const way = purl === undefined ? null : wayTo(index);
      if (purl === undefined || way === null || way.length >= (ways.get(purl)?.length ?? Infinity)) continue;
      ways.set(
        purl,
        way.map((step) => nameOf(estate, open[step]?.id ?? -1)),
      );
    }
  }
  return ways;
}

function wantedVersions(estate: Estate, purls: Iterable<string>): ReadonlyMap<number, string> {
  const wanted = new Map<number, string>();
  for (const purl of purls) {
    const parts = packageOfPurl(purl);
    const ecosystem = parts?.ecosystem ?? '';
    const slot = parts === null ? undefined : estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name)));
    if (parts === null || slot === undefined) continue;
    for (const version of versionsOf(estate, slot)) if (estate.versions[version]?.version === parts.version) wanted.set(version, purl);
  }
  return wanted;
}

function nameOf(estate: Estate, id: number): string {
  const { name, version } = stepOf(estate, id);
  return version === null ? name : `${name}@${version}`;
}
