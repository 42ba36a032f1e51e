import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { readNpmManifest, type NpmDependency } from './shared/npm-manifest.ts';
import { isNpmName, npmSpec } from './shared/npm-spec.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** The manifest of npm, yarn and pnpm: what a project asks for, not what it gets. */
export const packageJson: Format = {
  id: 'package-json',
  version: 1,
  title: 'package.json',
  kind: 'manifest',
  ecosystems: ['npm'],
  family: 'npm',
  spec: 'https://docs.npmjs.com/cli/configuring-npm/package-json',
  reads: 'Dependencies of all four kinds with their ranges, aliases under the real name, and what the project calls itself.',
  cannotSee: 'The versions in use and everything transitive: only a lockfile says these. Ranges behind `catalog:` stay as written.',
  matchesPath: (path) => /(?:^|\/)package\.json$/.test(path),
  parse: (file) => parsePackageJson(file),
};

function parsePackageJson(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const manifest = readNpmManifest(file.bytes);
  if (!manifest.ok) {
    log.unreadable(manifest.error);
    return unread(...log.problems());
  }
  const { name, version, dependencies, flaws, isUnity } = manifest.value;
  for (const flaw of flaws) log.error('bad-dependencies', flaw);
  const list = packageList();
  if (isUnity && dependencies.length > 0) {
    log.warning('unity-package', "This is a Unity package: its dependencies come from Unity's registry and are not read.");
  } else {
    for (const dependency of dependencies) addDependency(dependency, list, log);
  }
  const subject = name === null ? {} : { subject: { name, version, purl: purlOf('npm', name, version) } };
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subject };
}

function addDependency({ name: installedAs, spec: written, scope }: NpmDependency, list: PackageList, log: ProblemLog): void {
  const spec = npmSpec(installedAs, written);
  if (spec.kind === 'own') return;
  if (!isNpmName(spec.name)) {
    log.error('bad-name', `${quoted(spec.name)} is no package name.`);
    return;
  }
  const range = spec.kind === 'remote' ? spec.url : spec.range;
  list.add(`${spec.name}\0${range}`, {
    ecosystem: 'npm',
    name: spec.name,
    version: null,
    range,
    purl: purlOf('npm', spec.name, null),
    scope,
    direct: true,
    licences: [],
  });
}
