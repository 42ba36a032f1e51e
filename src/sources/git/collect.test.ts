import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collection } from '../collection.ts';
import { collectGit } from './collect.ts';
import { git, temporaryFolder } from './fixtures/git.ts';

const now = Date.UTC(2024, 5, 1);
const wants = (path: string) => path.endsWith('.lock');

let folder = temporaryFolder();
let repository = '';
let canary = '';
const opened: Collection[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  repository = join(folder.path, 'shop');
  canary = join(folder.path, 'canary');
  mkdirSync(repository);
  git(repository, ['init', '-q', '-b', 'main']);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((collection) => collection.close()));
  folder.remove();
});

const write = (path: string, content: string | Buffer) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), content);
};
const commit = () => {
  git(repository, ['add', '-A', '-f']);
  git(repository, ['commit', '-q', '--allow-empty', '-m', 'x']);
  return git(repository, ['rev-parse', 'HEAD']);
};
const collect = async (source: Partial<Parameters<typeof collectGit>[0]> = {}, wanted: Partial<Parameters<typeof collectGit>[1]> = {}) => {
  const collection = await collectGit({ folder: repository, ...source }, { wants, now, ...wanted });
  opened.push(collection);
  return collection;
};
const contents = async (collection: Collection) =>
  Promise.all(
    collection.entries.map(async (entry) => {
      if (entry.state === 'absent') return [entry.path, 'absent'];
      const bytes = entry.state === 'unreadable' ? entry.problem : await entry.bytes();
      return [entry.path, bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : bytes.code];
    }),
  );
const codes = (collection: Collection) => collection.problems.map((problem) => problem.code);
const script = () => `#!/bin/sh\ntouch '${canary}'\n`;

describe('a repository', () => {
  it('is read at HEAD, wanted files only, with its commit, date and all its paths', async () => {
    write('a.lock', 'one');
    write('deep/er/b.lock', 'two');
    write('README', 'x');
    const head = commit();
    write('a.lock', 'not committed');
    const collection = await collect();
    expect(collection).toMatchObject({ source: 'git', revision: head, validAt: Date.UTC(2024, 4, 1, 12), outcome: 'complete', problems: [] });
    expect(collection.paths).toEqual(['README', 'a.lock', 'deep/er/b.lock']);
    expect(await contents(collection)).toEqual([
      ['a.lock', 'one'],
      ['deep/er/b.lock', 'two'],
    ]);
  });

  it('gives any of its files to a reader that asks, and null for what is not there', async () => {
    write('x/pom.xml', '<a/>');
    commit();
    const { read } = await collect();
    expect(Buffer.from((await read('x/pom.xml')) as Uint8Array).toString()).toBe('<a/>');
    expect(await read('../shop/x/pom.xml')).toBe(null);
  });

  it('names the expected files that are gone as absent', async () => {
    write('a.lock', '1');
    commit();
    expect(await contents(await collect({}, { expected: ['a.lock', 'old.lock'] }))).toEqual([
      ['a.lock', '1'],
      ['old.lock', 'absent'],
    ]);
  });

  it('never tells a date after the observation', async () => {
    commit();
    expect((await collect({}, { now: 5 })).validAt).toBe(5);
  });

  it.each([
    ['a branch', 'other'],
    ['an annotated tag', 'v1'],
    ['a full ref', 'refs/heads/other'],
  ])('is read at %s when one is named', async (_, revision) => {
    write('a.lock', 'old');
    const old = commit();
    git(repository, ['branch', 'other']);
    git(repository, ['tag', '-a', 'v1', '-m', 'x']);
    write('a.lock', 'new');
    commit();
    const collection = await collect({ revision });
    expect(collection.revision).toBe(old);
    expect(await contents(collection)).toEqual([['a.lock', 'old']]);
  });

  it.each([
    ['with packed refs', ['pack-refs', '--all']],
    ['packed whole', ['gc', '-q']],
    ['with a detached HEAD', ['checkout', '-q', '--detach']],
  ])('%s reads the same', async (_, args) => {
    write('a.lock', 'one');
    const head = commit();
    git(repository, args);
    const collection = await collect();
    expect([collection.revision, await contents(collection)]).toEqual([head, [['a.lock', 'one']]]);
  });

  it('with SHA-256 object ids reads the same', async () => {
    rmSync(repository, { recursive: true });
    mkdirSync(repository);
    git(repository, ['init', '-q', '--object-format=sha256']);
    write('a.lock', 'one');
    const head = commit();
    const collection = await collect();
    expect([head.length, collection.revision, await contents(collection)]).toEqual([64, head, [['a.lock', 'one']]]);
  });

  it.each([
    ['a bare clone', ['clone', '-q', '--bare', 'shop', 'copy'], 'copy'],
    ['a shallow clone', ['clone', '-q', '--depth=1', '--no-local', 'shop', 'copy'], 'copy'],
    ['a linked worktree', ['-C', 'shop', 'worktree', 'add', '-q', '--detach', '../copy'], 'copy'],
    ['a clone without its files', ['clone', '-q', '--no-checkout', 'shop', 'copy'], 'copy'],
  ])('as %s reads the same', async (_, args, name) => {
    write('a.lock', 'zero');
    commit();
    write('a.lock', 'one');
    const head = commit();
    git(folder.path, args);
    const collection = await collect({ folder: join(folder.path, name) });
    expect([collection.revision, await contents(collection)]).toEqual([head, [['a.lock', 'one']]]);
  });

  it('of four thousand files is read well under half a second when it is bare', async () => {
    for (let index = 0; index < 4_000; index += 1) write(`d${String(index % 100)}/${String(index)}.lock`, `content ${String(index)}`);
    commit();
    git(folder.path, ['clone', '-q', '--bare', 'shop', 'bare']);
    const start = performance.now();
    const read = await contents(await collect({ folder: join(folder.path, 'bare') }));
    // A generous bound against accidents; the figure itself is the bench's.
    expect([read.length, performance.now() - start < 5_000]).toEqual([4_000, true]);
  }, 60_000);

  it('named by a relative path reads the same', async () => {
    write('a.lock', 'one');
    commit();
    const collection = await collect({ folder: relative(process.cwd(), repository) });
    expect([await contents(collection), collection.place.rootName]).toEqual([[['a.lock', 'one']], 'shop']);
  });

  it('leaves no temporary folder behind', async () => {
    commit();
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('guildhall-git-'));
    const collection = await collectGit({ folder: repository }, { wants, now });
    const during = readdirSync(tmpdir()).filter((name) => name.startsWith('guildhall-git-') && !before.includes(name));
    await collection.close();
    expect(
      during.filter(
        (name) =>
          existsSync(join(tmpdir(), name, 'objects', 'info', 'alternates')) &&
          readFileSync(join(tmpdir(), name, 'objects', 'info', 'alternates'), 'utf8').includes(folder.path),
      ),
    ).toEqual([]);
  });
});

