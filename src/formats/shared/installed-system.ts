import type { Neighbours } from '#model/format.ts';
import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import { distributionBeside, distributionPackage, sayUnknownRelease, type Distribution } from './os-release.ts';
import { packageList } from './package-list.ts';
import type { ProblemLog } from './problem-log.ts';
import { withSourcePackages, type SourcePackage } from './source-packages.ts';

/** One installed package as the database of a distribution describes it. */
export type InstalledPackage = {
  readonly name: string;
  readonly version: string;
  readonly licences: readonly string[];
  readonly source: SourcePackage | null;
  /** What it can be asked for by, beside its name. */
  readonly provides: readonly string[];
  /** What it needs: of each list the first that is there. */
  readonly needs: readonly (readonly string[])[];
  readonly direct?: boolean;
};

/**
 * The reading of a database of installed packages below `root`: packages of the release that os-release names, an edge to whatever provides what one
 * needs, and the source packages (`source-packages.ts`).
 */
export function installedSystem(
  installed: readonly InstalledPackage[],
  {
    type,
    root,
    neighbours,
    log,
  }: { readonly type: Distribution['type']; readonly root: string; readonly neighbours: Neighbours; readonly log: ProblemLog },
): ReadingResult {
  if (installed.length === 0) return { packages: [], edges: [], problems: log.problems() };
  const distribution = distributionBeside(neighbours, root, type);
  sayUnknownRelease(distribution, log);
  return inventoryOf(installed, (name, version, more) => distributionPackage(distribution, name, version, more), log);
}

/** The same with packages made otherwise than by the release. */
export function inventoryOf(
  installed: readonly InstalledPackage[],
  make: (name: string, version: string, more: Partial<ReadPackage>) => ReadPackage,
  log: ProblemLog,
): ReadingResult {
  const list = packageList();
  const sources: (SourcePackage | null)[] = [];
  const provided = new Map<string, number>();
  const indexes = installed.map((each) => {
    const more = { licences: each.licences, ...(each.direct === undefined ? {} : { direct: each.direct }) };
    const index = list.add(`${each.name} ${each.version}`, make(each.name, each.version, more));
    sources[index] ??= each.source;
    for (const name of [each.name, ...each.provides]) if (!provided.has(name)) provided.set(name, index);
    return index;
  });
  for (const [at, each] of installed.entries()) {
    for (const names of each.needs) {
      const used = names.map((name) => provided.get(name)).find((index) => index !== undefined);
      if (used !== undefined) list.link(indexes[at] ?? 0, used);
    }
  }
  return { ...withSourcePackages(list.packages(), list.edges(), sources), problems: log.problems() };
}

/** What stands before the place of a database in its path: empty, or a folder with `/` at its end. */
export function rootBefore(path: string, place: RegExp): string {
  const found = place.exec(path);
  return found === null ? '' : path.slice(0, found.index + (found[0].startsWith('/') ? 1 : 0));
}
