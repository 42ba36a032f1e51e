import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { asObject } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { purlOf } from '#language/purl.ts';
import { cargoTables, cargoWorkspaceOf } from './shared/cargo-manifest.ts';
import { filledText } from './shared/filled-text.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { withoutUser } from './shared/without-user.ts';

/** What a crate or workspace asks for. */
export const cargoToml: Format = {
  id: 'cargo-toml',
  version: 1,
  title: 'Cargo.toml',
  kind: 'manifest',
  ecosystems: ['crates.io'],
  family: 'cargo',
  spec: 'https://doc.rust-lang.org/cargo/reference/manifest.html',
  reads:
    'The crates that are asked for, in all tables and for all targets, what is inherited from the workspace included; versions where `=` pins one.',
  cannotSee: 'The versions taken, and what those crates use: Cargo.lock says that. Features. Path crates, which are the own ones.',
  matchesPath: (path) => /(?:^|\/)Cargo\.toml$/.test(path),
  parse: parseCargoToml,
};

type Json = Readonly<Record<string, unknown>>;

function parseCargoToml(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const toml = readToml(file.bytes);
  if (!toml.ok) {
    log.unreadable(toml.error);
    return unread(...log.problems());
  }
  const root = asObject(toml.value) ?? {};
  const own = asObject(root['package']) ?? asObject(root['project']);
  if (own === null && root['workspace'] === undefined) {
    log.error('not-this-format', 'The file has neither `package` nor `workspace` as Cargo.toml has.');
    return unread(...log.problems());
  }
  const workspace = cargoWorkspaceOf(root, file.path, neighbours);
  const list = packageList();
  for (const { table, scope } of cargoTables(root)) {
    for (const [key, value] of Object.entries(table)) addCrate(key, value, scope, { list, log, shared: workspace.dependencies });
  }
  const name = filledText(own?.['name']);
  const version = filledText(own?.['version']) ?? filledText(workspace.package['version']);
  const subject = name === null ? {} : { subject: { name, version, purl: purlOf('crates.io', name, version) } };
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subject };
}

type Reading = { readonly list: PackageList; readonly log: ProblemLog; readonly shared: Json };

function addCrate(key: string, value: unknown, scope: Scope, { list, log, shared }: Reading): void {
  const written = asObject(value);
  const isInherited = written?.['workspace'] === true;
  const inherited = isInherited && Object.hasOwn(shared, key) ? shared[key] : undefined;
  if (isInherited && inherited === undefined) {
    log.warning('workspace-not-found', `What the workspace asks of ${quoted(key)} was not found, so its version is unknown.`);
  }
  const entry = isInherited ? inherited : value;
  const fields = asObject(entry) ?? {};
  if (fields['path'] !== undefined) return; // the firm's own
  const name = filledText(fields['package']) ?? key;
  const used = written?.['optional'] === true && scope === 'runtime' ? 'optional' : scope;
  const range = rangeOf(entry, fields);
  if (range === null) {
    log.error('bad-package', `What is asked of ${quoted(key)} is neither a version nor a place; it was left out.`);
    return;
  }
  const version = /^=\s*(\d+\.\d+\.\d+[\w.+-]*)$/.exec(range)?.[1] ?? null;
  list.add(`${name} ${range}`, packageOf('crates.io', name, version, { ...(version === null ? { range } : {}), scope: used, direct: true }));
}

/** The requirement, `git+` and the address for what comes from there, `*` where nothing is said; null where what is said makes no sense. */
function rangeOf(entry: unknown, fields: Json): string | null {
  if (entry === undefined || fields === entry) {
    const [version, git] = [fields['version'], fields['git']];
    if ((version !== undefined && filledText(version) === null) || (git !== undefined && filledText(git) === null)) return null;
    const place = filledText(git);
    if (place === null) return filledText(version) ?? '*';
    const at = filledText(fields['tag']) ?? filledText(fields['rev']) ?? filledText(fields['branch']);
    return `git+${withoutUser(place)}${at === null ? '' : `#${at}`}`;
  }
  return filledText(entry);
}
