import type { Problem } from '#model/problem.ts';
import { kindOf, plainPath, type TreeFile } from './list-tree.ts';
import { runGit, startGit } from './run-git.ts';

/** A commit of the line with its committer's date in Unix milliseconds, as written. */
export type LineCommit = { readonly id: string; readonly committedAt: number };

/** One path changed by the commit of this id; `file` null when it was removed. */
export type LineChange = { readonly commit: string; readonly path: string; readonly file: TreeFile | null };

const deadlineMs = 600_000;
const bytesACommit = 128;

/** The first-parent line that ends at a checked commit id, oldest first; a shallow repository's line begins where it was cut. */
export async function firstParentLine(gitDir: string, head: string, most: number): Promise<readonly LineCommit[] | Problem> {
  const call = { command: ['rev-list', '--first-parent', '--timestamp', `--max-count=${String(most)}`, head], outside: [], gitDir, deadlineMs };
  const listed = await runGit(call, most * bytesACommit);
  if (!listed.ok) return listed.problem;
  const commits: LineCommit[] = [];
  for (const line of listed.stdout.toString('latin1').split('\n')) {
    const [seconds = '', id] = line.split(' ');
    if (id !== undefined) commits.push({ id, committedAt: Number(seconds) * 1000 });
  }
  return commits.reverse();
}

/**
 * Walks the changes after one commit of the line up to another, each against its first parent, oldest first. Gives null, or why the walk broke off:
 * then what it gave is not all. Names that cannot be kept are left out.
 */
export async function changesSince(
  gitDir: string,
  after: string,
  head: string,
  mostChanges: number,
  take: (change: LineChange) => void,
): Promise<Problem | null> {
  const format = ['--format=tformat:%H', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-show-signature', '--no-ext-diff', '--no-textconv'];
  const line = ['--reverse', '--first-parent', '--diff-merges=first-parent'];
  const git = startGit({ command: ['log', ...line, ...format, head, `^${after}`], outside: [], gitDir, deadlineMs });
  git.child.stdin.end();
  let commit = '';
  let changes = 0;
  let info: string | null = null;
  for await (const token of tokensOf(git.child.stdout as AsyncIterable<Buffer>)) {
    if (info !== null) {
      const path = plainPath(token);
      if (typeof path === 'string') take({ commit, path, file: fileOf(info, path) });
      info = null;
      if ((changes += 1) > mostChanges) git.stop(tooMany(mostChanges));
    } else {
      const text = token.toString('latin1').trimStart();
      if (text.startsWith(':')) info = text;
      else commit = text;
    }
  }
  return git.ended;
}

/** `:100644 100644 <old> <new> M` */
function fileOf(info: string, path: string): TreeFile | null {
  const [, mode = '', , objectId = '', status] = info.split(' ');
  return status === 'D' ? null : { path, kind: kindOf(mode), objectId };
}

async function* tokensOf(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

function tooMany(most: number): Problem {
  return {
    code: 'history-too-large',
    message: `The history has more than ${String(most)} changes of files. Ask for less of it with --since.`,
    severity: 'error',
  };
}
