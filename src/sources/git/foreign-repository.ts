import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quoted, type Problem } from '#model/problem.ts';
import { readRegularFile } from '../read-regular-file.ts';

/** A repository on disk that is not ours. Its files are read by us, a few bounded ones; git itself only ever sees its objects. */
export type ForeignRepository = {
  /** Where its HEAD lies; of a linked worktree the worktree's own directory. */
  readonly gitDir: string;
  /** Where refs, objects and configuration lie. */
  readonly commonDir: string;
  readonly objectsDir: string;
};

const smallFile = 64 * 1024;
const packedRefsLimit = 256 * 1024 * 1024;

/**
 * The repository at a folder: a checkout, a linked worktree or a bare one. Null when there is none. A `.git` file, an alternate or a link
 * may point anywhere on the machine: it is followed only inside `root`, the folder the user named, or when the other side points back.
 */
export async function foreignRepository(folder: string, root: string): Promise<ForeignRepository | Problem | null> {
  const dotGit = join(folder, '.git');
  const kind = await kindOf(dotGit);
  if (kind === 'link') return problem('link', `The .git of ${quoted(folder)} is a symbolic link, which is not followed. Name the repository itself.`);
  const gitDir = kind === 'folder' ? dotGit : kind === 'file' ? await pointedGitDir(dotGit, root) : (await isBare(folder)) ? folder : null;
  if (gitDir === null || typeof gitDir !== 'string') return gitDir;

  const common = await smallText(join(gitDir, 'commondir'));
  if (typeof common === 'object' && common !== null) return common;
  const commonDir = common === null ? gitDir : resolve(gitDir, common.trim());
  if (common !== null && !(await isInside(root, commonDir)) && !(await isInside(commonDir, gitDir))) {
    return problem('outside', `The repository ${quoted(folder)} keeps its objects outside the folder named. Name the repository it belongs to.`);
  }
  const objectsDir = join(commonDir, 'objects');
  if ((await kindOf(objectsDir)) !== 'folder') return problem('no-objects', `The repository ${quoted(folder)} has no folder of objects of its own.`);
  if ((await kindOf(join(commonDir, 'reftable'))) === 'folder') {
    return problem(
      'reftable',
      `The repository ${quoted(folder)} keeps its refs as a reftable, which is not read yet. Run git refs migrate --ref-format=files, or scan its URL.`,
    );
  }
  return (await alternatesProblem(objectsDir, root, 0)) ?? { gitDir, commonDir, objectsDir };
}

/**
 * The object id a revision names: `HEAD`, a full object id, a full ref or a short branch, tag or remote branch of origin.
 * Read from the ref files by us, never by git with the repository's configuration.
 */
export async function resolveRevision(repository: ForeignRepository, revision: string): Promise<string | Problem> {
  if (isObjectId(revision)) return revision;
  const names =
    revision === 'HEAD' || revision.startsWith('refs/')
      ? [revision]
      : ['refs/heads/', 'refs/tags/', 'refs/remotes/origin/'].map((prefix) => prefix + revision);
  for (const name of names) {
    const found = await resolveRef(repository, name, 0);
    if (found !== null) return found;
  }
  return revision === 'HEAD'
    ? problem('no-commit', 'The repository has no commit on its current branch yet.')
    : problem('no-such-revision', `The repository has no revision ${quoted(revision)}.`);
}

/** Commits at which a shallow clone was cut; empty for a full one. */
export async function shallowCommits(repository: ForeignRepository): Promise<readonly string[]> {
  const text = await smallText(join(repository.commonDir, 'shallow'), 16 * 1024 * 1024);
  return typeof text === 'string' ? text.split('\n').filter(isObjectId) : [];
}

/** The repository's configuration file as text, for the one setting we read of it; null when it cannot be read. */
export async function configText(repository: ForeignRepository): Promise<string | null> {
  const text = await smallText(join(repository.commonDir, 'config'), 1024 * 1024);
  return typeof text === 'string' ? text : null;
}

