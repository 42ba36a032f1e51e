import type { TreeEntry } from '#model/receipt.ts';
import { dirOf } from './discover.ts';

/**
 * Directories that moved between two observations of one source, as new directory → old directory: a blob vanished at one path
 * and appeared at exactly one other. Bytes that stand at several paths, before or after, prove nothing.
 */
export function movedDirs(before: readonly TreeEntry[], after: readonly TreeEntry[]): ReadonlyMap<string, string> {
  const old = pathsByHash(before);
  const now = pathsByHash(after);
  const moved = new Map<string, string>();
  const contested = new Set<string>();
  for (const [hash, paths] of now) {
    const [from] = old.get(hash) ?? [];
    const [to] = paths;
    if (from === undefined || to === undefined || from === to || paths.length > 1 || (old.get(hash)?.length ?? 0) > 1) continue;
    const [oldDir, newDir] = [dirOf(from), dirOf(to)];
    if (oldDir === newDir) continue;
    if (moved.has(newDir) && moved.get(newDir) !== oldDir) contested.add(newDir);
    moved.set(newDir, oldDir);
  }
  for (const dir of contested) moved.delete(dir);
  return moved;
}

function pathsByHash(tree: readonly TreeEntry[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const entry of tree) {
    if (entry.state !== 'read') continue;
    const list = paths.get(entry.hash);
    if (list === undefined) paths.set(entry.hash, [entry.path]);
    else list.push(entry.path);
  }
  return paths;
}
