import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** Gradle's version catalogue. */
export const gradleVersionCatalog: Format = {
  id: 'gradle-version-catalog',
  version: 1,
  title: 'Gradle version catalogue',
  kind: 'manifest',
  ecosystems: ['Maven'],
  family: 'gradle',
  spec: 'https://docs.gradle.org/current/userguide/version_catalogs.html',
  reads: 'Libraries that builds may name, with the version they ask for.',
  cannotSee: 'Which of them a build uses, what these bring along, and plugins; a lockfile shows what was resolved.',
  matchesPath: (path) => /(?:^|\/)[^/]*\.versions\.toml$/.test(path),
  parse: readVersionCatalog,
};

function readVersionCatalog(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readToml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const catalogue = asObject(read.value) ?? {};
  if (
    ['metadata', 'versions', 'libraries', 'bundles', 'plugins'].every((table) => catalogue[table] === undefined) &&
    Object.keys(catalogue).length > 0
  ) {
    log.error('not-this-format', 'The file is TOML, but has no table of a version catalogue.');
    return unread(...log.problems());
  }
  const versions = asObject(catalogue['versions']) ?? {};
  const list = packageList();
  for (const [alias, value] of Object.entries(asObject(catalogue['libraries']) ?? {})) {
    const library = libraryOf(value, versions);
    if (library === null) {
      log.warning('odd-library', `The library ${quoted(alias)} names no module and was left out.`);
      continue;
    }
    const { name, asked } = library;
    const version = isRange(asked) ? null : asked;
    if (version === null) log.warning('no-version', `The library ${quoted(alias)} names no single version.`);
    const range = version === null && asked !== '' ? { range: asked } : {};
    const purl = purlOf('Maven', name, version);
    list.add(`${name} ${asked}`, { ecosystem: 'Maven', name, version, ...range, purl, scope: 'runtime', direct: null, licences: [] });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

/** A library's module and the version it asks for, empty when none. Null when it is no library. */
function libraryOf(value: unknown, versions: Readonly<Record<string, unknown>>): { readonly name: string; readonly asked: string } | null {
  const short = asString(value);
  if (short !== null) {
    const [group, artifact, version = ''] = short.split(':');
    return group === undefined || artifact === undefined || group === '' || artifact === '' ? null : { name: `${group}:${artifact}`, asked: version };
  }
  const fields = asObject(value) ?? {};
  const module = asString(fields['module']) ?? `${asString(fields['group']) ?? ''}:${asString(fields['name']) ?? ''}`;
  return /^[^:]+:[^:]+$/.test(module) ? { name: module, asked: versionOf(fields['version'], versions) } : null;
}

/** Text, a rich version, or a reference to one; `strictly` outweighs `require`, which outweighs `prefer`. */
function versionOf(value: unknown, versions: Readonly<Record<string, unknown>>): string {
  const text = asString(value);
  if (text !== null) return text;
  const rich = asObject(value) ?? {};
  const ref = asString(rich['ref']);
  if (ref !== null && Object.hasOwn(versions, ref)) return versionOf(versions[ref], {});
  return asString(rich['strictly']) ?? asString(rich['require']) ?? asString(rich['prefer']) ?? '';
}

function isRange(version: string): boolean {
  return version === '' || /^[[(\]]|\+$|^latest\./.test(version);
}