/** True for a full SHA-1 or SHA-256 object id in lower case hex. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

async function resolveRef(repository: ForeignRepository, name: string, depth: number): Promise<string | Problem | null> {
  if (depth > 5) return problem('symref-loop', 'The refs of the repository point at each other in a circle.');
  if (name !== 'HEAD' && !isRefName(name)) return problem('odd-ref', `${quoted(name)} is not a name git gives to refs.`);
  const text = await smallText(join(name === 'HEAD' ? repository.gitDir : repository.commonDir, name));
  if (typeof text === 'object' && text !== null) return text.code === 'not-a-file' && name !== 'HEAD' ? null : text; // a folder of refs is no ref
  if (text === null) return name === 'HEAD' ? problem('no-head', 'The repository has no HEAD.') : await packedRef(repository, name);
  const content = text.trim();
  if (isObjectId(content)) return content;
  const target = /^ref:\s*(\S+)$/.exec(content)?.[1];
  return target === undefined
    ? problem('odd-ref', `The ref ${quoted(name)} holds neither an object id nor another ref.`)
    : await resolveRef(repository, target, depth + 1);
}

async function packedRef(repository: ForeignRepository, name: string): Promise<string | Problem | null> {
  const bytes = await readRegularFile(join(repository.commonDir, 'packed-refs'), packedRefsLimit, 'packed-refs');
  if (!(bytes instanceof Uint8Array)) return bytes;
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = Buffer.from(` ${name}\n`);
  for (let at = packed.indexOf(line); at !== -1; at = packed.indexOf(line, at + 1)) {
    const id = packed.toString('latin1', packed.lastIndexOf(0x0a, at - 1) + 1, at);
    if (isObjectId(id)) return id;
  }
  return null;
}

function isRefName(name: string): boolean {
  if (name.length > 1_024 || !name.startsWith('refs/') || /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$/u.test(name)) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

async function pointedGitDir(dotGit: string, root: string): Promise<string | Problem> {
  const text = await smallText(dotGit);
  const target = typeof text === 'string' ? /^gitdir: (.+)$/.exec(text.trim())?.[1] : undefined;
  if (target === undefined) return problem('odd-git-file', `${quoted(dotGit)} does not say where its repository lies.`);
  const gitDir = resolve(join(dotGit, '..'), target);
  const back = await smallText(join(gitDir, 'gitdir'));
  const pointsBack = typeof back === 'string' && (await real(resolve(gitDir, back.trim()))) === (await real(dotGit));
  if (pointsBack || (await isInside(root, gitDir))) return gitDir;
  return problem(
    'outside',
    `${quoted(dotGit)} points at a repository outside the folder named, which does not point back. Name that repository itself.`,
  );
}

async function isBare(folder: string): Promise<boolean> {
  const kinds = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => kindOf(join(folder, name))));
  return kinds[0] === 'file' && kinds[1] === 'folder' && kinds[2] === 'folder';
}

async function alternatesProblem(objectsDir: string, root: string, depth: number): Promise<Problem | null> {
  const text = await smallText(join(objectsDir, 'info', 'alternates'));
  if (text === null) return null;
  if (typeof text === 'object') return text;
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of lines) {
    const target = resolve(objectsDir, line);
    if (line.startsWith('"') || depth === 5 || !(await isInside(root, target))) {
      const message = `The repository borrows objects from ${quoted(line)}, outside the folder named. Run git repack -a -d in it and remove objects/info/alternates, or name a folder that holds both.`;
      return problem('alternates', message);
    }
    const deeper = await alternatesProblem(target, root, depth + 1);
    if (deeper !== null) return deeper;
  }
  return null;
}

async function isInside(root: string, path: string): Promise<boolean> {
  const [from, to] = [await real(root), await real(path)];
  if (from === null || to === null) return false;
  const way = relative(from, to);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function real(path: string): Promise<string | null> {
  return await realpath(path).catch(() => null);
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'link' | 'other' | null> {
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return null;
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other';
}

async function smallText(file: string, limit = smallFile): Promise<string | Problem | null> {
  const bytes = await readRegularFile(file, limit, file);
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes;
}

function problem(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
