import { artifactHashText, readArtifactHash, type HashAlgorithm } from '#language/artifact-hash.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey, normalForm } from '#language/spdx/normal-form.ts';
import { conflictKinds, conflictWeights, type SourceConflict } from '#model/source-conflict.ts';

/** One package version as one source of a component shows it. */
export type SourcedPackage = {
  /** Purl without version, or another lasting name. */
  readonly identity: string;
  readonly name: string;
  /** Null: unresolved. */
  readonly version: string | null;
  readonly isDevelopment: boolean;
  /** As written; empty: the source does not say. */
  readonly licences: readonly string[];
  /** As written; empty: the source does not say. */
  readonly hashes: readonly string[];
  /** An algorithm of which it has a hash that is none of those that the other sources give; absent when it has none. */
  readonly unlike?: HashAlgorithm;
};

/** What one lockfile, manifest, SBOM or image says that a component contains. */
export type SourceOfPackages = {
  readonly kind: string;
  readonly path: string;
  readonly packages: readonly SourcedPackage[];
};

/**
 * Where sources of one component disagree, the worst first, then by name. Sources that say nothing at all are passed over, and so is a source of which no
 * package is of an ecosystem: a lockfile of npm says nothing of what a Python SBOM lists.
 */
export function sourceConflicts(sources: readonly SourceOfPackages[]): readonly SourceConflict[] {
  const indexed = sources.filter(({ packages }) => packages.length > 0).map(indexOf);
  if (indexed.length < 2) return [];
  const identities = new Map<string, string>();
  for (const { packages } of indexed) for (const each of packages) if (!identities.has(each.identity)) identities.set(each.identity, each.name);
  const conflicts: SourceConflict[] = [];
  for (const [identity, name] of identities) {
    const scope = ecosystemOf(identity);
    const speaking = indexed.filter(({ ecosystems }) => ecosystems.has(scope));
    if (speaking.length > 1) conflicts.push(...conflictsOf({ identity, name }, speaking));
  }
  return conflicts.sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

type Indexed = SourceOfPackages & { readonly byIdentity: ReadonlyMap<string, readonly SourcedPackage[]>; readonly ecosystems: ReadonlySet<string> };
type Named = { readonly identity: string; readonly name: string };
type Said = { readonly source: Indexed; readonly packages: readonly SourcedPackage[] };

function rankOf({ weight, kind }: SourceConflict): number {
  return conflictWeights.indexOf(weight) * conflictKinds.length + conflictKinds.indexOf(kind);
}

function indexOf(source: SourceOfPackages): Indexed {
  return {
    ...source,
    byIdentity: Map.groupBy(source.packages, ({ identity }) => identity),
    ecosystems: new Set(source.packages.map(({ identity }) => ecosystemOf(identity))),
  };
}

/** `pkg:npm` of a purl; what stands before the colon of other names. */
function ecosystemOf(identity: string): string {
  return identity.startsWith('pkg:') ? identity.slice(0, identity.indexOf('/')) : identity.slice(0, identity.indexOf(':'));
}

function conflictsOf(named: Named, sources: readonly Indexed[]): readonly SourceConflict[] {
  const said = sources.map((source): Said => ({ source, packages: source.byIdentity.get(named.identity) ?? [] }));
  const having = said.filter(({ packages }) => packages.length > 0);
  return [
    ...(having.length < said.length ? [missing(named, said, having)] : []),
    ...(having.length > 1 ? [...versions(named, having), ...hashes(named, having), ...licences(named, having), ...scopes(named, having)] : []),
  ];
}

function missing(named: Named, said: readonly Said[], having: readonly Said[]): SourceConflict {
  const lacking = said.filter(({ packages }) => packages.length === 0);
  const sides = sidesOf(said, ({ packages }) => (packages.length === 0 ? null : versionsText(packages)));
  const isDevelopment = having.every(({ packages }) => packages.every((each) => each.isDevelopment));
  const lackedBy = [...new Set(lacking.map(({ source }) => source.kind))];
  const base = { kind: 'missing', ...named, sides } as const;
  if (isDevelopment && lackedBy.every((kind) => kind === 'image' || kind === 'sbom'))
    return { ...base, weight: 'expected', because: 'It is used for development only, so that it is not in what is delivered.' };
  if (lackedBy.every((kind) => kind === 'manifest'))
    return { ...base, weight: 'expected', because: 'A manifest names only what the component asks for itself; the rest is resolved.' };
  if (lackedBy.every((kind) => kind === 'lockfile') && having.every(({ source }) => source.kind === 'image'))
    return { ...base, weight: 'expected', because: 'An image also holds what its base image and build put there.' };
  if (lackedBy.every((kind) => kind === 'lockfile'))
    return { ...base, weight: 'doubtful', because: 'It is in what was built or delivered, and no lockfile says that it was to be.' };
  return { ...base, weight: 'doubtful', because: `${lackedBy.join(' and ')} should have it and does not: it is incomplete, or of another state.` };
}

/** Other versions in one source are no conflict: nested second versions are common. */
function versions(named: Named, having: readonly Said[]): readonly SourceConflict[] {
  const resolved = having.filter(({ packages }) => packages.some(({ version }) => version !== null));
  if (agree(resolved.map(({ packages }) => versionsText(packages.filter(({ version }) => version !== null))))) return [];
  const because = 'Each is of another state, or one of them is wrong; every version is judged.';
  return [{ kind: 'version', weight: 'doubtful', ...named, sides: sidesOf(resolved, ({ packages }) => versionsText(packages)), because }];
}

/** Compared for one version and one algorithm at a time: a hash of another algorithm says nothing. */
function hashes(named: Named, having: readonly Said[]): readonly SourceConflict[] {
  const all = [...new Set(having.flatMap(({ packages }) => packages.flatMap(({ version }) => version ?? [])))];
  return all.flatMap((version): readonly SourceConflict[] => {
    const read = having.map(({ source, packages }) => ({
      source,
      packages,
      hashes: packages.filter((each) => each.version === version).flatMap(hashTexts),
    }));
    for (const algorithm of ['sha512', 'sha256', 'sha1']) {
      const of = read
        .map((each) => ({ ...each, hashes: each.hashes.filter((text) => text.startsWith(`${algorithm}:`)) }))
        .filter((each) => each.hashes.length > 0);
      // A package has several artifacts (wheels of many platforms): sources disagree only where none is the same.
      const [first, ...others] = of;
      if (first === undefined || others.every((other) => other.hashes.some((text) => first.hashes.includes(text)))) continue;
      const because = `Other bytes bear the name ${named.name} ${version}: one was rebuilt, repackaged or replaced. Find out which before it is used.`;
      const sides = of.map(({ source, hashes: texts }) => ({ kind: source.kind, path: source.path, says: texts.join(', ') }));
      return [{ kind: 'hash', weight: 'serious', ...named, sides, because }];
    }
    return [];
  });
}

function hashTexts({ hashes: written, unlike }: SourcedPackage): readonly string[] {
  const read = written.flatMap((text) => {
    const hash = readArtifactHash(text);
    return hash === null ? [] : [artifactHashText(hash)];
  });
  return unlike === undefined ? read : [...read, `${unlike}:another`];
}

function licences(named: Named, having: readonly Said[]): readonly SourceConflict[] {
  const saying = having.filter(({ packages }) => packages.some((each) => each.licences.length > 0));
  const all = [...new Set(saying.flatMap(({ packages }) => packages.flatMap(({ version }) => version ?? [])))];
  return all.flatMap((version): readonly SourceConflict[] => {
    const of = saying
      .map(({ source, packages }) => ({ source, packages: packages.filter((each) => each.version === version && each.licences.length > 0) }))
      .filter(({ packages }) => packages.length > 0);
    if (agree(of.map(({ packages }) => licenceKey(packages)))) return [];
    const sides = sidesOf(of, ({ packages }) => [...new Set(packages.flatMap((each) => each.licences))].sort().join(', '));
    const because = `They say different licences of ${version}; until somebody concludes, both are to be met.`;
    return [{ kind: 'licence', weight: 'doubtful', ...named, sides, because }];
  });
}

function licenceKey(packages: readonly SourcedPackage[]): string {
  const texts = packages
    .flatMap((each) => each.licences)
    .map((text) => {
      const read = parseExpression(text);
      return read.ok ? expressionKey(normalForm(read.expression)) : text.trim().toLowerCase();
    });
  return [...new Set(texts)].sort().join(', ');
}

function scopes(named: Named, having: readonly Said[]): readonly SourceConflict[] {
  const scopeOf = ({ packages }: Said): string => (packages.every((each) => each.isDevelopment) ? 'development' : 'runtime');
  if (agree(having.map(scopeOf))) return [];
  const delivered = having.filter(({ source }) => source.kind === 'image');
  const because =
    delivered.length > 0 && having.some((each) => each.source.kind === 'lockfile' && scopeOf(each) === 'development')
      ? 'It is meant for development only and is delivered all the same: the image holds more than it needs.'
      : 'One says that it is for development only; what is not is judged as delivered.';
  return [{ kind: 'scope', weight: 'doubtful', ...named, sides: sidesOf(having, scopeOf), because }];
}

function sidesOf(said: readonly Said[], says: (said: Said) => string | null): SourceConflict['sides'] {
  return said.map((each) => ({ kind: each.source.kind, path: each.source.path, says: says(each) }));
}

function versionsText(packages: readonly SourcedPackage[]): string {
  return [...new Set(packages.map(({ version }) => version ?? 'unresolved'))].sort().join(', ');
}

function agree(values: readonly string[]): boolean {
  return new Set(values).size < 2;
}
