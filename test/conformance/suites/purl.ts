import path from 'node:path';
import { canonicalPurl, parsePurl, printPurl, type PurlParts } from '#language/purl.ts';
import { filesIn, jsonOf } from '../data-files.ts';
import { summed, type CaseResult, type Suite } from '../suite.ts';

/** The purl specification's own tests: parse, build, and canonical form of every type. */
export const purl: Suite = {
  id: 'purl',
  run(dir) {
    const folder = path.join(dir, 'purl');
    const files = filesIn(folder, '-test.json');
    const cases = files.flatMap((file) => jsonOf<{ readonly tests: readonly PurlTest[] }>(folder, file).tests.map((test) => purlCase(file, test)));
    return files.length === 0 ? [] : [summed('purl-spec', 'purl', cases)];
  },
};

type WrittenParts = {
  readonly type: string | null;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>> | null;
  readonly subpath: string | null;
};

type PurlTest = {
  readonly description: string;
  readonly test_type: 'parse' | 'build' | 'validate';
  readonly input: string | WrittenParts;
  readonly expected_output: string | WrittenParts | null;
  readonly expected_failure: boolean;
};

function purlCase(file: string, { description, test_type: type, input, expected_output: expected, expected_failure: fails }: PurlTest): CaseResult {
  const found = outputOf(type, input);
  const wanted = fails ? null : typeof expected === 'string' || expected === null ? expected : comparable(partsOf(expected));
  return {
    name: `${file} ${type}: ${description} ${JSON.stringify(input)}`,
    ok: JSON.stringify(found) === JSON.stringify(wanted),
    why: JSON.stringify(found),
  };
}

function outputOf(type: PurlTest['test_type'], input: PurlTest['input']): unknown {
  if (typeof input !== 'string') return printPurl(partsOf(input));
  if (type === 'validate') return canonicalPurl(input);
  const parts = parsePurl(input);
  return parts === null ? null : comparable(parts);
}

function partsOf(written: WrittenParts): PurlParts {
  return { ...written, type: written.type ?? '', name: written.name ?? '', qualifiers: new Map(Object.entries(written.qualifiers ?? {})) };
}

function comparable({ type, namespace, name, version, qualifiers, subpath }: PurlParts): unknown {
  return [type, namespace, name, version, [...qualifiers].sort(), subpath];
}
