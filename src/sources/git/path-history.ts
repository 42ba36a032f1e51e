import type { TreeFile } from './list-tree.ts';

/** What a path held from one commit of the line on; null when it was removed. */
type Held = { readonly from: number; readonly file: TreeFile | null };

/** Every file of a first-parent line at each of its commits, from the files of the first one and the changes since. Commits are named by their place in the line. */
export type PathHistory = {
  /** Takes a change; changes come in the order of the line. */
  change(commit: number, path: string, file: TreeFile | null): void;
  /** The file at a path as of a commit, or null. */
  at(path: string, commit: number): TreeFile | null;
};

/** The history that begins with these files. */
export function pathHistory(first: readonly TreeFile[]): PathHistory {
  const held = new Map<string, Held[]>(first.map((file) => [file.path, [{ from: 0, file }]]));
  return {
    change(commit, path, file) {
      const list = held.get(path);
      if (list === undefined) held.set(path, [{ from: commit, file }]);
      else list.push({ from: commit, file });
    },
    at(path, commit) {
      const list = held.get(path) ?? [];
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle]?.from ?? Infinity) <= commit) low = middle + 1;
        else high = middle;
      }
      return list[low - 1]?.file ?? null;
    },
  };
}
