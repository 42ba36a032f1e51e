import type { Neighbours } from '#model/format.ts';
import { purlOf, type Purl } from '#language/purl.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { readToml } from '#language/readers/toml.ts';

/** A package version whose source was copied into the tree. */
export type VendoredPackage = { readonly name: string; readonly version: string; readonly purl: Purl };

/**
 * The package version in whose own directory a path lies, as the tool that copied it there left it: npm's and Python's folders, `vendor` of Go, Cargo, Composer
 * and Bundler. Null where it lies in none of them, deeper in one, or where the version cannot be told.
 */
export function vendoredPackage(path: string, neighbours: Neighbours): VendoredPackage | null {
  const parts = path.split('/').slice(0, -1);
  const dirs = parts.map((part) => part.toLowerCase());
  const modules = dirs.lastIndexOf('node_modules');
  if (modules !== -1) return ofNpm(parts, modules, neighbours);
  const installed = ofPython(parts) ?? ofBundler(parts);
  if (installed !== null) return installed;
  const vendor = dirs.indexOf('vendor');
  return vendor === -1 ? null : (ofGo(parts, vendor, neighbours) ?? ofCargo(parts, vendor, neighbours) ?? ofComposer(parts, vendor, neighbours));
}

function packageOf(ecosystem: string, name: string | null, version: string | null): VendoredPackage | null {
  const purl = name === null || version === null || name === '' || version === '' ? null : purlOf(ecosystem, name, version);
  return name === null || version === null || purl === null ? null : { name, version, purl };
}

function ofNpm(parts: readonly string[], at: number, neighbours: Neighbours): VendoredPackage | null {
  const length = parts[at + 1]?.startsWith('@') === true ? 2 : 1;
  if (parts.length !== at + 1 + length) return null;
  const read = readNeighbour([...parts, 'package.json'].join('/'), neighbours, readJson);
  return packageOf('npm', asString(read?.['name']), asString(read?.['version']));
}

/** `foo-1.2.3.dist-info/LICENSE` and `foo-1.2.3.dist-info/licenses/…`. https://packaging.python.org/en/latest/specifications/recording-installed-packages/ */
function ofPython(parts: readonly string[]): VendoredPackage | null {
  const at = parts.findLastIndex((part) => part.endsWith('.dist-info'));
  const named = /^([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)\.dist-info$/.exec(parts[at] ?? '');
  if (named === null || (parts.length > at + 1 && parts[at + 1] !== 'licenses')) return null;
  return packageOf('PyPI', named[1] ?? null, named[2] ?? null);
}

/** `vendor/bundle/ruby/3.3.0/gems/rack-3.0.8/LICENSE`; a platform may stand behind the version. */
function ofBundler(parts: readonly string[]): VendoredPackage | null {
  if (parts.at(-2) !== 'gems' || !parts.includes('vendor')) return null;
  const named = /^(.+?)-(\d[A-Za-z0-9.]*)(?:-[a-z0-9_-]+)?$/.exec(parts.at(-1) ?? '');
  return named === null ? null : packageOf('RubyGems', named[1] ?? null, named[2] ?? null);
}

/** `vendor/modules.txt` says which version of a module was copied. https://go.dev/ref/mod#vendoring */
function ofGo(parts: readonly string[], at: number, neighbours: Neighbours): VendoredPackage | null {
  const dir = parts.slice(at + 1).join('/');
  if (!(parts[at + 1] ?? '').includes('.')) return null;
  const bytes = neighbours.read([...parts.slice(0, at + 1), 'modules.txt'].join('/'));
  const text = bytes === null ? null : decodeText(bytes);
  for (const line of text?.ok === true ? text.value.split('\n') : []) {
    const named = /^# (\S+) (v\S+)(?: => (\S+)(?: (v\S+))?)?\s*$/.exec(line);
    if (named?.[1] !== dir) continue;
    // What is there is what takes the module's place; a directory has no version.
    const [name, version] = named[3] === undefined ? [named[1], named[2]] : [named[3], named[4]];
    return packageOf('Go', name, version?.replace(/^v/, '') ?? null);
  }
  return null;
}

function ofCargo(parts: readonly string[], at: number, neighbours: Neighbours): VendoredPackage | null {
  if (parts.length !== at + 2) return null;
  const crate = asObject(readNeighbour([...parts, 'Cargo.toml'].join('/'), neighbours, readToml)?.['package']);
  return packageOf('crates.io', asString(crate?.['name']), asString(crate?.['version']));
}

/** https://getcomposer.org/doc/07-runtime.md: what was installed stands in one file. */
function ofComposer(parts: readonly string[], at: number, neighbours: Neighbours): VendoredPackage | null {
  if (parts.length !== at + 3) return null;
  const dir = parts
    .slice(at + 1)
    .join('/')
    .toLowerCase();
  const read = readNeighbour([...parts.slice(0, at + 1), 'composer', 'installed.json'].join('/'), neighbours, readJson);
  const found = asArray(read?.['packages']).find((each) => asString(asObject(each)?.['name'])?.toLowerCase() === dir);
  const fields = asObject(found);
  return packageOf('Packagist', asString(fields?.['name']), asString(fields?.['version'])?.replace(/^v(?=\d)/, '') ?? null);
}

function readNeighbour(path: string, neighbours: Neighbours, read: typeof readJson | typeof readToml): Readonly<Record<string, unknown>> | null {
  const bytes = neighbours.read(path);
  const document = bytes === null ? null : read(bytes);
  return document?.ok === true ? asObject(document.value) : null;
}
