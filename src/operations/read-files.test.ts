import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFiles, type FileReport } from './read-files.ts';

const files: Readonly<Record<string, string>> = {
  'shop/package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/left-pad': { version: '1.3.0' } } }),
  'shop/package.json': JSON.stringify({ dependencies: { 'left-pad': '^1.0.0' } }),
  'shop/testdata/package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/only-a-test': { version: '1.0.0' } } }),
  'api/requirements.txt': '-r more/listed.txt\nflask==3.0.0\n',
  'api/more/listed.txt': 'click==8.1.0\n',
  'mix.exs': 'defmodule App do\nend\n',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guildhall-read-'));
  for (const [at, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
    writeFileSync(path.join(folder, at), text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function reports(targets: readonly string[], formatId: string | null = null): Promise<readonly FileReport[]> {
  return Array.fromAsync(readFiles(targets, formatId));
}

function said(all: readonly FileReport[]): readonly string[] {
  return all.map(({ file, format, packages, problems }) =>
    [
      path.relative(folder, file),
      format ?? '-',
      ...packages.map((each) => `${each.name}@${each.version ?? '?'}`),
      ...problems.map((each) => each.code),
    ].join(' '),
  );
}

const ofThePlace = [
  'api/requirements.txt requirements-txt click@8.1.0 flask@3.0.0',
  'shop/package-lock.json npm-package-lock left-pad@1.3.0',
  ' - not-read',
];

describe('reading without a store', () => {
  it('reads of a folder what a scan would, and names what it passed over', async () => {
    expect(said(await reports([folder]))).toEqual(ofThePlace);
  });

  it('reads a repository at its newest commit, not its work tree', async () => {
    const git = (...words: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words]);
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'all');
    writeFileSync(path.join(folder, 'api', 'requirements.txt'), 'changed==9.9.9\n');
    expect(said(await reports([folder]))).toEqual(ofThePlace);
    rmSync(path.join(folder, '.git'), { recursive: true });
    writeFileSync(path.join(folder, 'api', 'requirements.txt'), files['api/requirements.txt'] ?? '');
  });

  it('reads files in the order given, between folders, and says of one that is not there', async () => {
    const shop = path.join(folder, 'shop');
    const [listed, manifest] = [path.join(folder, 'api', 'more', 'listed.txt'), path.join(shop, 'package.json')];
    expect(said(await reports([manifest, listed, shop, path.join(folder, 'gone.json')]))).toEqual([
      'shop/package.json package-json left-pad@?',
      'api/more/listed.txt - unknown-format',
      'shop/package-lock.json npm-package-lock left-pad@1.3.0',
      'gone.json - no-such-file',
    ]);
  });

  it('reads a file as the format asked for, and refuses to read a folder so', async () => {
    const listed = path.join(folder, 'api', 'more', 'listed.txt');
    expect(said(await reports([listed], 'requirements-txt'))).toEqual(['api/more/listed.txt requirements-txt click@8.1.0']);
    await expect(reports([folder], 'requirements-txt')).rejects.toThrow('--as says what one file is');
  });
});
