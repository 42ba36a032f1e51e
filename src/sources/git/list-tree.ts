import { quoted, type Problem } from '#model/problem.ts';
import { startGit } from './run-git.ts';

/** One file of a revision. Links and submodules are listed too, so that a wanted one can be named as not read. */
export type TreeFile = { readonly path: string; readonly kind: 'file' | 'link' | 'submodule'; readonly objectId: string };

/** All files of a revision in git's order. `complete` is false when the list was cut or some names could not be kept. */
export type TreeListing = { readonly files: readonly TreeFile[]; readonly complete: boolean; readonly problems: readonly Problem[] };

const deadlineMs = 120_000;
const maxPathBytes = 4_096;
const maxNamedProblems = 20;

/** Thirty trees that each hold the next one twice are a thousand million files, at no cost to who makes them. */
const maxCopies = 100_000;
const tooManyCopies = `One file lies at more than ${String(maxCopies)} places of the revision, as in no honest repository; the rest was not looked at.`;

/** Lists the files of a checked commit or tree id. A tree bomb, a broken tree or an odd name gives problems beside what was listed. */
export async function listTree(gitDir: string, objectId: string, maxFiles: number): Promise<TreeListing> {
  const git = startGit({ command: ['ls-tree', '-r', '-z', '--full-tree', objectId], outside: [], gitDir, deadlineMs });
  git.child.stdin.end();
  const files: TreeFile[] = [];
  const problems: Problem[] = [];
  const copies = new Map<string, number>();
  let odd = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of git.child.stdout as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      const file = treeFile(bytes.subarray(start, end));
      start = end + 1;
      if ('path' in file) {
        files.push(file);
        const count = (copies.get(file.objectId) ?? 0) + 1;
        copies.set(file.objectId, count);
        if (count === maxCopies) git.stop(problemOf('too-many-copies', tooManyCopies));
      } else if ((odd += 1) <= maxNamedProblems) problems.push(file.problem);
    }
    rest = bytes.subarray(start);
    if (files.length > maxFiles)
      git.stop(problemOf('too-many-files', `The revision has more than ${String(maxFiles)} files; the rest was not looked at.`));
    if (rest.length > 1024 * 1024)
      git.stop(problemOf('odd-name', 'The revision has a file name of more than a megabyte; the rest was not looked at.'));
  }
  const failed = await git.ended;
  if (odd > maxNamedProblems) problems.push(problemOf('odd-name', `${String(odd - maxNamedProblems)} more files have names that cannot be kept.`));
  return { files: files.slice(0, maxFiles), complete: failed === null && odd === 0, problems: failed === null ? problems : [...problems, failed] };
}

function treeFile(line: Buffer): TreeFile | { readonly problem: Problem } {
  const tab = line.indexOf(0x09);
  const [mode = '', , objectId = ''] = line.toString('latin1', 0, tab).split(' ');
  const path = plainPath(line.subarray(tab + 1));
  return typeof path === 'string' ? { path, kind: kindOf(mode), objectId } : { problem: path };
}

/** What a mode of a tree entry stands for. */
export function kindOf(mode: string): TreeFile['kind'] {
  return mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file';
}

/** A path as git gives it, or why it cannot be kept. */
export function plainPath(raw: Buffer): string | Problem {
  const path = raw.toString('utf8');
  if (raw.length > maxPathBytes) return odd(path, 'is longer than 4,096 bytes');
  if (path.includes('\uFFFD') && !Buffer.from(path).equals(raw)) return odd(path, 'is not UTF-8');
  // Only a forged tree has these; they would name something outside, or the same file twice.
  if (path.startsWith('/') || /(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return odd(path, 'is not a plain relative path');
  return path;
}

function odd(path: string, why: string): Problem {
  return problemOf('odd-name', `The file name ${quoted(path)} ${why}; the file was not read.`);
}

function problemOf(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
