import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createHash } from 'node:crypto';
import { git } from '../../../src/sources/git/fixtures/git.ts';

/** What hostile repositories are made with. Everything lies in one folder of its own. */
export type Kit = {
  /** Where this repository is made; it does not exist yet. */
  readonly folder: string;
  /** A program that leaves a canary where anything runs it. */
  readonly program: string;
  /** A file outside the repository that nobody may read from inside it; it is a lockfile, so that reading it shows. */
  readonly secret: string;
  /** An address on this machine at which every connection is counted. */
  readonly address: string;
};

/** A lockfile with one package, by which one sees what was read. */
export function lockfileWith(name: string): string {
  return JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': { name: 'shop' }, [`node_modules/${name}`]: { version: '1.0.0' } } });
}

/** A repository with one good lockfile, committed. */
export function goodRepository({ folder }: Kit): void {
  fs.mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '-b', 'main']);
  fs.writeFileSync(path.join(folder, 'package-lock.json'), lockfileWith('good'));
  commitAll(folder);
}

export function commitAll(folder: string): void {
  git(folder, ['add', '-A', '-f']);
  git(folder, ['commit', '-q', '--no-verify', '--allow-empty', '-m', 'x']);
}

/** One entry of a tree; `name` as raw bytes. */
export type TreeEntry = { readonly mode: string; readonly name: string | Buffer; readonly id: string };

/** Writes an object that git itself would refuse to write. */
export function rawObject(folder: string, kind: string, content: Buffer): string {
  const bytes = Buffer.concat([Buffer.from(`${kind} ${String(content.length)}\0`), content]);
  const id = createHash('sha1').update(bytes).digest('hex');
  const place = path.join(folder, '.git', 'objects', id.slice(0, 2));
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(path.join(place, id.slice(2)), zlib.deflateSync(bytes));
  return id;
}

export function rawTree(folder: string, entries: readonly TreeEntry[]): string {
  const parts = entries.map(({ mode, name, id }) =>
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), Buffer.from(id, 'hex')]),
  );
  return rawObject(folder, 'tree', Buffer.concat(parts));
}

/** Makes a tree the head of the repository. */
export function headOf(folder: string, tree: string, more = ''): void {
  const commit = rawObject(
    folder,
    'commit',
    Buffer.from(`tree ${tree}\n${more}author A <a@example.org> 1704067200 +0000\ncommitter A <a@example.org> 1704067200 +0000\n\nx\n`),
  );
  fs.writeFileSync(path.join(folder, '.git', 'refs', 'heads', 'main'), `${commit}\n`);
}

export function blob(folder: string, content: string | Buffer): string {
  return rawObject(folder, 'blob', Buffer.from(content));
}
