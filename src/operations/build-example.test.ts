import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample, type ExampleRepository } from './build-example.ts';

const estate = resolve(import.meta.dirname, '../../examples/estate');
const target = mkdtempSync(join(tmpdir(), 'guildhall-example-'));
let built: readonly ExampleRepository[] = [];

beforeAll(async () => {
  built = await buildExample(estate, target);
});
afterAll(() => rmSync(target, { recursive: true, force: true }));

describe('the repositories of the example estate', () => {
  it('are eleven, with the history that is written down', () => {
    expect(built.map((repository) => repository.name)).toEqual([
      'web-shop',
      'admin-console',
      'mobile-gateway',
      'billing-service',
      'settlement-batch',
      'pricing-engine',
      'reports-api',
      'data-loader',
      'edge-proxy',
      'ledger-core',
      'legacy-portal',
    ]);
    expect(git('billing-service', 'log', '--reverse', '--format=%cI %aN', 'main').split('\n')).toEqual([
      '2021-06-16T08:00:00+00:00 Jonas Rehm',
      '2021-12-11T07:25:00+00:00 Jonas Rehm',
      '2021-12-14T19:02:00+00:00 Jonas Rehm',
      '2022-01-05T09:30:00+00:00 Jonas Rehm',
      '2022-04-01T16:44:00+00:00 Jonas Rehm',
      '2023-05-09T10:12:00+00:00 Jonas Rehm',
    ]);
  });

  it('keep the files of a step that the next step does not touch', () => {
    expect(git('billing-service', 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
      'CODEOWNERS',
      'api/pom.xml',
      'catalog-info.yaml',
      'engine/pom.xml',
      'pom.xml',
    ]);
    expect(git('billing-service', 'show', 'main:pom.xml')).toContain('<log4j.version>2.17.1</log4j.version>');
    expect(git('billing-service', 'show', 'main~5:pom.xml')).toContain('<log4j.version>2.14.1</log4j.version>');
  });

  it('have the same commit ids whenever they are built', async () => {
    const again = mkdtempSync(join(tmpdir(), 'guildhall-example-'));
    try {
      await buildExample(estate, again);
      for (const { name, path } of built) expect(gitIn(join(again, `${name}.git`), 'rev-parse', 'main')).toBe(gitIn(path, 'rev-parse', 'main'));
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });

  it('are left alone when nothing has changed', async () => {
    const stamp = join(target, 'web-shop.git', 'guildhall-example');
    const before = statSync(stamp).mtimeMs;
    await buildExample(estate, target);
    expect(statSync(stamp).mtimeMs).toBe(before);
  });

  it('are sound as git sees them', () => {
    for (const { path } of built) expect(gitIn(path, 'fsck', '--strict')).toBe('');
  });
});

function git(name: string, ...args: readonly string[]): string {
  return gitIn(join(target, `${name}.git`), ...args);
}

function gitIn(path: string, ...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', path, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
