import type { Problem } from '#model/problem.ts';
import type { ObjectReader } from './object-reader.ts';

/** A commit: its id, its first parent (null at the root) and the committer's date in Unix milliseconds. */
export type Commit = { readonly id: string; readonly firstParent: string | null; readonly committedAt: number };

const maxCommitBytes = 1024 * 1024;

/** The commit an object id names, through up to five annotated tags. */
export async function readCommit(objects: ObjectReader, objectId: string): Promise<Commit | Problem> {
  let id = objectId;
  for (let depth = 0; depth < 6; depth += 1) {
    const bytes = await objects.bytes(id, maxCommitBytes);
    if (bytes === null)
      return { code: 'missing-commit', message: `The commit ${id} is missing from the repository. Fetch it again.`, severity: 'error' };
    if (!(bytes instanceof Uint8Array)) return bytes;
    const [head = ''] = new TextDecoder().decode(bytes).split('\n\n', 1);
    const committed = /^committer .*> (-?\d{1,15})(?: [+-]\d{4})?$/m.exec(head)?.[1];
    if (/^tree [0-9a-f]+$/m.test(head) && committed !== undefined) {
      return { id, firstParent: /^parent ([0-9a-f]+)$/m.exec(head)?.[1] ?? null, committedAt: Number(committed) * 1000 };
    }
    const target = /^object ([0-9a-f]{40}|[0-9a-f]{64})$/m.exec(head)?.[1];
    if (target === undefined) break;
    id = target;
  }
  return { code: 'no-commit', message: `The object ${objectId} is not a commit.`, severity: 'error' };
}
