import type { Format } from '#model/format.ts';

/** One file that shows what a component contains. */
export type DiscoveredEvidence = { readonly path: string; readonly kind: 'lockfile' | 'manifest' | 'sbom'; readonly format: string };

/** A directory that is a component (model.md 10), with its evidence. `dir` is empty for the root. */
export type DiscoveredComponent = { readonly dir: string; readonly evidence: readonly DiscoveredEvidence[] };

export type Discovery = {
  readonly components: readonly DiscoveredComponent[];
  /** Lockfiles, manifests and SBOMs that lie in test material: listed, not judged. */
  readonly testMaterial: readonly string[];
  readonly ownershipFiles: readonly { readonly path: string; readonly format: string }[];
  /** Files with licences, those of copied packages last; none in tests and examples. */
  readonly licenceFiles: readonly { readonly path: string; readonly format: string }[];
};

/** Directory names that hold test material unless configured otherwise, in lower case; `Fixtures` is one too. */
export const testMaterialNames: ReadonlySet<string> = new Set([
  'testdata',
  'fixtures',
  '__fixtures__',
  'vendor',
  'node_modules',
  'examples',
  'third_party',
]);

/** Directories that hold copies of what others made: whose licences count, though what they list is test material. */
const copies: ReadonlySet<string> = new Set(['vendor', 'node_modules', 'third_party']);

/** The most files with licences that are read of one source. */
export const licenceFilesAtMost = 3_000;

type Candidate = { readonly path: string; readonly dir: string; readonly format: Format };

/**
 * Finds components among a source's paths: a directory with a lockfile, or with a manifest that no lockfile of its family
 * in the same directory or above covers. Several ecosystems in one directory are one component. An SBOM belongs to the nearest
 * component at or above it; where there is none it is a component of its own, named by its file.
 */
export function discover(paths: readonly string[], formats: readonly Format[], testMaterial: ReadonlySet<string> = testMaterialNames): Discovery {
  const all = candidatesAmong(paths, formats);
  const candidates = all.filter((each) => each.format.kind !== 'licence');
  const judged = candidates.filter((each) => !isTestMaterial(each.path, testMaterial));
  const found = new Map<string, DiscoveredEvidence[]>();
  const add = (dir: string, { path, format }: Candidate, kind: DiscoveredEvidence['kind']): void => {
    const list = found.get(dir);
    const evidence = { path, kind, format: format.id };
    if (list === undefined) found.set(dir, [evidence]);
    else list.push(evidence);
  };
  const locked = new Set<string>();
  for (const each of judged) {
    if (each.format.kind !== 'lockfile') continue;
    if (!isPartialList(each)) locked.add(`${each.format.family ?? each.format.id} ${each.dir}`);
    add(each.dir, each, 'lockfile');
  }
  for (const each of judged) {
    if (each.format.kind !== 'manifest') continue;
    const family = each.format.family ?? each.format.id;
    if (!selfAndAbove(each.dir).some((dir) => locked.has(`${family} ${dir}`))) add(each.dir, each, 'manifest');
  }
  const withCode = new Set(found.keys());
  for (const each of judged) {
    if (each.format.kind !== 'sbom') continue;
    add(selfAndAbove(each.dir).find((dir) => withCode.has(dir)) ?? each.path, each, 'sbom');
  }
  return {
    components: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dir, evidence]) => ({ dir, evidence })),
    testMaterial: candidates.filter((each) => each.format.kind !== 'ownership' && isTestMaterial(each.path, testMaterial)).map((each) => each.path),
    ownershipFiles: judged.filter((each) => each.format.kind === 'ownership').map(({ path, format }) => ({ path, format: format.id })),
    licenceFiles: licenceFilesAmong(all, testMaterial),
  };
}

/** True when a directory on the way to the path holds copies of what others made. */
export function isCopied(path: string): boolean {
  return isTestMaterial(path, copies) || /(?:^|\/)[^/]+\.dist-info\//.test(path);
}

/** What lies in copies comes last, so that a large one does not keep the component's own from being read. */
function licenceFilesAmong(candidates: readonly Candidate[], testMaterial: ReadonlySet<string>): Discovery['licenceFiles'] {
  const tests = new Set([...testMaterial].filter((name) => !copies.has(name)));
  const found = candidates.filter(({ path, format }) => format.kind === 'licence' && !isTestMaterial(path, tests));
  const isCopy = ({ path }: Candidate): number => (isCopied(path) ? 1 : 0);
  return found
    .sort((a, b) => isCopy(a) - isCopy(b) || a.path.split('/').length - b.path.split('/').length)
    .slice(0, licenceFilesAtMost)
    .map(({ path, format }) => ({ path, format: format.id }));
}

/** The format that reads a path, or null. Asked for every path of a tree, so the first one that says yes has it. */
export function formatOfPath(path: string, formats: readonly Format[]): Format | null {
  return formats.find((format) => format.matchesPath(path)) ?? null;
}

/** The directory of a path; empty for a file at the root. */
export function dirOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** A directory and all above it, nearest first, the root (empty) last. */
export function selfAndAbove(dir: string): readonly string[] {
  const dirs: string[] = [];
  for (let at = dir; at !== ''; at = dirOf(at)) dirs.push(at);
  return [...dirs, ''];
}

function candidatesAmong(paths: readonly string[], formats: readonly Format[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const path of paths) {
    const format = formatOfPath(path, formats);
    if (format !== null) candidates.push({ path, dir: componentDirOf(path, format), format });
  }
  return candidates.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `requirements/dev.txt` belongs to the directory that holds `requirements/`: Python projects split one list over that folder. So does what Gradle keeps in `gradle/`. */
function componentDirOf(path: string, format: Format): string {
  const dir = dirOf(path);
  const isHeldAbove =
    (format.id === 'requirements-txt' && /(^|\/)requirements$/.test(dir)) || (format.family === 'gradle' && /(^|\/)gradle$/.test(dir));
  const installed = installedPlaces.get(format.id)?.exec(path);
  return installed == null ? (isHeldAbove ? dirOf(dir) : dir) : path.slice(0, installed.index);
}

/** Where packages are installed: what lies there belongs to the system as a whole, or to the folder that holds them all. */
const installedPlaces: ReadonlyMap<string, RegExp> = new Map([
  ['apk-installed', /(?:^|\/)(?:usr\/)?lib\/apk\/.*$/],
  ['dpkg-status', /(?:^|\/)(?:var|usr)\/lib\/(?:dpkg|opkg)\/.*$/],
  ['homebrew', /(?:^|\/)Cellar\/.*$/],
  ['pacman-desc', /(?:^|\/)var\/lib\/pacman\/.*$/],
  ['portage-package', /(?:^|\/)var\/db\/pkg\/.*$/],
  ['python-metadata', /(?:^|\/)[^/]+\.(?:dist|egg)-info\/.*$/],
  ['rpm-db', /(?:^|\/)(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/.*$/],
]);

/** `requirements-dev.txt` says nothing of what the package itself needs, so that it does not stand for the manifest beside it; `requirements.txt` does. */
function isPartialList({ path, format }: Candidate): boolean {
  return format.id === 'requirements-txt' && !/(?:^|\/)requirements\.txt$/.test(path);
}

/** True when a directory on the way to the path holds test material. */
export function isTestMaterial(path: string, names: ReadonlySet<string> = testMaterialNames): boolean {
  return dirOf(path)
    .split('/')
    .some((part) => names.has(part.toLowerCase()));
}
