import { waysIn } from '#analysis/paths/ways-in.ts';
import { isShipped } from '#analysis/priority/priority.ts';
import { formats } from '#formats/all.ts';
import type { LicenceClaim } from '#model/licence.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadPackage } from '#model/reading.ts';
import { readFiles, type FileReport } from '../read-files.ts';
import type { AskedPackage } from '../verdicts/verdicts-for.ts';

/** One package version that files bring in, and how. */
export type BroughtIn = Required<Omit<AskedPackage, 'notes'>> & {
  readonly file: string;
  readonly direct: boolean | null;
  /** `name@version`, from what is asked for down to it; empty where nothing tells. */
  readonly path: readonly string[];
};

/** What files bring in, each package version once, in the order of the files; problems are what was not read. */
export type PackagesOfFiles = { readonly packages: readonly BroughtIn[]; readonly problems: readonly Problem[] };

/**
 * The package versions that lockfiles, folders and repositories bring in; with a `base`, a revision of the repository they lie in, only those that are not
 * there already, or only for development. Throws when a target lies in no repository and a base is given.
 */
export async function packagesOfFiles(targets: readonly string[], base: string | null): Promise<PackagesOfFiles> {
  const now = await read(targets, null);
  if (base === null) return now;
  const before = await read(targets, base);
  const shipped = new Map(before.packages.map((each) => [each.purl, !each.isDevelopment]));
  const isThere = ({ purl, isDevelopment }: BroughtIn): boolean => shipped.get(purl) === true || (isDevelopment && shipped.has(purl));
  // What cannot be read in the base makes more look new, never less; a revision that is not there makes everything.
  return { packages: now.packages.filter((each) => !isThere(each)), problems: [...now.problems, ...before.problems] };
}

async function read(targets: readonly string[], revision: string | null): Promise<PackagesOfFiles> {
  const packages = new Map<string, BroughtIn>();
  const problems: Problem[] = [];
  for await (const report of readFiles(targets, null, revision)) {
    problems.push(...report.problems.filter((problem) => problem.severity === 'error').map((problem) => ({ path: report.file, ...problem })));
    for (const each of broughtInBy(report)) {
      const known = packages.get(each.purl);
      if (known === undefined || (known.isDevelopment && !each.isDevelopment)) packages.set(each.purl, each);
    }
  }
  return { packages: [...packages.values()], problems };
}

function* broughtInBy({ file, format, packages, edges }: FileReport): Generator<BroughtIn> {
  const source = sourceOf(format);
  const wayTo = waysIn(packages, edges);
  for (const [index, each] of packages.entries()) {
    // What has no purl cannot be asked about by one, and a range without a version is no package version.
    if (each.purl === null || each.version === null) continue;
    const path = (wayTo(index) ?? []).map((at) => nameOf(packages[at]));
    const claims: readonly LicenceClaim[] = each.licences.length === 0 ? [] : [{ source, said: [...new Set(each.licences)] }];
    yield { purl: each.purl, isDevelopment: !isShipped(each.scope), claims, file, direct: each.direct, path };
  }
}

function sourceOf(format: string | null): 'lockfile' | 'manifest' | 'sbom' {
  const kind = formats.find((each) => each.id === format)?.kind;
  return kind === 'sbom' || kind === 'manifest' ? kind : 'lockfile';
}

function nameOf(each: ReadPackage | undefined): string {
  return each === undefined ? '' : `${each.name}@${each.version ?? each.range ?? ''}`;
}
