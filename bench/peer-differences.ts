import type { Found } from './peer-tools.ts';

/** One file of a repository as we read it, whether or not it counts. */
export type OurFile = {
  readonly path: string;
  readonly format: string;
  /** Counted; a manifest whose lockfile speaks for it; or in a folder of test material. Only the first is part of what we found. */
  readonly standing: 'counted' | 'covered' | 'test-material';
  readonly packages: readonly OurPackage[];
};

export type OurPackage = { readonly ecosystem: string | null; readonly name: string; readonly version: string | null; readonly scope: string };

/** What we know of a repository: its files, and the names that its own manifests give themselves. */
export type OurView = { readonly files: readonly OurFile[]; readonly own: ReadonlySet<string> };

/** A package version that only one of the two found; `cause` is null when nothing known explains it. */
export type Difference = Found & { readonly only: 'ours' | 'peer'; readonly cause: Cause | null };

/** Why a difference is there, as a sentence for the table. */
export const causes = {
  'own-package': 'the peer lists the project or a member of its workspace as a package; we give it as the component, not as something used',
  actions: 'the peer lists what GitHub workflows use; no format of ours reads workflows yet',
  'other-file': 'the peer found it in a kind of file that no format of ours reads',
  'test-material': 'it lies in test material (testdata, fixtures, vendor, examples …), which we list and do not count',
  'covered-manifest': 'the peer reads a manifest beside or below its lockfile; we take the version that the lockfile says',
  'peer-names-no-version': 'the peer names the package without a version; we list it with its version, or as unresolved with its range',
  'range-as-version': 'the peer takes a range, or its lower bound, for a version; we list the package as unresolved with its range',
  'peer-reads-no-such-file': 'the peer reads no file of this format',
  'peer-read-nothing-there': 'the peer reads this format, and found nothing in this file',
  'peer-resolves-no-version':
    'both found the package there; we resolve its version through parents, imported lists or central management, the peer does not',
  'go-toolchain': 'we list the Go toolchain that go.mod names as the standard library, the peer names another version or none',
  'peer-reads-version-otherwise': 'both found the package in the same file; the peer writes its version with a platform or other suffix',
  'peer-leaves-out-development': 'the peer leaves out what is needed for development only',
} as const;
export type Cause = keyof typeof causes;

/** What one found and the other did not, by ecosystem, name as the ecosystem compares it, and version. `readsFormat` says whether the peer reads a format at all. */
export function differencesOf(ours: OurView, peer: readonly Found[], readsFormat: (format: string) => boolean): readonly Difference[] {
  const found = ourFound(ours);
  const [ourKeys, peerKeys] = [new Set(found.map(keyOf)), new Set(peer.map(keyOf))];
  const onlyPeer = distinct(peer.filter((each) => !ourKeys.has(keyOf(each))));
  const onlyOurs = distinct(found.filter((each) => !peerKeys.has(keyOf(each))));
  const why = { peer: explainPeer(ours), ours: explainOurs(ours, peer, readsFormat) };
  return [
    ...onlyPeer.map((each): Difference => ({ ...each, only: 'peer', cause: why.peer(each) })),
    ...onlyOurs.map((each): Difference => ({ ...each, only: 'ours', cause: why.ours(each) })),
  ];
}

/** The package versions that count, each with its file. */
export function ourFound({ files }: OurView): readonly Found[] {
  return files
    .filter((file) => file.standing === 'counted')
    .flatMap(({ path, packages }) =>
      packages.flatMap((each) => (each.version === null ? [] : [{ ecosystem: each.ecosystem ?? '', name: each.name, version: each.version, path }])),
    );
}

/** Ecosystem, name and version so that the same package version always gives the same text. */
export function keyOf({ ecosystem, name, version }: Pick<Found, 'ecosystem' | 'name' | 'version'>): string {
  return `${nameKeyOf({ ecosystem, name })} ${plainVersion(ecosystem, version)}`;
}

function nameKeyOf({ ecosystem, name }: { readonly ecosystem: string; readonly name: string }): string {
  return `${ecosystem} ${plainName(ecosystem, name)}`;
}

