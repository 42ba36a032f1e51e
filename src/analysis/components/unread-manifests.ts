import type { Format } from '#model/format.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { dirOf, formatOfPath, isTestMaterial, selfAndAbove } from './discover.ts';

type Manifest = {
  /** As a sentence names it. */
  readonly tool: string;
  /** A lockfile of this family in the same directory or above says what the file would say. */
  readonly family: string;
  readonly name: RegExp;
};

/** Files that list dependencies and that no format of this build reads. One that a format claims by now is no longer named. */
const manifests: readonly Manifest[] = [
  { tool: 'Bun', family: 'npm', name: /^bun\.lockb$/ },
  { tool: 'Bundler', family: 'bundler', name: /^(?:Gemfile|gems\.rb|.+\.gemspec)$/ },
  { tool: 'Cargo', family: 'cargo', name: /^Cargo\.toml$/ },
  { tool: 'Composer', family: 'composer', name: /^composer\.json$/ },
  { tool: 'Conan', family: 'conan', name: /^conanfile\.(?:py|txt)$/ },
  { tool: 'Conda', family: 'conda', name: /^(?:environment\.ya?ml|conda-lock\.yml)$/ },
  { tool: 'Dart', family: 'pub', name: /^pubspec\.(?:yaml|lock)$/ },
  { tool: 'Deno', family: 'deno', name: /^deno\.(?:lock|jsonc?)$/ },
  { tool: 'Gradle', family: 'gradle', name: /^build\.gradle(?:\.kts)?$/ },
  { tool: 'Mix', family: 'mix', name: /^mix\.(?:exs|lock)$/ },
  { tool: 'Pipenv', family: 'pypi', name: /^Pipfile$/ },
  { tool: 'CocoaPods', family: 'cocoapods', name: /^Podfile(?:\.lock)?$/ },
  { tool: 'sbt', family: 'sbt', name: /^build\.sbt$/ },
  { tool: 'setuptools', family: 'pypi', name: /^setup\.(?:py|cfg)$/ },
  { tool: 'Swift', family: 'swift', name: /^Package\.(?:resolved|swift)$/ },
  { tool: 'vcpkg', family: 'vcpkg', name: /^vcpkg\.json$/ },
];

/**
 * One warning that names the lists of dependencies among a source's paths that were passed over since no format reads them;
 * none when there are none. Without it a repository of a tool chain we cannot read would look like one without dependencies.
 */
export function unreadManifests(paths: readonly string[], formats: readonly Format[]): readonly Problem[] {
  const locked = new Set<string>();
  const found: { readonly path: string; readonly manifest: Manifest }[] = [];
  for (const path of paths) {
    const format = formatOfPath(path, formats);
    if (format?.kind === 'lockfile') locked.add(`${format.family ?? ''} ${dirOf(path)}`);
    const manifest = format === null ? manifestOf(path) : null;
    if (manifest !== null && !isTestMaterial(path)) found.push({ path, manifest });
  }
  const open = found.filter(({ path, manifest }) => !selfAndAbove(dirOf(path)).some((dir) => locked.has(`${manifest.family} ${dir}`)));
  if (open.length === 0) return [];
  const byTool = Map.groupBy(open, ({ manifest }) => manifest.tool);
  const lists = [...byTool].map(
    ([tool, files]) => `${String(files.length)} of ${tool} (${quoted(files[0]?.path ?? '')}${files.length === 1 ? '' : ', …'})`,
  );
  const message = `Some files that list dependencies are not read by this build: ${lists.join(', ')}. What they name is not counted; an SBOM of the build can show it.`;
  return [{ code: 'not-read', message, severity: 'warning' }];
}

function manifestOf(path: string): Manifest | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return manifests.find((each) => each.name.test(name)) ?? null;
}
