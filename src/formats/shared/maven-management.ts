import type { MavenDependency, MavenModel } from './maven-model.ts';
import { interpolationOf, type Interpolation } from './maven-properties.ts';
import type { MavenCoordinates, MavenRepository } from './maven-repository.ts';

/** What a dependency management says of one artifact; `version` still holds `${` where it could not be filled in. */
export type Management = { readonly version: string | null; readonly scope: string | null; readonly optional: string | null };

/** The dependency management of a POM. */
export type ManagedDependencies = {
  of(groupId: string, artifactId: string, dependency: Pick<MavenDependency, 'type' | 'classifier'>): Management | null;
  /** `group:artifact:version` of the parents and BOMs that are not in the source. */
  readonly missing: readonly string[];
};

/** Imports nested past this are refused: no honest build has them. */
const maxImportDepth = 10;

/** Management of a lineage and of the BOMs it imports: what a POM says itself wins over an import, a child over its parent, the first import over later ones. */
export function managedDependencies(lineage: readonly MavenModel[], repository: MavenRepository): ManagedDependencies {
  const entries = new Map<string, Management>();
  const missing = new Set<string>();
  collect(lineage, repository, { entries, missing, seen: new Set(), depth: 0 });
  return {
    of: (groupId, artifactId, { type, classifier }) => entries.get(`${groupId}:${artifactId}:${type}:${classifier}`) ?? null,
    missing: [...missing],
  };
}

type Collecting = { readonly entries: Map<string, Management>; readonly missing: Set<string>; readonly seen: Set<string>; readonly depth: number };

function collect(lineage: readonly MavenModel[], repository: MavenRepository, collecting: Collecting): void {
  const { entries, missing, seen, depth } = collecting;
  const fill = interpolationOf(lineage);
  noteMissingParent(lineage, fill, missing);
  const imports: MavenDependency[] = [];
  for (const written of lineage.flatMap((model) => model.managed)) {
    if (written.scope === 'import' && written.type === 'pom') imports.push(written);
    else addEntry(written, fill, entries);
  }
  const boms = imports.map((written) => coordinatesOf(written, fill));
  repository.expect(
    boms.flatMap(({ wanted }) => wanted ?? []),
    lineage,
  );
  for (const { name, wanted } of boms) {
    if (seen.has(name) || depth >= maxImportDepth) continue;
    seen.add(name);
    const bom = wanted === null ? null : repository.find(wanted, lineage);
    if (bom === null) missing.add(name);
    else collect(repository.lineageOf(bom), repository, { ...collecting, depth: depth + 1 });
  }
}

/** What an import names, with its name for messages; `wanted` null when group or artifact cannot be filled in. */
function coordinatesOf(written: MavenDependency, fill: Interpolation): { readonly name: string; readonly wanted: MavenCoordinates | null } {
  const [groupId, artifactId, version] = [written.groupId, written.artifactId, written.version].map((part) => (part === null ? null : fill(part)));
  const name = `${groupId ?? written.groupId ?? ''}:${artifactId ?? written.artifactId ?? ''}:${version ?? written.version ?? ''}`;
  return { name, wanted: groupId == null || artifactId == null ? null : { groupId, artifactId, version: version ?? null } };
}

function addEntry(written: MavenDependency, fill: Interpolation, entries: Map<string, Management>): void {
  const groupId = fill(written.groupId ?? '');
  const artifactId = fill(written.artifactId ?? '');
  if (groupId === null || artifactId === null) return;
  const key = `${groupId}:${artifactId}:${written.type}:${written.classifier}`;
  if (!entries.has(key)) {
    entries.set(key, {
      version: written.version === null ? null : (fill(written.version) ?? written.version),
      scope: written.scope,
      optional: written.optional,
    });
  }
}

function noteMissingParent(lineage: readonly MavenModel[], fill: Interpolation, missing: Set<string>): void {
  const parent = lineage.at(-1)?.parent ?? null;
  if (parent === null) return;
  const parts = [parent.groupId, parent.artifactId, parent.version].map((part) => (part === null ? '' : (fill(part) ?? part)));
  missing.add(parts.join(':'));
}
