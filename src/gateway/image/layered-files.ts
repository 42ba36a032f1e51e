/** Files of interest, layer upon layer; what a layer removes or replaces of the layers below is gone. */
export type LayeredFiles<T> = {
  /** A file of the layer: it replaces whatever the layers below have at its path. False when the layer has one there already. */
  put(path: string, layer: number, file: T): boolean;
  /** Something else at this path; of the layers below nothing is left at it, and nothing inside it unless it is a folder. */
  replace(path: string, layer: number, isFolder: boolean): void;
  /** A whiteout: of the layers below nothing is left at the path or inside it. */
  remove(path: string, layer: number): void;
  /** A folder is opaque: of the layers below nothing is left inside it. */
  empty(path: string, layer: number): void;
  /** What is left, in the order of the paths. */
  files(): readonly { readonly path: string; readonly layer: number; readonly file: T }[];
};

type Node<T> = { found: { readonly layer: number; readonly file: T } | null; readonly inside: Map<string, Node<T>> };

/** An empty tree of files. https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
export function layeredFiles<T>(): LayeredFiles<T> {
  const root: Node<T> = { found: null, inside: new Map() };
  const nodeAt = (path: string): Node<T> | undefined => {
    let node: Node<T> | undefined = root;
    for (const segment of path === '' ? [] : path.split('/')) node = node?.inside.get(segment);
    return node;
  };
  const clear = (node: Node<T> | undefined, layer: number, what: { readonly itself: boolean; readonly inside: boolean }): void => {
    if (node === undefined) return;
    if (what.itself && node.found !== null && node.found.layer < layer) node.found = null;
    if (!what.inside) return;
    for (const [segment, child] of node.inside) {
      clear(child, layer, { itself: true, inside: true });
      if (child.found === null && child.inside.size === 0) node.inside.delete(segment);
    }
  };
  return {
    put(path, layer, file) {
      let node = root;
      for (const segment of path.split('/')) {
        const next: Node<T> = node.inside.get(segment) ?? { found: null, inside: new Map() };
        node.inside.set(segment, next);
        node = next;
      }
      const isNew = node.found === null || node.found.layer < layer;
      clear(node, layer, { itself: true, inside: true });
      node.found = { layer, file };
      return isNew;
    },
    replace(path, layer, isFolder) {
      clear(nodeAt(path), layer, { itself: true, inside: !isFolder });
    },
    remove(path, layer) {
      clear(nodeAt(path), layer, { itself: true, inside: true });
    },
    empty(path, layer) {
      clear(nodeAt(path), layer, { itself: false, inside: true });
    },
    files() {
      const all: { readonly path: string; readonly layer: number; readonly file: T }[] = [];
      const visit = (node: Node<T>, path: string): void => {
        if (node.found !== null) all.push({ path, ...node.found });
        for (const [segment, child] of node.inside) visit(child, path === '' ? segment : `${path}/${segment}`);
      };
      visit(root, '');
      return all.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
