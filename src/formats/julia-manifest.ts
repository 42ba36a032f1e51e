import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** Julia's lockfile, of manifest format 1 and 2. */
export const juliaManifest: Format = {
  id: 'julia-manifest',
  version: 1,
  title: 'Julia Manifest.toml',
  kind: 'lockfile',
  ecosystems: ['Julia'],
  family: 'julia',
  spec: 'https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml',
  reads: "Manifest formats 1 and 2: locked packages, known by their UUID, with edges; Julia's own packages with the version of Julia.",
  cannotSee: 'What the project asks for itself, and which of it for tests: Project.toml says that. Licences.',
  matchesPath: (path) => /(?:^|\/)(?:Julia)?Manifest(?:-v\d+\.\d+)?\.toml$/.test(path),
  parse: (file) => readDocument(file, readToml, fillJuliaManifest),
};

type Json = Readonly<Record<string, unknown>>;
type Entry = { readonly name: string; readonly fields: Json; readonly uuid: string; readonly index: number };

function fillJuliaManifest(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document) ?? {};
  const isSecond = asString(root['manifest_format']) !== null || asObject(root['deps']) !== null;
  const tables = isSecond ? (asObject(root['deps']) ?? {}) : root;
  const entries = Object.entries(tables).filter(([, value]) => Array.isArray(value));
  if (!isSecond && Object.keys(root).length > 0 && entries.length === 0) {
    log.error('not-this-format', "The file has no packages as Julia's Manifest.toml has.");
    return;
  }
  const read: Entry[] = [];
  for (const [name, values] of entries) {
    for (const value of asArray(values)) {
      const entry = added(name, asObject(value) ?? {}, filledText(root['julia_version']), list, log);
      if (entry !== null) read.push(entry);
    }
  }
  const byUuid = new Map(read.map(({ uuid, index }) => [uuid, index]));
  const byName = new Map(read.map(({ name, index }) => [name, index]));
  for (const { fields, index } of read) {
    // Names alone, or with their UUID where two packages have one name.
    const used = Array.isArray(fields['deps'])
      ? asArray(fields['deps']).map((each) => byName.get(asString(each) ?? ''))
      : Object.values(asObject(fields['deps']) ?? {}).map((each) => byUuid.get(asString(each) ?? ''));
    for (const to of used) {
      if (to !== undefined) list.link(index, to);
    }
  }
}

function added(name: string, fields: Json, julia: string | null, list: PackageList, log: ProblemLog): Entry | null {
  const uuid = filledText(fields['uuid']);
  if (filledText(fields['path']) !== null) return null; // the firm's own
  if (uuid === null || name === '') {
    log.error('bad-package', `The package ${quoted(name)} has no UUID; it was left out.`);
    return null;
  }
  const hash = filledText(fields['git-tree-sha1']);
  const version = filledText(fields['version']) ?? (hash === null ? julia : null);
  const index = list.add(
    `${uuid} ${version ?? ''}`,
    packageOf('Julia', name, version, {
      purl: ownPurl('julia', name, version, { qualifiers: { uuid } }),
      ...(version === null ? { range: hash ?? '*' } : {}),
      ...takenFrom(filledText(fields['repo-url'])),
      hashed: hash !== null,
    }),
  );
  return { name, fields, uuid, index };
}
