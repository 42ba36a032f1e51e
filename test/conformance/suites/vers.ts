import path from 'node:path';
import { parseVers, printVers, readVers, sortedVers, versRange, versScheme } from '#language/vers.ts';
import { versOfRange } from '#language/vers-of-range.ts';
import { filesIn, jsonOf, leftOut } from '../data-files.ts';
import { summed, type CaseResult, type Suite, type SuiteResult } from '../suite.ts';

/** `vers:` ranges: reading, canonical order, containment, and what native ranges become. */
export const vers: Suite = {
  id: 'vers',
  run: (dir) => [...suiteOf(path.join(dir, 'vers-ranges/vers-spec'), 'vers-spec'), ...suiteOf(path.join(dir, 'vers-ranges/univers'), 'univers')],
};

type VersTest = {
  readonly test_type: string;
  readonly input: string | { readonly vers?: string; readonly version?: string; readonly native_range?: string; readonly scheme?: string };
  readonly expected_output?: unknown;
  readonly expected_failure?: boolean;
  readonly expected_message?: string;
};

function suiteOf(folder: string, suite: string): SuiteResult[] {
  const results = new Map<string, CaseResult[]>();
  const unread: string[] = [];
  for (const file of filesIn(folder, '.json')) {
    const data = jsonOf<{ readonly tests: readonly VersTest[] } | readonly VersTest[]>(folder, file);
    for (const test of 'tests' in data ? data.tests : data) {
      const format = formatOf(test);
      if (format === null) continue;
      const result = caseOf(test);
      if (result === null) unread.push(format);
      else results.set(format, [...(results.get(format) ?? []), result]);
    }
  }
  leftOut(`${suite} ranges`, unread);
  return [...results].map(([format, cases]) => summed(`${suite} ranges`, format, cases));
}

/** What a test is about; null for comparisons, which are the order suite's. */
function formatOf({ test_type: type, input }: VersTest): string | null {
  if (type === 'from_native') return typeof input === 'string' ? null : (input.scheme ?? null);
  return type === 'containment' || type === 'validate' || type === 'parse' ? `vers ${type}` : null;
}

/** Null when the scheme is none of this build's. */
function caseOf(test: VersTest): CaseResult | null {
  const { test_type: type, input, expected_output: expected } = test;
  if (typeof input === 'string') return type === 'parse' ? parseCase(test, input) : validateCase(input, expected);
  if (type === 'containment') {
    const read = readVers(input.vers ?? '');
    const found = read.ok ? (versRange(read.vers)?.contains(input.version ?? '') ?? null) : read.error;
    return { name: `${input.vers ?? ''} ∋ ${input.version ?? ''}`, ok: found === expected, why: String(found) };
  }
  const scheme = versScheme(input.scheme ?? '');
  if (scheme === null) return null;
  const range = scheme.parseRange(input.native_range ?? '');
  const found = range === null ? 'not understood' : versOfRange(scheme, range);
  return { name: `${input.native_range ?? ''} → ${String(expected)}`, ok: found === expected, why: String(found) };
}

function parseCase({ expected_failure: fails, expected_message: message, expected_output: expected }: VersTest, input: string): CaseResult {
  const read = parseVers(input);
  if (fails === true) return { name: input, ok: !read.ok && read.error === message, why: read.ok ? 'read' : read.error };
  const found = read.ok
    ? { scheme: read.vers.type, version_constraints: read.vers.constraints.map(({ operator, version }) => [operator, version]) }
    : read.error;
  return { name: input, ok: JSON.stringify(found) === JSON.stringify(expected), why: JSON.stringify(found) };
}

function validateCase(input: string, expected: unknown): CaseResult {
  const read = readVers(input);
  const found = read.ok ? printVers(sortedVers(read.vers)) : read.error;
  return { name: input, ok: found === expected, why: found };
}
