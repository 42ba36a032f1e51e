import type { ReadPackage } from '#model/reading.ts';
import { ownPurl } from './own-purl.ts';
import { packageOf } from './package-of.ts';

/**
 * The modules that a Java archive is or holds: those Maven left properties of, else the one its manifest, place and name say. One without a group is known
 * by its name only, so that no advisory names it. Empty for one that says nothing.
 */
export function javaModules(path: string, manifest: string | null, properties: readonly string[]): readonly ReadPackage[] {
  const left = properties.flatMap((text) => moduleIn(fieldsOf(text, '=')));
  return left.length > 0 ? left : byItsName(path, fieldsOf((manifest ?? '').replace(/\r?\n /g, ''), ':'));
}

/** `groupId=…` of pom.properties, or `Implementation-Title: …` of a manifest. */
function fieldsOf(text: string, separator: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(separator);
    if (at > 0 && !line.startsWith('#') && !fields.has(line.slice(0, at).trim())) fields.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return fields;
}

function moduleIn(fields: ReadonlyMap<string, string>): readonly ReadPackage[] {
  const [group = '', artifact = '', version = ''] = ['groupId', 'artifactId', 'version'].map((key) => fields.get(key));
  const isWhole = [group, artifact, version].every((part) => /^[^\s:$]+$/.test(part));
  return isWhole ? [packageOf('Maven', `${group}:${artifact}`, version)] : [];
}

const fileName = /^(.+?)-(\d[\w.+-]*)\.[a-z]+$/i;

function byItsName(path: string, manifest: ReadonlyMap<string, string>): readonly ReadPackage[] {
  const [file = ''] = path.split(/[/!]/).slice(-1);
  const [, artifact = '', version = manifest.get('Implementation-Version') ?? manifest.get('Bundle-Version') ?? ''] = fileName.exec(file) ?? [
    '',
    file.replace(/\.[a-z]+$/i, ''),
  ];
  if (artifact === '' || !/^\d[\w.+-]*$/.test(version)) return [];
  const folders = `/${artifact}/${version}/${file}`;
  const [, inRepository] = path.endsWith(folders) ? (/(?:^|\/)(?:repository|maven2|m2)\/(.+)$/.exec(path.slice(0, -folders.length)) ?? []) : [];
  const said = manifest.get('Implementation-Vendor-Id') ?? '';
  const group = inRepository?.replaceAll('/', '.') ?? (/^[a-z][\w-]*(?:\.[\w-]+)+$/.test(said) ? said : null);
  if (group !== null) return [packageOf('Maven', `${group}:${artifact}`, version)];
  return [packageOf(null, artifact, version, { purl: ownPurl('generic', artifact, version) })];
}