function plainName(ecosystem: string, name: string): string {
  if (ecosystem === 'PyPI') return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  return ecosystem === 'NuGet' || ecosystem === 'Packagist' ? name.toLowerCase() : name;
}

/** Go and Composer write a leading `v` or none; a NuGet range of one version is that version. */
function plainVersion(ecosystem: string, version: string): string {
  if (ecosystem === 'Go' || ecosystem === 'Packagist') return version.replace(/^v(?=\d)/, '');
  return ecosystem === 'NuGet' ? version.replace(/^\[([^,\]]+)\]$/, '$1') : version;
}

/** The same package version found in several files is one difference. */
function distinct(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((each) => [keyOf(each), each])).values()];
}

const saysNoVersion = new Set(['', 'UNKNOWN', '(devel)']);

function explainPeer({ files, own }: OurView): (found: Found) => Cause | null {
  const byStanding = (standing: OurFile['standing']) => new Set(files.filter((file) => file.standing === standing).flatMap(keysOf));
  const [inTests, inCovered] = [byStanding('test-material'), byStanding('covered')];
  const named = new Set(files.flatMap((file) => file.packages.map((each) => nameKeyOf({ ecosystem: each.ecosystem ?? '', name: each.name }))));
  const unresolved = new Set(
    files.flatMap((file) =>
      file.packages.filter((each) => each.version === null).map((each) => nameKeyOf({ ecosystem: each.ecosystem ?? '', name: each.name })),
    ),
  );
  const known = new Set(files.map((file) => file.path));
  return (found) => {
    if (found.ecosystem === 'GitHub Actions' || /(?:^|\/)\.github\//.test(found.path)) return 'actions';
    if (inTests.has(keyOf(found))) return 'test-material';
    if (isOwn(found, own)) return 'own-package';
    if (!known.has(found.path)) return 'other-file';
    if (inCovered.has(keyOf(found))) return 'covered-manifest';
    if (saysNoVersion.has(found.version)) return named.has(nameKeyOf(found)) ? 'peer-names-no-version' : null;
    return unresolved.has(nameKeyOf(found)) ? 'range-as-version' : null;
  };
}

/** Of a module whose group is `${project.groupId}` a peer may know the artifact alone, and writes it twice. */
function isOwn({ ecosystem, name }: Found, own: OurView['own']): boolean {
  // A module that go.mod replaces by a directory beside it, named by that directory.
  if (ecosystem === 'Go' && /^\.\.?\//.test(name)) return true;
  const [group, artifact = ''] = name.split(':', 2);
  if (ecosystem === 'Maven' && group === artifact) return Array.from(own).some((each) => each.endsWith(`:${artifact}`));
  return own.has(name) || own.has(name.toLowerCase());
}

function explainOurs({ files }: OurView, peer: readonly Found[], readsFormat: (format: string) => boolean): (found: Found) => Cause | null {
  const formatOf = new Map(files.map((file) => [file.path, file.format]));
  const inFile = Map.groupBy(peer, (found) => found.path);
  const development = new Set(
    files.flatMap((file) => file.packages.filter((each) => each.scope === 'development').map((each) => `${file.path} ${each.name}`)),
  );
  return (found) => {
    if (found.ecosystem === 'Go' && found.name === 'stdlib') return 'go-toolchain';
    const there = inFile.get(found.path) ?? [];
    if (there.length === 0) return readsFormat(formatOf.get(found.path) ?? '') ? 'peer-read-nothing-there' : 'peer-reads-no-such-file';
    const sameName = there.filter((each) => nameKeyOf(each) === nameKeyOf(found));
    if (sameName.some((each) => saysNoVersion.has(each.version) || /[$*<>=~^[\]()|, ]/.test(each.version))) return 'peer-resolves-no-version';
    if (sameName.some((each) => each.version.startsWith(found.version))) return 'peer-reads-version-otherwise';
    return sameName.length === 0 && development.has(`${found.path} ${found.name}`) ? 'peer-leaves-out-development' : null;
  };
}

function keysOf(file: OurFile): readonly string[] {
  return file.packages.flatMap((each) =>
    each.version === null ? [] : [keyOf({ ecosystem: each.ecosystem ?? '', name: each.name, version: each.version })],
  );
}
