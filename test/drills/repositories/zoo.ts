import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { git } from '../../../src/sources/git/fixtures/git.ts';
import { blob, commitAll, goodRepository, headOf, lockfileWith, rawTree, type Kit, type TreeEntry } from './kit.ts';

/** One hostile repository. `reads`: whether its good lockfile must be read all the same; where it is false a reason must be given. */
export type Animal = { readonly name: string; readonly reads: boolean; make(kit: Kit): void };

/** Settings with which plain git runs a program, writes a file or goes to the network. */
const settings: readonly (readonly [key: string, value: (kit: Kit) => string])[] = [
  ['core.fsmonitor', ({ program }) => program],
  ['core.hooksPath', ({ program }) => path.dirname(program)],
  ['core.sshCommand', ({ program }) => program],
  ['core.pager', ({ program }) => program],
  ['core.editor', ({ program }) => program],
  ['core.askPass', ({ program }) => program],
  ['core.gitProxy', ({ program }) => program],
  ['core.alternateRefsCommand', ({ program }) => program],
  ['core.attributesFile', ({ secret }) => secret],
  ['core.excludesFile', ({ secret }) => secret],
  ['core.worktree', () => '/'],
  ['alias.ls-tree', ({ program }) => `!${program}`],
  ['alias.cat-file', ({ program }) => `!${program}`],
  ['alias.log', ({ program }) => `!${program}`],
  ['credential.helper', ({ program }) => `!${program}`],
  ['diff.external', ({ program }) => program],
  ['gpg.program', ({ program }) => program],
  ['include.path', ({ program }) => `${program}.config`],
  ['includeIf.gitdir:/.path', ({ program }) => `${program}.config`],
  ['init.templateDir', ({ program }) => path.dirname(program)],
  ['remote.origin.uploadpack', ({ program }) => program],
  ['remote.origin.vcs', ({ program }) => program],
  ['remote.origin.url', ({ program }) => `ext::${program}`],
  ['remote.origin.url', ({ address }) => `${address}/shop.git`],
  ['uploadpack.packObjectsHook', ({ program }) => program],
  ['trailer.x.command', ({ program }) => program],
  ['submodule.recurse', () => 'true'],
  ['gc.auto', () => '1'],
  ['url.ext::sh.insteadOf', () => 'https://'],
  ['http.proxy', ({ address }) => address],
];

