import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { quoted, type Problem } from '#model/problem.ts';

/** What a path on disk is, as sources to collect. `skip` are the repositories inside a plain folder, relative to it. */
export type LocalSource =
  | { readonly kind: 'git'; readonly folder: string }
  | { readonly kind: 'folder'; readonly folder: string; readonly skip: readonly string[] }
  | { readonly kind: 'file'; readonly file: string }
  /** An archive or layout of images, or the root file system of a machine. */
  | { readonly kind: 'image'; readonly at: string };

const maxDepth = 3;
const maxFolders = 100_000;
const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Nothing else that is scanned has such a name. */
const imageArchive = /\.(?:tar|tar\.gz|tgz|tar\.zst|oci)$/i;

/**
 * The sources at a path: a file; an image's archive or layout, or a root file system; a repository (checkout or bare); or a folder, as one source for each repository up to three levels
 * inside it, sorted, and one plain folder for the rest, left out when nothing but repositories is there. A problem when nothing is there.
 */
export async function localSources(path: string): Promise<readonly LocalSource[] | Problem> {
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return problem('no-such-path', `There is no file or folder ${quoted(path)}.`);
  if (stat.isFile()) return [imageArchive.test(path) ? { kind: 'image', at: path } : { kind: 'file', file: path }];
  // A link is followed here only: the user named it himself.
  if (!stat.isDirectory() && !stat.isSymbolicLink()) return problem('not-a-file', `${quoted(path)} is neither a file nor a folder.`);
  if (await isRepository(path)) return [{ kind: 'git', folder: path }];
  if (await isImage(path)) return [{ kind: 'image', at: path }];
  const walk: Walk = { repositories: [], rest: false, folders: 0 };
  await findRepositories(walk, path, '', 1);
  const skip = walk.repositories.sort();
  const repositories = skip.map((inside): LocalSource => ({ kind: 'git', folder: join(path, inside) }));
  return walk.rest || skip.length === 0 ? [...repositories, { kind: 'folder', folder: path, skip }] : repositories;
}

type Walk = { readonly repositories: string[]; rest: boolean; folders: number };

async function findRepositories(walk: Walk, root: string, path: string, depth: number): Promise<void> {
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(join(root, path))) {
      if (!entry.isDirectory()) walk.rest = true;
      else if (!neverEntered.has(entry.name)) folders.push(path === '' ? entry.name : `${path}/${entry.name}`);
    }
  } catch {
    walk.rest = true; // the plain folder will name what cannot be listed
  }
  for (const folder of folders) {
    walk.folders += 1;
    if (walk.folders > maxFolders) walk.rest = true;
    else if (await isRepository(join(root, folder))) walk.repositories.push(folder);
    else if (depth < maxDepth) await findRepositories(walk, root, folder, depth + 1);
    else walk.rest = true;
  }
}

/** An OCI layout, or what only the root of a system has. */
async function isImage(folder: string): Promise<boolean> {
  const isThere = async (inside: string): Promise<boolean> => (await lstat(join(folder, inside)).catch(() => null)) !== null;
  if ((await isThere('oci-layout')) && (await isThere('index.json'))) return true;
  const signs = await Promise.all(['etc/os-release', 'usr/lib/os-release', 'var/lib/dpkg/status', 'lib/apk/db/installed'].map(isThere));
  return signs.includes(true);
}

export async function isRepository(folder: string): Promise<boolean> {
  if ((await lstat(join(folder, '.git')).catch(() => null)) !== null) return true;
  const [head, objects, refs] = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => lstat(join(folder, name)).catch(() => null)));
  return head?.isFile() === true && objects?.isDirectory() === true && refs?.isDirectory() === true;
}

function problem(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
