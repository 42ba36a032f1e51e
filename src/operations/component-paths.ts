import { dependencyGraph } from '#analysis/paths/dependency-graph.ts';
import { pathsTo, usualSteps } from '#analysis/paths/paths-to.ts';
import type { Estate } from '#estate/estate.ts';
import { unpackEdges } from '#language/packed/edges.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Scope } from '#model/reading.ts';
import type { EvidenceTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import { purlOfPackage } from './ask-estate.ts';
import type { EvidenceKind } from './explain-facts.ts';

/** One package version on a path. */
export type PathStep = {
  /** Without version. */
  readonly purl: string;
  readonly name: string;
  /** Null when only a range is known. */
  readonly version: string | null;
};

/** One path from what the component names itself, both ends included. */
export type DependencyPath = {
  /** The lightest scope on it: a test library's dependency is there for tests only, whatever else needs it. */
  readonly scope: Scope;
  readonly steps: readonly PathStep[];
};

/** Why one package version is in one file of a component. */
export type PathsOfUse = PathStep & {
  readonly evidence: { readonly kind: EvidenceKind; readonly path: string };
  readonly scope: Scope;
  readonly direct: boolean | null;
  /** `part`: it is a direct dependency, and whether others need it too is not told. `none`: nothing is told, which is not "no path". */
  readonly known: 'all' | 'part' | 'none';
  /** What is not known and why, or on what guess the paths rest; null when there is nothing to say. */
  readonly reason: string | null;
  /** Simple paths; null when they are unknown, at least that many where `isExact` is false. */
  readonly count: number | null;
  readonly isExact: boolean;
  /** What every path goes through on its way, from the component's side on. */
  readonly shared: readonly PathStep[];
  /** Shortest first. */
  readonly paths: readonly DependencyPath[];
};

/** Which uses are meant: a package slot, perhaps one version of it as written, and how many paths of each are listed. */
export type PathQuestion = { readonly package: number; readonly version: string | null; readonly atMost: number };

/**
 * Why a package is in a component now, use by use; empty when it is not there. The slot must be one that may be seen.
 * Edges stay on disk and are read for this component alone.
 */
export async function componentPaths(
  reads: Pick<StoreReads, 'evidenceOf'>,
  estate: Estate,
  componentSlot: number,
  question: PathQuestion,
): Promise<readonly PathsOfUse[]> {
  const component = estate.components[componentSlot];
  if (component === undefined) return [];
  const uses: PathsOfUse[] = [];
  for (const evidence of await reads.evidenceOf(component.id)) if (evidence.ended === 0) uses.push(...pathsIn(estate, evidence, question));
  return uses;
}

function pathsIn(estate: Estate, evidence: EvidenceTable, { package: packageSlot, version, atMost }: PathQuestion): readonly PathsOfUse[] {
  const open = unpackOpen(evidence.open);
  const wanted = open.filter(({ id }) => {
    const slot = estate.slots.version[id] ?? -1;
    return slot !== -1 && estate.packageOf[slot] === packageSlot && (version === null || estate.versions[slot]?.version === version);
  });
  if (wanted.length === 0) return [];
  const edges = unpackEdges(evidence.edges);
  const graph = dependencyGraph(
    edges,
    open.map(({ id, flags }) => ({ id, direct: directOf(flags) })),
  );
  const flagsOfId = new Map(open.map(({ id, flags }) => [id, flags]));
  return wanted.map(({ id, flags }) => {
    const direct = directOf(flags);
    const found = edges.length === 0 && direct !== true ? null : pathsTo(graph, id, { atMost, stepsAtMost: usualSteps });
    const known = found === null || found.count === 0 ? 'none' : edges.length === 0 ? 'part' : 'all';
    return {
      ...stepOf(estate, id),
      evidence: { kind: evidence.kind as EvidenceKind, path: evidence.path },
      scope: scopeOf(flags),
      direct,
      known,
      reason: reasonOf(known, edges.length > 0, graph.startsGuessed),
      count: found === null || known === 'none' ? null : found.count,
      isExact: known === 'all' && found !== null && found.isExact,
      shared: (found?.shared ?? []).map((each) => stepOf(estate, each)),
      paths: inOrder(
        (found?.paths ?? []).map((path) => ({
          weight: Math.max(...path.map((each) => (flagsOfId.get(each) ?? 0) & 7)),
          steps: path.map((each) => stepOf(estate, each)),
        })),
      ),
    };
  });
}

/** Shortest first, then the weightiest scope, then by name: interned ids differ from store to store. */
function inOrder(paths: readonly { readonly weight: number; readonly steps: readonly PathStep[] }[]): readonly DependencyPath[] {
  const nameOf = (steps: readonly PathStep[]): string => steps.map(({ purl, version }) => `${purl}@${version ?? ''}`).join(' ');
  return paths
    .toSorted((a, b) => a.steps.length - b.steps.length || a.weight - b.weight || (nameOf(a.steps) < nameOf(b.steps) ? -1 : 1))
    .map(({ weight, steps }) => ({ scope: scopeOf(weight), steps }));
}

function reasonOf(known: PathsOfUse['known'], hasEdges: boolean, startsGuessed: boolean): string | null {
  if (known === 'part') return 'It is a direct dependency. The file does not tell which package needs which, so there may be further paths.';
  if (known === 'none')
    return hasEdges
      ? 'The file tells which package needs which, but nothing in it leads here. The paths are unknown.'
      : 'The file does not tell which package needs which. The paths are unknown.';
  return startsGuessed ? 'The file does not tell what is direct: paths begin at what nothing else in it needs.' : null;
}

/** One package version by natural keys. */
export function stepOf(estate: Estate, versionId: number): PathStep {
  const slot = estate.slots.version[versionId] ?? -1;
  const holder = estate.packages[estate.packageOf[slot] ?? -1];
  const version = estate.versions[slot]?.version ?? '';
  return { purl: purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? '?'), name: holder?.name ?? '?', version: version === '' ? null : version };
}