describe('a hostile repository', () => {
  it.each([
    ['a file system monitor', () => git(repository, ['config', 'core.fsmonitor', join(folder.path, 'run')])],
    ['a pager and aliases', () => git(repository, ['config', 'alias.ls-tree', `!${join(folder.path, 'run')}`])],
    [
      'a clean and smudge filter',
      () => {
        write('.gitattributes', '* filter=evil diff=evil\n');
        git(repository, ['config', 'filter.evil.smudge', join(folder.path, 'run')]);
        git(repository, ['config', 'diff.evil.textconv', join(folder.path, 'run')]);
      },
    ],
    [
      'an upload-pack and an ssh command',
      () => {
        git(repository, ['config', 'core.sshCommand', join(folder.path, 'run')]);
        git(repository, ['config', 'remote.origin.uploadpack', join(folder.path, 'run')]);
      },
    ],
    [
      'a partial clone whose promisor is a command',
      () => {
        git(repository, ['config', 'core.repositoryFormatVersion', '1']);
        git(repository, ['config', 'extensions.partialClone', 'origin']);
        git(repository, ['config', 'remote.origin.url', `ext::${join(folder.path, 'run')}`]);
        git(repository, ['config', 'protocol.ext.allow', 'always']);
      },
    ],
    [
      'an include of another configuration',
      () => {
        writeFileSync(join(folder.path, 'included'), `[core]\nfsmonitor = ${join(folder.path, 'run')}\n`);
        git(repository, ['config', 'include.path', join(folder.path, 'included')]);
      },
    ],
    [
      'hooks of every name',
      () => {
        for (const hook of ['post-checkout', 'pre-commit', 'post-index-change', 'reference-transaction', 'fsmonitor-watchman']) {
          writeFileSync(join(repository, '.git', 'hooks', hook), script(), { mode: 0o755 });
        }
      },
    ],
    [
      'broken configuration',
      () => {
        appendFileSync(join(repository, '.git', 'config'), '[core\n\0');
      },
    ],
  ])('with %s runs nothing and is read', async (_, prepare) => {
    write('a.lock', 'one');
    commit();
    writeFileSync(join(folder.path, 'run'), script(), { mode: 0o755 });
    prepare();
    const collection = await collect();
    expect(await contents(collection)).toEqual([['a.lock', 'one']]);
    expect(existsSync(canary)).toBe(false);
  });

  it('would have run its file system monitor under plain git, so that the test above can fail', () => {
    write('a.lock', 'one');
    commit();
    writeFileSync(join(folder.path, 'run'), script(), { mode: 0o755 });
    git(repository, ['config', 'core.fsmonitor', join(folder.path, 'run')]);
    git(repository, ['status']);
    expect(existsSync(canary)).toBe(true);
  });

  it('with an embedded bare repository in a folder only gives its files as files', async () => {
    write('a.lock', 'one');
    mkdirSync(join(repository, 'inner'));
    git(join(repository, 'inner'), ['init', '-q', '--bare']);
    git(join(repository, 'inner'), ['config', 'core.fsmonitor', join(folder.path, 'run')]);
    writeFileSync(join(folder.path, 'run'), script(), { mode: 0o755 });
    commit();
    expect(await contents(await collect())).toEqual([['a.lock', 'one']]);
    expect(existsSync(canary)).toBe(false);
  });

  it('with a link to a secret gives a problem and not the secret', async () => {
    writeFileSync(join(folder.path, 'secret'), 'secret');
    symlinkSync(join(folder.path, 'secret'), join(repository, 'a.lock'));
    commit();
    const collection = await collect();
    expect(await contents(collection)).toEqual([['a.lock', 'link']]);
    expect(await collection.read('a.lock')).toMatchObject({ code: 'link' });
  });

  it('with a submodule says that it is not followed', async () => {
    write('a.lock', 'one');
    const head = commit();
    git(repository, ['update-index', '--add', '--cacheinfo', `160000,${head},sub`]);
    git(repository, ['commit', '-q', '-m', 'x']);
    const collection = await collect();
    expect(collection.problems).toMatchObject([{ code: 'submodule', severity: 'warning' }]);
    expect(await contents(collection)).toEqual([['a.lock', 'one']]);
  });

  it('with a missing blob names the file and reads the others', async () => {
    write('a.lock', 'lost');
    write('b.lock', 'kept');
    commit();
    const id = git(repository, ['rev-parse', 'HEAD:a.lock']);
    rmSync(join(repository, '.git', 'objects', id.slice(0, 2), id.slice(2)));
    const collection = await collect();
    expect(await contents(collection)).toEqual([
      ['a.lock', 'missing-blob'],
      ['b.lock', 'kept'],
    ]);
  });

  it('with a missing folder is not called complete, so that what lay there is not gone', async () => {
    write('a/a.lock', 'lost');
    write('b/b.lock', 'kept');
    commit();
    const id = git(repository, ['rev-parse', 'HEAD:a']);
    rmSync(join(repository, '.git', 'objects', id.slice(0, 2), id.slice(2)));
    const collection = await collect({}, { expected: ['a/a.lock', 'b/b.lock'] });
    expect(collection.outcome).not.toBe('complete');
    expect(collection.entries.filter((entry) => entry.state === 'absent')).toEqual([]);
  });

  it('with a blob whose bytes are garbage names the file and reads the others', async () => {
    write('a.lock', 'broken');
    write('b.lock', 'kept');
    commit();
    const id = git(repository, ['rev-parse', 'HEAD:a.lock']);
    const file = join(repository, '.git', 'objects', id.slice(0, 2), id.slice(2));
    rmSync(file);
    writeFileSync(file, 'garbage');
    const read = await contents(await collect());
    expect(read.map(([path, content]) => [path, content === 'kept'])).toEqual([
      ['a.lock', false],
      ['b.lock', true],
    ]);
  });

  it('with a blob over the cap names the file without reading it', async () => {
    write('a.lock', 'x'.repeat(1_000));
    write('b.lock', 'kept');
    commit();
    expect(await contents(await collect({}, { maxFileBytes: 100 }))).toEqual([
      ['a.lock', 'too-large'],
      ['b.lock', 'kept'],
    ]);
  });

  it.each([
    '--output=x.lock',
    '-rf.lock',
    'a\nb.lock',
    'a\tb.lock',
    '"quoted".lock',
    ' .lock',
    ':(glob)**.lock',
    '日本.lock',
    '\u001b[31m.lock',
    '$(touch x).lock',
  ])('with a file named %j reads it by that name', async (path) => {
    write(path, 'content');
    commit();
    expect(await contents(await collect())).toEqual([[path, 'content']]);
  });

  it('with a file name that is not UTF-8 says so, and is then not called complete', async () => {
    const blob = git(repository, ['hash-object', '-w', '--stdin'], 'x');
    const entry = Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), Buffer.from([0xff, 0xfe]), Buffer.from('.lock\0')]);
    const tree = git(repository, ['mktree', '-z'], entry);
    git(repository, ['update-ref', 'HEAD', git(repository, ['commit-tree', '-m', 'x', tree])]);
    const collection = await collect({}, { expected: ['a.lock'] });
    expect([collection.outcome, codes(collection), collection.entries]).toEqual(['failed', ['odd-name'], []]);
  });

  it.each(['..', '.git', '.'])('with a forged tree entry named %j never gives a path that leaves the source', async (name) => {
    const blob = git(repository, ['hash-object', '-w', '--stdin'], 'x');
    const raw = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex'), Buffer.from('100644 z.lock\0'), Buffer.from(blob, 'hex')]);
    const tree = git(repository, ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], raw);
    git(repository, ['update-ref', 'HEAD', git(repository, ['commit-tree', '-m', 'x', tree])]);
    const collection = await collect();
    expect(collection.paths.filter((path) => path.split('/').some((segment) => segment === '..' || segment === '.'))).toEqual([]);
  });

  it('with a tree that holds itself a hundred million times over is cut at the file cap', async () => {
    const blob = git(repository, ['hash-object', '-w', '--stdin'], 'x');
    let tree = git(repository, ['mktree'], Array.from({ length: 10 }, (_, index) => `100644 blob ${blob}\tf${String(index)}`).join('\n'));
    for (let level = 0; level < 7; level += 1)
      tree = git(repository, ['mktree'], Array.from({ length: 10 }, (_, index) => `040000 tree ${tree}\td${String(index)}`).join('\n'));
    git(repository, ['update-ref', 'HEAD', git(repository, ['commit-tree', '-m', 'x', tree])]);
    const collection = await collect({}, { maxFiles: 10_000 });
    expect([collection.outcome, codes(collection), collection.paths.length]).toEqual(['partial', ['too-many-files'], 10_000]);
  });

  it('with a commit-graph of garbage is read from its objects', async () => {
    write('a.lock', 'one');
    commit();
    mkdirSync(join(repository, '.git', 'objects', 'info'), { recursive: true });
    writeFileSync(join(repository, '.git', 'objects', 'info', 'commit-graph'), 'CGPH garbage');
    expect(await contents(await collect())).toEqual([['a.lock', 'one']]);
  });
});

