import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '#model/format.ts';
import type { ReadingResult } from '#model/reading.ts';
import { formats } from './all.ts';

const root = path.join(import.meta.dirname, 'fixtures');
const wrong: readonly unknown[] = [null, 7, 'text', true, [], {}, [[]], { __proto__: null }];

describe.each(formats)('$id', (format) => {
  const samples = samplesOf(format);

  it('random bytes give a reading, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isSound(format, bytes)),
      { numRuns: 150 },
    );
  });

  it('bytes that are no text are said to be none', () => {
    const bytes = new Uint8Array([0x61, 0xc3, 0x28, 0x0a]);
    const result = format.parse({ path: 'file', bytes }, { read: () => null });
    expect(result.packages).toEqual([]);
    expect(result.problems.map((problem) => problem.severity)).toEqual(['error']);
  });

  it('text of the signs that files are made of gives a reading, never an exception', () => {
    const sign = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      '  ',
      '=',
      '@',
      '/',
      '<',
      '>',
      '(',
      ')',
      '-',
      '#',
      'name',
      'version',
      '1.0.0',
      '\0',
      '\u202e',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 80 }), (signs) => isSound(format, new TextEncoder().encode(signs.join('')))),
      { numRuns: 150 },
    );
  });

  it('a file cut off anywhere gives a reading, never an exception', () => {
    for (const sample of samples) {
      for (let length = 0; length < sample.length; length += Math.max(1, Math.floor(sample.length / 60))) {
        expect(isSound(format, sample.subarray(0, length))).toBe(true);
      }
    }
  });

  it('a wrong value at any node of a JSON file gives a reading, never an exception', () => {
    for (const sample of samples) {
      const text = new TextDecoder().decode(sample);
      if (!text.trimStart().startsWith('{')) continue;
      for (const broken of brokenJson(text)) expect(isSound(format, new TextEncoder().encode(broken))).toBe(true);
    }
  });

  it('a line taken out, doubled or emptied of its value gives a reading, never an exception', () => {
    for (const sample of samples) {
      const lines = new TextDecoder().decode(sample).split('\n');
      for (const [at, line] of lines.entries()) {
        for (const changed of [[], [line, line], [line.replace(/[:=].*$/, ': null')], [line.replace(/[:=].*$/, '= 7')], [`${line}: [`]]) {
          expect(isSound(format, new TextEncoder().encode([...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join('\n')))).toBe(true);
        }
      }
    }
  });
});

/** True when the readings, without neighbours and among neighbours that hold the same garbage, keep their contract. */
function isSound(format: Format, bytes: Uint8Array): boolean {
  const file = { path: 'some/folder/file', bytes };
  return keepsContract(format.parse(file, { read: () => null })) && keepsContract(format.parse(file, { read: () => bytes }));
}

/** Edges lead from one package to another, names and versions are text or known to be none, problems are sentences. */
function keepsContract({ packages, edges, problems }: ReadingResult): boolean {
  const count = packages.length;
  return (
    edges.every(([from, to]) => from >= 0 && from < count && to >= 0 && to < count && from !== to) &&
    packages.every((pkg) => pkg.name !== '' && pkg.version !== '' && (pkg.version === null || typeof pkg.version === 'string')) &&
    problems.every((problem) => problem.code !== '' && /[.!?]$/.test(problem.message))
  );
}

function samplesOf(format: Format): readonly Uint8Array[] {
  const dir = path.join(root, format.id, 'real-world');
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file));
}

/** The document with each node in turn replaced by each wrong value. */
function brokenJson(text: string): readonly string[] {
  const found: string[] = [];
  const document: unknown = JSON.parse(text);
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const table = node as Record<string, unknown>;
    for (const key of Object.keys(table)) {
      const right = table[key];
      for (const value of wrong) {
        table[key] = value;
        found.push(JSON.stringify(document));
      }
      table[key] = right;
      visit(right);
    }
  };
  visit(document);
  return [...found, ...wrong.map((value) => JSON.stringify(value))];
}
