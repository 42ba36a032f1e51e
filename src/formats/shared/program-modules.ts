import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import { asArray, asObject, asString, readJsonText } from '#language/readers/json.ts';
import { plainGoVersion } from './go-lines.ts';
import { packageList } from './package-list.ts';
import { packageOf } from './package-of.ts';

type Inventory = Pick<ReadingResult, 'packages' | 'edges'>;

/**
 * The modules that Go built into a program, replaced ones by what replaces them, and the standard library of its version. Its own module is the firm's,
 * or that of whoever made the program: it counts where it has a version.
 */
export function goModules(version: string, lines: string): Inventory {
  const list = packageList();
  const [, go] = /^go(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)/.exec(version) ?? [];
  if (go !== undefined) list.add(`stdlib ${go}`, packageOf('Go', 'stdlib', go));
  let last: { readonly path: string; readonly version: string } | null = null;
  const addLast = (): void => {
    if (last !== null && last.version !== '(devel)' && last.version !== '') {
      const at = plainGoVersion(last.version);
      list.add(`${last.path} ${at}`, packageOf('Go', last.path, at));
    }
    last = null;
  };
  for (const line of lines.split('\n')) {
    const [kind = '', path = '', at = ''] = line.split('\t');
    if (kind === 'mod' || kind === 'dep') {
      addLast();
      last = { path, version: at };
    } else if (kind === '=>') {
      // Replaced by a folder: that has no version, and is the firm's own.
      last = { path, version: at };
    }
  }
  addLast();
  return { packages: list.packages(), edges: [] };
}

/** The crates that `cargo auditable` noted in a program. https://github.com/rust-secure-code/cargo-auditable/blob/master/cargo-auditable.schema.json */
export function rustCrates(text: string): Inventory | null {
  const read = readJsonText(text);
  const noted = read.ok ? asArray(asObject(read.value)?.['packages']) : [];
  if (noted.length === 0) return null;
  const list = packageList();
  const indexes = noted.map((each) => {
    const crate = asObject(each);
    const [name, version] = [asString(crate?.['name']), asString(crate?.['version'])];
    // What comes from a folder is the program itself.
    if (crate === null || name === null || version === null || crate['source'] === 'local' || crate['root'] === true) return null;
    const isPublic = crate['source'] === 'crates.io' || crate['source'] === 'registry' || crate['source'] === undefined;
    const scope: ReadPackage['scope'] = crate['kind'] === 'build' ? 'build' : 'runtime';
    return list.add(`${name} ${version}`, packageOf(isPublic ? 'crates.io' : null, name, version, { scope }));
  });
  for (const [at, each] of noted.entries()) {
    for (const used of asArray(asObject(each)?.['dependencies'])) {
      const [from, to] = [indexes[at], typeof used === 'number' ? indexes[used] : null];
      if (from != null && to != null) list.link(from, to);
    }
  }
  return { packages: list.packages(), edges: list.edges() };
}
