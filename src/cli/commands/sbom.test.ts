import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'guildhall-sbom-'));
const component = (name: string, version: string) => ({ type: 'library', 'bom-ref': name, name, version, purl: `pkg:npm/${name}@${version}` });
const written = (name: string, bom: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof bom === 'string' ? bom : JSON.stringify(bom));
  return file;
};
const before = written('before.json', {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [component('left-pad', '1.2.0'), component('ms', '2.0.0')],
});
const after = written('after.json', { bomFormat: 'CycloneDX', specVersion: '1.6', components: [component('left-pad', '1.3.0')] });
const broken = written('broken.json', '{"bomFormat": "CycloneDX", ');

async function run(...words: readonly string[]): Promise<{ readonly out: string; readonly code: unknown }> {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await (await commandLine('sbom')).parseAsync(['node', 'guildhall', 'sbom', ...words]);
  const code = process.exitCode;
  process.exitCode = undefined;
  vi.restoreAllMocks();
  return { out: printed.join(''), code };
}

describe('sbom on the command line', { timeout: 60_000 }, () => {
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<[string, readonly string[], unknown]>([
    ['passes without a gate', [before], 0],
    ['fails under the gate', [before, '--fail-under', '90'], 1],
    ['passes over it by the profile asked for', [before, '--profile', 'completeness', '--fail-under', '40'], 0],
    ['fails on what cannot be read', [broken], 1],
  ])('quality %s', async (_case, words, code) => {
    expect((await run('quality', ...words)).code).toBe(code);
  });

  it('quality names what is missing, with what to do, and everything as JSON', async () => {
    const { out } = await run('quality', before, '--rows', '1');
    expect(out).toMatch(
      /missing\s+0\/2\s+weight 1\s+Supplier of each component[^]*fix: Have the generator[^]*- left-pad 1\.2\.0 \(left-pad\)\n\s+… and 1 more/,
    );
    const json = JSON.parse((await run('quality', before, '--json')).out) as { elements: { id: string; misses: unknown[] }[] };
    expect(json.elements.find(({ id }) => id === 'ntia-supplier')?.misses).toHaveLength(2);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['text', [], /0 added, 1 removed, 1 changed[^]*changed left-pad \(pkg:npm\/left-pad\)\n\s+version: 1\.2\.0 → 1\.3\.0\n\s+removed ms 2\.0\.0/],
    ['Markdown', ['--format', 'md'], /\| changed \| `left-pad` \| version \| `1\.2\.0` \| `1\.3\.0` \|/],
    ['JSON', ['--json'], /"kind":"removed","identity":"pkg:npm\/ms"/],
  ])('diff as %s', async (_form, options, expected) => {
    const { out, code } = await run('diff', before, after, ...options);
    expect(out).toMatch(expected);
    expect(code).toBe(0);
  });
});