/** Files of a git directory that lead elsewhere or are no such files. */
const gitFiles: readonly (readonly [name: string, reads: boolean, make: (folder: string, kit: Kit) => void])[] = [
  ['hooks of every name', true, (folder, kit) => hookNames.forEach((name) => fs.copyFileSync(kit.program, path.join(folder, 'hooks', name)))],
  ['alternates that lead to a folder of secrets', false, (folder, kit) => write(folder, 'objects/info/alternates', `${path.dirname(kit.secret)}\n`)],
  ['alternates that lead to themselves', false, (folder) => write(folder, 'objects/info/alternates', `${path.join(folder, 'objects')}\n`)],
  ['alternates on the network', true, (folder, kit) => write(folder, 'objects/info/http-alternates', `${kit.address}/objects\n`)],
  ['alternates that are a pipe', false, (folder) => pipe(path.join(folder, 'objects/info/alternates'))],
  ['a branch that is a link to a secret', false, (folder, kit) => relink(path.join(folder, 'refs/heads/main'), kit.secret)],
  ['a head that is a link to a secret', false, (folder, kit) => relink(path.join(folder, 'HEAD'), kit.secret)],
  ['a head that names a path', false, (folder, kit) => fs.writeFileSync(path.join(folder, 'HEAD'), `ref: ../../${path.basename(kit.secret)}\n`)],
  ['a head that is a pipe', false, (folder) => pipe(path.join(folder, 'HEAD'))],
  ['packed refs that are a pipe', true, (folder) => pipe(path.join(folder, 'packed-refs'))],
  ['packed refs of garbage', true, (folder) => fs.writeFileSync(path.join(folder, 'packed-refs'), '\0'.repeat(10_000))],
  [
    'a branch that looks like an option',
    true,
    (folder) => fs.writeFileSync(path.join(folder, 'packed-refs'), `${'a'.repeat(40)} refs/heads/--upload-pack=touch\n`),
  ],
  ['a configuration that is a pipe', true, (folder) => pipe(path.join(folder, 'config'))],
  ['a configuration of garbage', true, (folder) => fs.appendFileSync(path.join(folder, 'config'), '[core\n\0')],
  [
    'a configuration for the worktree',
    true,
    (folder, kit) => {
      fs.appendFileSync(path.join(folder, 'config'), '[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tworktreeConfig = true\n');
      write(folder, 'config.worktree', `[core]\n\tfsmonitor = ${kit.program}\n`);
    },
  ],
  [
    'a promisor that is a program',
    true,
    (folder, kit) =>
      fs.appendFileSync(
        path.join(folder, 'config'),
        `[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ext::${kit.program}\n\tpromisor = true\n[protocol "ext"]\n\tallow = always\n`,
      ),
  ],
  [
    'attributes of its own',
    true,
    (folder, kit) => {
      write(folder, 'info/attributes', '* filter=x diff=x merge=x\n');
      fs.appendFileSync(
        path.join(folder, 'config'),
        `[filter "x"]\n\tsmudge = ${kit.program}\n\tclean = ${kit.program}\n\tprocess = ${kit.program}\n\trequired = true\n[diff "x"]\n\ttextconv = ${kit.program}\n`,
      );
    },
  ],
  [
    'grafts and shallow of garbage',
    true,
    (folder) => {
      write(folder, 'info/grafts', 'not an id\n');
      fs.writeFileSync(path.join(folder, 'shallow'), 'not an id\n');
    },
  ],
  ['a commit-graph of garbage', true, (folder) => write(folder, 'objects/info/commit-graph', 'CGPH garbage')],
  [
    'a pack of garbage',
    true,
    (folder) => {
      write(folder, `objects/pack/pack-${'0'.repeat(40)}.pack`, `PACK${'\0'.repeat(5_000)}`);
      write(folder, `objects/pack/pack-${'0'.repeat(40)}.idx`, `\u00fftOc${'\0'.repeat(5_000)}`);
    },
  ],
  ['an index that is a pipe', true, (folder) => relinkPipe(path.join(folder, 'index'))],
  ['trace to a file', true, (folder, kit) => fs.appendFileSync(path.join(folder, 'config'), `[trace2]\n\teventTarget = ${kit.program}.canary\n`)],
  [
    'its branch at a blob',
    false,
    (folder) => fs.writeFileSync(path.join(folder, 'refs/heads/main'), git(path.dirname(folder), ['rev-parse', 'HEAD:package-lock.json'])),
  ],
  ['its branch at nothing', false, (folder) => fs.writeFileSync(path.join(folder, 'refs/heads/main'), `${'1'.repeat(40)}\n`)],
  [
    'twenty thousand branches',
    true,
    (folder) => {
      const id = git(path.dirname(folder), ['rev-parse', 'HEAD']);
      fs.writeFileSync(
        path.join(folder, 'packed-refs'),
        Array.from({ length: 20_000 }, (_, at) => `${id} refs/heads/b${String(at).padStart(6, '0')}\n`).join(''),
      );
    },
  ],
];

