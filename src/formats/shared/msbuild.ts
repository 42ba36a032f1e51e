import type { Neighbours } from '#model/format.ts';
import { childrenOf, childText, readXml, type XmlElement } from '#language/readers/xml.ts';
import type { Read } from '#language/readers/decoded.ts';

/** A package named in an MSBuild file, with its texts as written, properties not yet put in. `version` empty when it names none. */
export type PackageItem = {
  readonly kind: 'PackageReference' | 'PackageVersion' | 'GlobalPackageReference';
  readonly name: string;
  readonly version: string;
  /** The project's own version in spite of a central one; empty when it has none. */
  readonly override: string;
  /** Everything the package brings stays with this project: a tool of its build. */
  readonly isPrivate: boolean;
  readonly line: number;
};

/** An MSBuild file. Conditions are not weighed: what stands under one is taken. */
export type MsbuildFile = { readonly items: readonly PackageItem[]; readonly properties: ReadonlyMap<string, string> };

const kinds: ReadonlySet<string> = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference']);

/** Reads an MSBuild file of untrusted bytes; fails where its root is no `Project`. */
export function readMsbuild(bytes: Uint8Array): Read<MsbuildFile> {
  const read = readXml(bytes);
  if (!read.ok) return read;
  if (read.value.name !== 'Project') {
    return {
      ok: false,
      error: { code: 'not-this-format', message: 'The file is XML, but its root is no MSBuild `Project`.', line: read.value.line },
    };
  }
  const properties = new Map<string, string>();
  for (const group of childrenOf(read.value, 'PropertyGroup')) for (const each of group.children) properties.set(each.name.toLowerCase(), each.text);
  const items = childrenOf(read.value, 'ItemGroup').flatMap((group) => group.children.filter((each) => kinds.has(each.name)).map(itemOf));
  return { ok: true, value: { items, properties } };
}

/** The nearest file of this name in the directory of a path or above, as MSBuild looks for it; null when there is none that can be read. */
export function nearestMsbuild(neighbours: Neighbours, path: string, name: string): MsbuildFile | null {
  const parts = path.split('/').slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const bytes = neighbours.read([...parts.slice(0, depth), name].join('/'));
    const read = bytes === null ? null : readMsbuild(bytes);
    if (read?.ok === true) return read.value;
  }
  return null;
}

/** A text with `$(Name)` put in; what no file sets stays as it is written. */
export function withProperties(text: string, properties: ReadonlyMap<string, string>): string {
  let filled = text;
  // Properties may use properties; a ring of them ends here.
  for (let round = 0; round < 8 && filled.includes('$('); round += 1) {
    const next = filled.replaceAll(/\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name: string) => properties.get(name.toLowerCase()) ?? whole);
    if (next === filled || next.length > 1000) break;
    filled = next;
  }
  return filled.trim();
}

/** The single version that NuGet takes when it is there, or null: `1.2.3` asks for that or later and gets the lowest, `[1.2.3]` for exactly that. */
export function singleVersion(asked: string): string | null {
  const exact = /^\[\s*([^,[\]()\s]+)\s*\]$/.exec(asked)?.[1] ?? asked;
  return /^\d[^\s,*[\]()$]*$/.test(exact) ? exact : null;
}

function itemOf(element: XmlElement): PackageItem {
  const text = (name: string): string => element.attributes[name] ?? childText(element, name) ?? '';
  return {
    kind: element.name as PackageItem['kind'],
    name: (element.attributes['Include'] ?? element.attributes['Update'] ?? '').trim(),
    version: text('Version'),
    override: text('VersionOverride'),
    isPrivate: text('PrivateAssets').toLowerCase() === 'all',
    line: element.line,
  };
}
