import fs from 'node:fs';
import path from 'node:path';
import { formats } from '#formats/all.ts';
import type { Format, Neighbours } from '#model/format.ts';
import { detectFormat } from '#gateway/detect-format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { jsonOf, leftOut } from '../data-files.ts';
import { summed, type CaseResult, type Suite, type SuiteResult } from '../suite.ts';
import { namesOutsideRegistries, ownNames } from '../own-names.ts';

/**
 * Lockfiles and manifests with the package lists that other readers' tests expect: `lockfiles/<folder>/<case>/{input/…, expected.json, case.json}`.
 * A folder is read by the format whose id it bears, a suffix for the version aside (`npm-package-lock-v2`).
 *
 * Where the other readers choose differently from us, these rules decide, for every case alike:
 * - a case does not count when its list cannot come from its input (`self_contained: false`), or when its test set an option we do not have (`special_config`;
 *   an os-release and that a status is of opkg change neither names nor versions, so they count);
 * - an error that trivy's table names does not count: the table holds an assertion there, which may as well be "no error";
 * - the project itself and what it keeps in its own folders are no packages of ours: they may be missing;
 * - what yarn takes through `patch:` or from git may be more where the peer is trivy, which leaves it out;
 * - a peer that takes a version out of a range (`>=1.2` as 1.2, `go 1.21` as stdlib 1.21) agrees with our unresolved range that names that version;
 * - what a manifest asks for without a resolved version, and what is only for development when the peer leaves that out (trivy), may be more.
 */
export const lockfiles: Suite = {
  id: 'lockfiles',
  run: (dir) => {
    const root = path.join(dir, 'lockfiles');
    const folders = foldersIn(root);
    leftOut(
      'lockfiles',
      folders.filter((folder) => formatOf(folder) === undefined && !folder.startsWith(sbomPrefix)),
    );
    return folders.flatMap((folder): SuiteResult[] => {
      const format = folder.startsWith(sbomPrefix) ? sbomFormat : formatOf(folder);
      return format === undefined ? [] : [judgeFolder(root, folder, format)];
    });
  },
};

/** Folders of SBOMs bear no format's id: each document is read by the one that knows it, and one that none knows is refused. */
const sbomPrefix = 'sbom-';
const refusing = (path: string): ReadingResult => unread({ code: 'unknown-format', message: 'No format knows the file.', path, severity: 'error' });
type Judged = Pick<Format, 'id' | 'kind' | 'parse'>;
const sbomFormat: Judged = {
  id: 'sbom',
  kind: 'sbom',
  parse: (file, neighbours) => detectFormat(formats, null, file.path, file.bytes)?.parse(file, neighbours) ?? refusing(file.path),
};

type Expected = readonly { readonly ecosystem: string; readonly name: string; readonly version: string }[];

/** The fields of a `case.json` that we use. */
type Case = {
  readonly input: string;
  readonly peer: string;
  readonly expect_error: boolean;
  readonly special_config: readonly string[];
  readonly self_contained: boolean;
  readonly alternatives?: readonly { readonly error: boolean; readonly expected: Expected }[];
};

const withoutEffect: ReadonlySet<string> = new Set(['osrelease', 'isOPKG']);

function judgeFolder(root: string, folder: string, format: Judged): SuiteResult {
  const results: CaseResult[] = [];
  for (const name of foldersIn(path.join(root, folder))) {
    const dir = path.join(root, folder, name);
    const facts = jsonOf<Case>(dir, 'case.json');
    if (!facts.self_contained || facts.special_config.some((option) => !withoutEffect.has(option)) || (facts.expect_error && facts.peer === 'trivy'))
      continue;
    const why = whyMissed(dir, facts, format);
    results.push({ name: `${folder}/${name}`, ok: why === null, ...(why === null ? {} : { why }) });
  }
  return summed('lockfiles', folder, results);
}

function whyMissed(dir: string, facts: Case, format: Judged): string | null {
  const input = path.join(dir, facts.input);
  const bytes = fs.readFileSync(input);
  const reading = format.parse({ path: path.relative(path.join(dir, 'input'), input), bytes }, neighboursIn(path.join(dir, 'input')));
  if (facts.expect_error) return reading.problems.some((each) => each.severity === 'error') ? null : 'an error was expected, none was said';
  const text = bytes.toString('utf8');
  const isTrivy = facts.peer === 'trivy';
  const rules: Rules = { own: ownNames(format.id, text), outside: isTrivy ? namesOutsideRegistries(format.id, text) : new Set(), format, isTrivy };
  const lists = [jsonOf<Expected>(dir, 'expected.json'), ...(facts.alternatives ?? []).filter((each) => !each.error).map((each) => each.expected)];
  const reasons = lists.map((list) => difference(list, reading, rules));
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

type Rules = { readonly own: ReadonlySet<string>; readonly outside: ReadonlySet<string>; readonly format: Judged; readonly isTrivy: boolean };

/** What differs beyond the rules above; null when nothing does. */
function difference(expected: Expected, reading: ReadingResult, { own, outside, format, isTrivy }: Rules): string | null {
  const wanted = new Set(expected.map((each) => keyOf(each.name, each.version)));
  const given = new Set(reading.packages.map((each) => keyOf(each.name, each.version)));
  const unresolved = reading.packages.filter((each) => each.version === null);
  const isBoundOf = (pkg: { readonly range?: string; readonly name: string }, name: string, version: string): boolean =>
    version !== '' && keyOf(pkg.name, '') === keyOf(name, '') && pkg.range?.includes(version) === true;
  const missing = expected.filter(({ name, version }) => {
    const isProject = own.has(name) || reading.subject?.name === name;
    return !isProject && !given.has(keyOf(name, version)) && !unresolved.some((each) => isBoundOf(each, name, version));
  });
  const extra = reading.packages.filter((each) => {
    const isLeftOut = outside.has(each.name) || (isTrivy && each.scope === 'development') || (each.version === null && format.kind === 'manifest');
    const isBound = each.version === null && expected.some(({ name, version }) => isBoundOf(each, name, version));
    return !isLeftOut && !isBound && !wanted.has(keyOf(each.name, each.version));
  });
  if (missing.length === 0 && extra.length === 0) return null;
  const named = (list: readonly { readonly name: string; readonly version: string | null }[]): string =>
    list
      .slice(0, 5)
      .map((each) => `${each.name}@${each.version ?? ''}`)
      .join(', ');
  return `missing ${String(missing.length)} (${named(missing)}), more ${String(extra.length)} (${named(extra)})`;
}

/** Names as their registries compare them, Go's leading `v` left out. */
function keyOf(name: string, version: string | null): string {
  return `${name.toLowerCase().replace(/[-_.]+/g, '-')}@${(version ?? '').replace(/^v(?=\d)/, '')}`;
}

/** The format with the longest id that the folder's name begins with. */
function formatOf(folder: string): Format | undefined {
  return formats.filter(({ id }) => folder === id || folder.startsWith(`${id}-`)).sort((a, b) => b.id.length - a.id.length)[0];
}

function neighboursIn(dir: string): Neighbours {
  return {
    read: (file) => {
      const wanted = path.join(dir, file);
      return fs.existsSync(wanted) && fs.statSync(wanted).isFile() ? fs.readFileSync(wanted) : null;
    },
  };
}

function foldersIn(dir: string): readonly string[] {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name)
    .sort();
}