/** Trees that git would not write, or that lead elsewhere. `good`: the tree's own lockfile is there as well. */
const trees: readonly (readonly [name: string, reads: boolean, entries: (kit: Kit) => readonly TreeEntry[]])[] = [
  ['a lockfile that is a link to a secret', false, (kit) => [link(kit, 'package-lock.json', kit.secret)]],
  ['a lockfile that is a link out of the tree', false, (kit) => [link(kit, 'package-lock.json', `../${path.basename(kit.secret)}`)]],
  ['links to links', false, (kit) => [link(kit, 'a', kit.secret), link(kit, 'package-lock.json', 'a')]],
  ['a link to itself', false, (kit) => [link(kit, 'package-lock.json', 'package-lock.json')]],
  ['a link to the environment', false, (kit) => [link(kit, 'package-lock.json', '/proc/self/environ')]],
  ['a folder that is a link', true, (kit) => [link(kit, 'inner', path.dirname(kit.secret)), good(kit)]],
  ['the folder above', true, (kit) => [{ mode: '40000', name: '..', id: inner(kit) }, good(kit)]],
  ['the folder itself', true, (kit) => [{ mode: '40000', name: '.', id: inner(kit) }, good(kit)]],
  ['a folder of git', true, (kit) => [{ mode: '40000', name: '.git', id: inner(kit) }, good(kit)]],
  [
    'a folder of git, otherwise written',
    true,
    (kit) => [{ mode: '40000', name: '.GIT', id: inner(kit) }, { mode: '40000', name: 'git~1', id: inner(kit) }, good(kit)],
  ],
  ['names with a slash', true, (kit) => [{ mode: '100644', name: '../package-lock.json', id: blob(kit.folder, lockfileWith('escaped')) }, good(kit)]],
  ['an absolute name', true, (kit) => [{ mode: '100644', name: '/tmp/package-lock.json', id: blob(kit.folder, lockfileWith('escaped')) }, good(kit)]],
  ['one name twice', true, (kit) => [good(kit), good(kit)]],
  ['names that differ by case', true, (kit) => [{ ...good(kit), name: 'Package-Lock.json' }, good(kit)]],
  [
    'names that look the same',
    true,
    (kit) => [{ mode: '40000', name: 'caf\u00e9', id: inner(kit) }, { mode: '40000', name: 'cafe\u0301', id: inner(kit) }, good(kit)],
  ],
  [
    'names like options',
    true,
    (kit) => [{ mode: '40000', name: '--upload-pack=touch x', id: inner(kit) }, { mode: '40000', name: '-rf', id: inner(kit) }, good(kit)],
  ],
  [
    'names with signs of the terminal',
    true,
    (kit) => [
      { mode: '40000', name: '\u001b[31mred\u001b[0m\u202e', id: inner(kit) },
      { mode: '40000', name: '\n::error::x', id: inner(kit) },
      good(kit),
    ],
  ],
  ['names that are no text', true, (kit) => [{ mode: '40000', name: Buffer.from([0xff, 0xfe, 0x80]), id: inner(kit) }, good(kit)]],
  ['a name of ten thousand signs', true, (kit) => [{ mode: '40000', name: 'x'.repeat(10_000), id: inner(kit) }, good(kit)]],
  ['a name that is a command', true, (kit) => [{ mode: '40000', name: `$(${path.basename(kit.program)});\`id\``, id: inner(kit) }, good(kit)]],
  ['a submodule of a commit that is not there', true, (kit) => [good(kit), { mode: '160000', name: 'sub', id: '1'.repeat(40) }]],
  [
    'submodules that run programs',
    true,
    (kit) => [
      {
        mode: '100644',
        name: '.gitmodules',
        id: blob(
          kit.folder,
          `[submodule "x"]\n\tpath = sub\r\n\turl = -u${kit.program}\n\tupdate = !${kit.program}\n[submodule "y"]\n\tpath = y\n\turl = ext::${kit.program}\n[submodule "z"]\n\tpath = z\n\turl = ${kit.address}/z.git\n`,
        ),
      },
      good(kit),
      { mode: '160000', name: 'sub', id: '1'.repeat(40) },
    ],
  ],
  [
    'a pointer of Git LFS',
    false,
    (kit) => [
      { mode: '100644', name: '.lfsconfig', id: blob(kit.folder, `[lfs]\n\turl = ${kit.address}/lfs\n`) },
      {
        mode: '100644',
        name: 'package-lock.json',
        id: blob(kit.folder, `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`),
      },
    ],
  ],
  [
    'attributes that call filters',
    true,
    (kit) => [
      { mode: '100644', name: '.gitattributes', id: blob(kit.folder, '* filter=lfs diff=x text eol=crlf ident working-tree-encoding=UTF-16\n') },
      good(kit),
    ],
  ],
  ['a mode that is none', true, (kit) => [{ mode: '777777', name: 'odd', id: inner(kit) }, good(kit)]],
  ['a tree that names a blob as a folder', false, (kit) => [{ mode: '40000', name: 'odd', id: blob(kit.folder, 'x') }, good(kit)]],
  ['a blob that is not there', true, (kit) => [good(kit), { mode: '100644', name: 'yarn.lock', id: '1'.repeat(40) }]],
  ['a lockfile of 300 MB', false, (kit) => [{ mode: '100644', name: 'package-lock.json', id: blob(kit.folder, Buffer.alloc(300_000_000, 0x20)) }]],
  [
    'fifty thousand lockfiles of one blob',
    true,
    (kit) => {
      const id = blob(kit.folder, '{}');
      return [good(kit), ...Array.from({ length: 50_000 }, (_, at) => ({ mode: '100644', name: `r${String(at).padStart(6, '0')}.txt`, id }))];
    },
  ],
  [
    'a tree that doubles thirty times',
    true,
    (kit) => {
      let id = inner(kit);
      for (let depth = 0; depth < 30; depth += 1)
        id = rawTree(kit.folder, [
          { mode: '40000', name: 'a', id },
          { mode: '40000', name: 'b', id },
        ]);
      return [{ mode: '40000', name: 'a', id }, good(kit)];
    },
  ],
  [
    'three thousand folders, one in the other',
    true,
    (kit) => {
      let id = inner(kit);
      for (let depth = 0; depth < 3_000; depth += 1) id = rawTree(kit.folder, [{ mode: '40000', name: 'a', id }]);
      return [{ mode: '40000', name: 'a', id }, good(kit)];
    },
  ],
];

