import { execFileSync } from 'node:child_process';

const mostBytes = 2 ** 31 - 1;

/** Blobs as `git cat-file --batch` of one process prints them, in the order of the ids: what reading them costs without us. */
export function gitBlobs(gitDir: string, objectIds: readonly string[]): readonly Buffer[] {
  const printed = execFileSync('git', ['-C', gitDir, 'cat-file', '--batch'], { input: `${objectIds.join('\n')}\n`, maxBuffer: mostBytes });
  const blobs: Buffer[] = [];
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at);
    const bytes = Number(printed.toString('latin1', at, end).split(' ')[2]);
    blobs.push(printed.subarray(end + 1, end + 1 + bytes));
    at = end + 1 + bytes + 1;
  }
  return blobs;
}
