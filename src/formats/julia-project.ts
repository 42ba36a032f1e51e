import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { asObject } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog } from './shared/problem-log.ts';

/** What a Julia project asks for. */
export const juliaProject: Format = {
  id: 'julia-project',
  version: 1,
  title: 'Julia Project.toml',
  kind: 'manifest',
  ecosystems: ['Julia'],
  family: 'julia',
  spec: 'https://pkgdocs.julialang.org/v1/toml-files/#Project.toml',
  reads: 'The packages that are asked for, by their UUID, with the versions that fit; weak ones as optional, those of targets as for tests.',
  cannotSee: "The versions taken, and what those packages use: Manifest.toml says that. Which of them are Julia's own.",
  matchesPath: (path) => /(?:^|\/)(?:Julia)?Project\.toml$/.test(path),
  parse: (file) => parseProject(file.path, file.bytes),
};

const tables: readonly (readonly [field: string, scope: Scope])[] = [
  ['deps', 'runtime'],
  ['weakdeps', 'optional'],
  ['extras', 'test'],
];

function parseProject(path: string, bytes: Uint8Array): ReadingResult {
  const log = problemLog(path);
  const toml = readToml(bytes);
  if (!toml.ok) {
    log.unreadable(toml.error);
    return unread(...log.problems());
  }
  const root = asObject(toml.value) ?? {};
  const [name, uuid] = [filledText(root['name']), filledText(root['uuid'])];
  if (name === null && ['deps', 'extras', 'compat', 'workspace'].every((field) => asObject(root[field]) === null)) {
    log.error('not-this-format', 'The file has neither a name nor `deps` as Project.toml has.');
    return unread(...log.problems());
  }
  const list = packageList();
  const compat = asObject(root['compat']) ?? {};
  for (const [field, scope] of tables) {
    for (const [asked, value] of Object.entries(asObject(root[field]) ?? {})) {
      const id = filledText(value);
      if (id === null || asked === '') {
        log.error('bad-package', `The package ${quoted(asked)} has no UUID; it was left out.`);
        continue;
      }
      const fits = [compat[asked]]
        .flat()
        .map(filledText)
        .filter((each) => each !== null);
      const purl = ownPurl('julia', asked, null, { qualifiers: { uuid: id } });
      list.add(id, packageOf('Julia', asked, null, { purl, range: fits.length === 0 ? '*' : fits.join(', '), scope, direct: true }));
    }
  }
  const version = filledText(root['version']);
  const subject =
    name === null ? {} : { subject: { name, version, purl: uuid === null ? null : ownPurl('julia', name, version, { qualifiers: { uuid } }) } };
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subject };
}