describe('a repository that points elsewhere', () => {
  const secretRepository = () => {
    const secret = join(folder.path, 'secret');
    mkdirSync(secret);
    git(secret, ['init', '-q']);
    writeFileSync(join(secret, 'a.lock'), 'secret');
    git(secret, ['add', '.']);
    git(secret, ['commit', '-q', '-m', 'x']);
    return secret;
  };

  it.each([
    [
      'alternates outside the folder named',
      'alternates',
      (secret: string) => {
        writeFileSync(join(repository, '.git', 'objects', 'info', 'alternates'), `${join(secret, '.git', 'objects')}\n`);
      },
    ],
    [
      'quoted alternates',
      'alternates',
      (secret: string) => {
        writeFileSync(join(repository, '.git', 'objects', 'info', 'alternates'), `"${join(secret, '.git', 'objects')}"\n`);
      },
    ],
    [
      'a .git file that names another repository',
      'outside',
      (secret: string) => {
        rmSync(join(repository, '.git'), { recursive: true });
        writeFileSync(join(repository, '.git'), `gitdir: ${join(secret, '.git')}\n`);
      },
    ],
    [
      'a common directory outside',
      'outside',
      (secret: string) => {
        writeFileSync(join(repository, '.git', 'commondir'), `${join(secret, '.git')}\n`);
      },
    ],
    [
      'a .git that is a link',
      'link',
      (secret: string) => {
        rmSync(join(repository, '.git'), { recursive: true });
        symlinkSync(join(secret, '.git'), join(repository, '.git'));
      },
    ],
    [
      'an objects folder that is a link',
      'no-objects',
      (secret: string) => {
        rmSync(join(repository, '.git', 'objects'), { recursive: true });
        symlinkSync(join(secret, '.git', 'objects'), join(repository, '.git', 'objects'));
      },
    ],
    [
      'a HEAD that is a link',
      'link',
      (secret: string) => {
        rmSync(join(repository, '.git', 'HEAD'));
        symlinkSync(join(secret, '.git', 'HEAD'), join(repository, '.git', 'HEAD'));
      },
    ],
  ])('by %s is refused and says why', async (_, code, prepare) => {
    commit();
    const secret = secretRepository();
    prepare(secret);
    writeFileSync(join(folder.path, 'head'), git(secret, ['rev-parse', 'HEAD']));
    const collection = await collect();
    expect([collection.outcome, codes(collection), collection.entries]).toEqual(['failed', [code], []]);
  });

  it('inside the folder named is read', async () => {
    write('a.lock', 'one');
    commit();
    git(folder.path, ['clone', '-q', '--shared', 'shop', 'copy']);
    expect(await contents(await collect({ folder: join(folder.path, 'copy'), root: folder.path }))).toEqual([['a.lock', 'one']]);
    expect(codes(await collect({ folder: join(folder.path, 'copy') }))).toEqual(['alternates']);
  });
});

