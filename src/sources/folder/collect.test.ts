import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFile } from '../file/collect.ts';
import { localSources } from '../local-sources.ts';
import { collectFolder } from './collect.ts';

const now = Date.UTC(2024, 5, 1);
const wants = (path: string) => path.endsWith('.lock');
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guildhall-folder-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (path: string, content = path) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const collect = (wanted: Partial<Parameters<typeof collectFolder>[1]> = {}, skip: readonly string[] = []) =>
  collectFolder({ folder: root, skip }, { wants, now, ...wanted });
const states = (collection: Awaited<ReturnType<typeof collectFolder>>) =>
  collection.entries.map((entry) => [entry.path, entry.state === 'unreadable' ? entry.problem.code : entry.state]);

describe('a plain folder', () => {
  it('gives the wanted files sorted, and enters neither .git nor node_modules nor what is a source of its own', async () => {
    for (const path of ['b/b.lock', 'a.lock', 'README', '.git/c.lock', 'x/node_modules/y/d.lock', 'repo/e.lock']) write(path);
    const collection = await collect({}, ['repo']);
    expect(collection).toMatchObject({
      source: 'folder',
      outcome: 'complete',
      revision: null,
      validAt: now,
      paths: ['README', 'a.lock', 'b/b.lock'],
    });
    expect(states(collection)).toEqual([
      ['a.lock', 'read'],
      ['b/b.lock', 'read'],
    ]);
    expect(Buffer.from((await collection.read('b/b.lock')) as Uint8Array).toString()).toBe('b/b.lock');
    expect(await collection.read('repo/e.lock')).toBe(null);
  });

  it('names expected files that are gone as absent', async () => {
    write('a.lock');
    expect(states(await collect({ expected: ['a.lock', 'z.lock'] }))).toEqual([
      ['a.lock', 'read'],
      ['z.lock', 'absent'],
    ]);
  });

  it('follows no link, to a file or to a folder', async () => {
    write('real/a.lock');
    symlinkSync('/etc/passwd', join(root, 'b.lock'));
    symlinkSync(root, join(root, 'loop.lock'));
    expect(states(await collect())).toEqual([
      ['b.lock', 'link'],
      ['loop.lock', 'link'],
      ['real/a.lock', 'read'],
    ]);
  });

  it('does not read through a folder that became a link after it was listed', async () => {
    write('a/a.lock', 'mine');
    write('../secret-of-test/a.lock', 'secret');
    const collection = await collect();
    renameSync(join(root, 'a'), join(root, 'old'));
    symlinkSync(join(root, '..', 'secret-of-test'), join(root, 'a'));
    expect(await collection.read('a/a.lock')).toMatchObject({ code: 'link' });
    rmSync(join(root, '..', 'secret-of-test'), { recursive: true });
  });

  it('does not wait on a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'a.lock')]);
    expect(states(await collect())).toEqual([['a.lock', 'not-a-file']]);
  });

  it('names a file over the cap and one that vanished when they are read', async () => {
    write('a.lock', 'x'.repeat(100));
    write('b.lock');
    const collection = await collect({ maxFileBytes: 50 });
    rmSync(join(root, 'b.lock'));
    const read = await Promise.all(collection.entries.map((entry) => (entry.state === 'read' ? entry.bytes() : Promise.resolve(null))));
    expect(read).toMatchObject([{ code: 'too-large' }, { code: 'vanished' }]);
  });

  it('of more files or levels than the cap is partial, and nothing of it counts as absent', async () => {
    for (const path of ['a.lock', 'b.lock', 'c.lock']) write(path);
    const many = await collect({ maxFiles: 2, expected: ['z.lock'] });
    expect([many.outcome, many.paths.length, many.problems[0]?.code, states(many).flat().includes('absent')]).toEqual([
      'partial',
      2,
      'too-many-files',
      false,
    ]);
    write(`${'d/'.repeat(70)}x.lock`);
    expect(await collect()).toMatchObject({ outcome: 'partial', problems: [{ code: 'too-deep' }] });
  });

  it('that is not there fails', async () => {
    rmSync(root, { recursive: true });
    expect(await collect()).toMatchObject({ outcome: 'failed', problems: [{ code: 'no-such-folder' }] });
    mkdirSync(root);
  });
});

describe('one file', () => {
  it('is always wanted, and its neighbours are the files beside it only', async () => {
    write('x/bom.json', '{}');
    write('x/beside', 'b');
    write('above', 'a');
    const collection = await collectFile({ file: join(root, 'x/bom.json') }, { wants: () => false, now });
    expect([collection.outcome, collection.entries.map((entry) => entry.path)]).toEqual(['complete', ['bom.json']]);
    expect(Buffer.from((await collection.read('beside')) as Uint8Array).toString()).toBe('b');
    expect(await collection.read('../above')).toBe(null);
  });

  it.each([
    ['none.json', 'no-such-file'],
    ['link.json', 'link'],
    ['.', 'not-a-file'],
  ])('named %s fails with %s', async (name, code) => {
    symlinkSync('/etc/passwd', join(root, 'link.json'));
    expect(await collectFile({ file: join(root, name) }, { wants, now })).toMatchObject({ outcome: 'failed', problems: [{ code }] });
  });
});

describe('what a path is', () => {
  it('is one source for each repository up to three levels inside and one for the rest', async () => {
    for (const path of [
      'r1/.git/HEAD',
      'team/r2/.git',
      'a/b/r3/.git/HEAD',
      'a/b/c/too-deep/.git/HEAD',
      'bare.git/HEAD',
      'bare.git/objects/x',
      'bare.git/refs/x',
      'r1/inner/.git/HEAD',
      'loose.lock',
    ])
      write(path);
    const repositories = ['a/b/r3', 'bare.git', 'r1', 'team/r2'];
    expect(await localSources(root)).toEqual([
      ...repositories.map((inside) => ({ kind: 'git', folder: join(root, inside) })),
      { kind: 'folder', folder: root, skip: repositories },
    ]);
  });

  it('leaves out the rest when there is none', async () => {
    write('r1/.git/HEAD');
    expect(await localSources(root)).toEqual([{ kind: 'git', folder: join(root, 'r1') }]);
  });

  it('is a repository, a file, a folder or nothing', async () => {
    write('r/.git/HEAD');
    write('f/a.lock');
    expect(await localSources(join(root, 'r'))).toEqual([{ kind: 'git', folder: join(root, 'r') }]);
    expect(await localSources(join(root, 'f/a.lock'))).toEqual([{ kind: 'file', file: join(root, 'f/a.lock') }]);
    expect(await localSources(join(root, 'f'))).toEqual([{ kind: 'folder', folder: join(root, 'f'), skip: [] }]);
    expect(await localSources(join(root, 'none'))).toMatchObject({ code: 'no-such-path' });
  });
});
