import path from 'node:path';
import { versionSchemes } from '#language/versions/all.ts';
import type { VersionScheme } from '#language/version-scheme.ts';
import { filesIn, jsonOf, leftOut, linesOf } from '../data-files.ts';
import { summed, type CaseResult, type Suite, type SuiteResult } from '../suite.ts';

/** Order of versions: osv-scalibr's lines `a < b`, vers-spec's comparisons, node-semver's own tables. */
export const versions: Suite = {
  id: 'versions',
  run: (dir) => [
    ...scalibr(path.join(dir, 'versions/osv-scalibr')),
    ...versSpec(path.join(dir, 'vers-ranges')),
    ...nodeSemver(path.join(dir, 'vers-ranges/node-semver')),
  ],
};

/** Which schemes a file of osv-scalibr is about; its semver file serves several ecosystems. */
const schemesOfFile: Readonly<Record<string, readonly string[]>> = {
  alpine: ['apk'],
  debian: ['deb'],
  redhat: ['rpm'],
  cran: ['cran'],
  hackage: ['hackage'],
  pub: ['pub'],
  maven: ['maven'],
  nuget: ['nuget'],
  packagist: ['composer'],
  pypi: ['pypi'],
  rubygems: ['gem'],
  semver: ['npm', 'cargo', 'golang'],
};

const signs: Readonly<Record<string, number>> = { '<': -1, '=': 0, '>': 1 };

function scalibr(folder: string): SuiteResult[] {
  const results = new Map<string, CaseResult[]>();
  const unread: string[] = [];
  for (const file of filesIn(folder, '.txt')) {
    const name = file.split('-versions')[0] ?? '';
    const ids = schemesOfFile[name];
    if (ids === undefined) unread.push(name);
    for (const id of ids ?? []) {
      const found = results.get(id) ?? [];
      results.set(id, [...found, ...linesOf(folder, file).flatMap((line) => orderCase(schemeNamed(id), line))]);
    }
  }
  leftOut('osv-scalibr', unread);
  return [...results].map(([id, cases]) => summed('osv-scalibr', id, cases));
}

function orderCase(scheme: VersionScheme | null, line: string): CaseResult[] {
  const [a, operator = '', b] = line.split(' ');
  const wanted = signs[operator];
  if (scheme === null || a === undefined || b === undefined || wanted === undefined || line.startsWith('#') || line.startsWith('//')) return [];
  const found = scheme.compare(a, b);
  return [{ name: line, ok: found === wanted, why: String(found) }];
}

type SchemeTest = {
  readonly test_type: string;
  readonly input: { readonly input_scheme?: string; readonly versions?: readonly string[] };
  readonly expected_output: unknown;
};

function versSpec(folder: string): SuiteResult[] {
  const results = new Map<string, CaseResult[]>();
  const unread: string[] = [];
  for (const suite of ['vers-spec', 'univers']) {
    const inside = path.join(folder, suite);
    for (const file of filesIn(inside, '.json')) {
      const data = jsonOf<{ readonly tests: readonly SchemeTest[] } | readonly SchemeTest[]>(inside, file);
      for (const test of 'tests' in data ? data.tests : data) {
        if (test.test_type !== 'comparison' && test.test_type !== 'equality') continue;
        const id = test.input.input_scheme ?? '';
        const scheme = schemeNamed(id);
        if (scheme === null) unread.push(id);
        else results.set(id, [...(results.get(id) ?? []), schemeCase(scheme, test)]);
      }
    }
  }
  leftOut('vers-spec', unread);
  return [...results].map(([id, cases]) => summed('vers-spec order', id, cases));
}

function schemeCase(scheme: VersionScheme, { test_type: type, input, expected_output: expected }: SchemeTest): CaseResult {
  const [a = '', b = ''] = input.versions ?? [];
  const sign = scheme.compare(a, b);
  const name = `${type} ${a} ${b}`;
  if (type === 'equality') return { name, ok: (sign === 0) === expected && sign !== null, why: String(sign) };
  const [first = ''] = expected as readonly string[];
  // Some expectations differ from their input in case only.
  const aFirst = scheme.compare(first, a) === 0;
  return { name, ok: aFirst ? sign === -1 || sign === 0 : sign === 1, why: String(sign) };
}

type Row = readonly [a: string, b: string | null, option?: unknown];

/** Only rows without node-semver's options, which npm does not use and this build does not have. */
function nodeSemver(folder: string): SuiteResult[] {
  const scheme = schemeNamed('npm');
  if (scheme === null || filesIn(folder, '.json').length === 0) return [];
  const rows = (name: string) => jsonOf<readonly Row[]>(folder, name).filter(([a, , option]) => typeof a === 'string' && isPlain(option));
  const inside = (range: string, version: string) => scheme.parseRange(range)?.contains(version) ?? false;
  const check = (file: string, holds: (a: string, b: string) => boolean): CaseResult[] =>
    rows(file).map(([a, b]) => ({ name: `${file} ${a} | ${String(b)}`, ok: holds(a, b ?? '') }));
  leftOut('node-semver', [
    'options (loose, includePrerelease)',
    'increments',
    'truncations',
    'intersections',
    'outside (gtr, ltr) beyond "is not in range"',
  ]);
  return [
    summed('node-semver', 'npm', [
      ...check('comparisons.json', (a, b) => scheme.compare(a, b) === 1),
      ...check('equality.json', (a, b) => scheme.compare(a, b) === 0),
      ...check('invalid-versions.json', (a) => !scheme.isVersion(a)),
      ...jsonOf<readonly (readonly unknown[])[]>(folder, 'valid-versions.json').map(([text]) => ({
        name: `valid ${String(text)}`,
        ok: scheme.isVersion(String(text)),
      })),
      ...check('range-include.json', inside),
      ...check('range-exclude.json', (range, version) => !inside(range, version)),
      ...check('version-gt-range.json', (range, version) => !inside(range, version)),
      ...check('version-lt-range.json', (range, version) => !inside(range, version)),
      ...rows('range-parse.json').map(([text, printed]) => ({
        name: `range-parse ${text}`,
        ok: (scheme.parseRange(text) === null) === (printed === null),
      })),
    ]),
  ];
}

/** No option, or one that switches nothing on. */
function isPlain(option: unknown): boolean {
  return (
    option === undefined || option === null || option === false || (typeof option === 'object' && Object.values(option).every((value) => !value))
  );
}

function schemeNamed(id: string): VersionScheme | null {
  return versionSchemes.find((scheme) => scheme.id === id) ?? null;
}