describe('a repository that cannot be read', () => {
  it.each([
    [
      'is not there',
      'not-a-repository',
      () => {
        rmSync(repository, { recursive: true });
      },
    ],
    [
      'is a plain folder',
      'not-a-repository',
      () => {
        rmSync(join(repository, '.git'), { recursive: true });
      },
    ],
    ['has no commit', 'no-commit', () => undefined],
    [
      'lost its commit',
      'missing-commit',
      () => {
        const id = commit();
        rmSync(join(repository, '.git', 'objects', id.slice(0, 2), id.slice(2)));
      },
    ],
    [
      'lost its tree',
      'git-failed',
      () => {
        write('a.lock', 'x');
        commit();
        const id = git(repository, ['rev-parse', 'HEAD^{tree}']);
        rmSync(join(repository, '.git', 'objects', id.slice(0, 2), id.slice(2)));
      },
    ],
    [
      'has a HEAD of nonsense',
      'odd-ref',
      () => {
        commit();
        writeFileSync(join(repository, '.git', 'HEAD'), 'nonsense');
      },
    ],
    [
      'has a HEAD that climbs out',
      'odd-ref',
      () => {
        commit();
        writeFileSync(join(repository, '.git', 'HEAD'), 'ref: refs/../../../secret');
      },
    ],
    [
      'has a HEAD that points at itself',
      'symref-loop',
      () => {
        commit();
        writeFileSync(join(repository, '.git', 'refs', 'heads', 'main'), 'ref: refs/heads/main');
      },
    ],
    [
      'has a HEAD that is a pipe',
      'not-a-file',
      () => {
        commit();
        rmSync(join(repository, '.git', 'HEAD'));
        execFileSync('mkfifo', [join(repository, '.git', 'HEAD')]);
      },
    ],
    [
      'keeps its refs as a reftable',
      'reftable',
      () => {
        commit();
        mkdirSync(join(repository, '.git', 'reftable'));
      },
    ],
  ])('because it %s fails with %s, with nothing called absent', async (_, code, prepare) => {
    prepare();
    const collection = await collect({}, { expected: ['a.lock'] });
    expect([collection.outcome, collection.revision, collection.entries]).toEqual(['failed', null, []]);
    expect(codes(collection).at(-1)).toBe(code);
  });

  it.each(['nonsense', '--all', '-x', '../../HEAD', 'a b', 'HEAD~1', 'main@{1}'])('at a revision named %j fails', async (revision) => {
    commit();
    expect((await collect({ revision })).outcome).toBe('failed');
  });
});

describe('the origin', () => {
  it('is the normalised remote without credentials', async () => {
    commit();
    git(repository, ['remote', 'add', 'origin', 'https://user:token@github.com/Acme/shop.git']);
    expect(await collect()).toMatchObject({ origin: 'github.com/acme/shop', place: { namespace: 'github.com-acme', rootName: 'shop' } });
  });

  it('of a repository that only has a local remote is the folder it lies in', async () => {
    commit();
    cpSync(repository, join(folder.path, 'team', 'shop.git'), { recursive: true });
    git(repository, ['remote', 'add', 'origin', '/srv/git/shop.git']);
    expect(await collect({ folder: join(folder.path, 'team', 'shop.git') })).toMatchObject({
      origin: 'folder:team/shop',
      place: { namespace: 'team', rootName: 'shop' },
    });
  });
});