/** Folders that are no repositories: read as they lie. */
const folders: readonly (readonly [name: string, reads: boolean, make: (kit: Kit) => void])[] = [
  [
    'a folder with a lockfile that is a link to a secret',
    false,
    ({ folder, secret }) => fs.symlinkSync(secret, path.join(folder, 'package-lock.json')),
  ],
  ['a folder with a lockfile that is a pipe', false, ({ folder }) => pipe(path.join(folder, 'package-lock.json'))],
  [
    'a folder with a link to itself',
    true,
    ({ folder }) => {
      fs.symlinkSync('.', path.join(folder, 'again'));
      fs.writeFileSync(path.join(folder, 'package-lock.json'), lockfileWith('good'));
    },
  ],
  [
    'a folder with a link to all of the machine',
    true,
    ({ folder }) => {
      fs.symlinkSync('/', path.join(folder, 'all'));
      fs.writeFileSync(path.join(folder, 'package-lock.json'), lockfileWith('good'));
    },
  ],
  [
    'a bare repository inside another',
    true,
    (kit) => {
      goodRepository(kit);
      fs.mkdirSync(path.join(kit.folder, 'inner'));
      git(path.join(kit.folder, 'inner'), ['init', '-q', '--bare']);
      git(path.join(kit.folder, 'inner'), ['config', 'core.fsmonitor', kit.program]);
      commitAll(kit.folder);
    },
  ],
  [
    'a configuration of npm that names a registry',
    true,
    (kit) => {
      goodRepository(kit);
      fs.writeFileSync(path.join(kit.folder, '.npmrc'), `registry=${kit.address}\n//127.0.0.1/:_authToken=x\nscript-shell=${kit.program}\n`);
      fs.writeFileSync(
        path.join(kit.folder, 'package.json'),
        JSON.stringify({ name: 'x', scripts: { preinstall: kit.program, install: kit.program } }),
      );
      commitAll(kit.folder);
    },
  ],
  [
    'a pom that names a parent on the network',
    true,
    (kit) => {
      goodRepository(kit);
      fs.writeFileSync(
        path.join(kit.folder, 'pom.xml'),
        `<!DOCTYPE a SYSTEM "${kit.address}/x.dtd"><project><parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version></parent><repositories><repository><url>${kit.address}</url></repository></repositories></project>`,
      );
      commitAll(kit.folder);
    },
  ],
  [
    'files that refer out of the tree',
    true,
    (kit) => {
      goodRepository(kit);
      fs.writeFileSync(
        path.join(kit.folder, 'requirements.txt'),
        `-r ../${path.basename(kit.secret)}\n-r ${kit.secret}\n--index-url ${kit.address}\n-r ${kit.address}/x\n`,
      );
      commitAll(kit.folder);
    },
  ],
];

const hookNames = [
  'post-checkout',
  'pre-commit',
  'post-index-change',
  'reference-transaction',
  'fsmonitor-watchman',
  'pre-auto-gc',
  'post-merge',
  'proc-receive',
  'update',
];

/** Every hostile repository. */
export const zoo: readonly Animal[] = [
  ...settings.map(([key, value], at): Animal => ({
    name: `${String(at + 1)}. the setting ${key}`,
    reads: true,
    make: (kit) => {
      goodRepository(kit);
      fs.writeFileSync(`${kit.program}.config`, `[core]\n\tfsmonitor = ${kit.program}\n`);
      git(kit.folder, ['config', '--add', key, value(kit)]);
    },
  })),
  ...gitFiles.map(([name, reads, make]): Animal => ({
    name,
    reads,
    make: (kit) => {
      goodRepository(kit);
      fs.mkdirSync(path.join(kit.folder, '.git', 'hooks'), { recursive: true });
      make(path.join(kit.folder, '.git'), kit);
    },
  })),
  ...trees.map(([name, reads, entries]): Animal => ({
    name,
    reads,
    make: (kit) => {
      fs.mkdirSync(kit.folder, { recursive: true });
      git(kit.folder, ['init', '-q', '-b', 'main']);
      headOf(kit.folder, rawTree(kit.folder, entries(kit)));
    },
  })),
  ...folders.map(([name, reads, make]): Animal => ({
    name,
    reads,
    make: (kit) => {
      fs.mkdirSync(kit.folder, { recursive: true });
      make(kit);
    },
  })),
];

function write(folder: string, file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content, 'latin1');
}

function pipe(file: string): void {
  fs.rmSync(file, { force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  execFileSync('mkfifo', [file]);
}

function relinkPipe(file: string): void {
  fs.rmSync(file, { force: true });
  pipe(file);
}

function relink(file: string, target: string): void {
  fs.rmSync(file, { force: true });
  fs.symlinkSync(target, file);
}

function link({ folder }: Kit, name: string, target: string): TreeEntry {
  return { mode: '120000', name, id: blob(folder, target) };
}

function good({ folder }: Kit): TreeEntry {
  return { mode: '100644', name: 'package-lock.json', id: blob(folder, lockfileWith('good')) };
}

function inner(kit: Kit): string {
  return rawTree(kit.folder, [{ mode: '100644', name: 'package-lock.json', id: blob(kit.folder, lockfileWith('inner')) }]);
}
