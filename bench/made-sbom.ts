import type { VersionKey } from '#store/store.ts';
import { versionOfRank } from './large-estate.ts';

const purlTypes: Readonly<Record<string, string>> = { npm: 'npm', Maven: 'maven', PyPI: 'pypi', 'crates.io': 'cargo' };

/** The purl of the package version of a rank. */
export function purlOfRank(rank: number): string {
  return purlOf(versionOfRank(rank));
}

/** A CycloneDX file that names these package versions, each using the next two. */
export function sbomOf(versions: readonly VersionKey[]): Buffer {
  const components = versions.map((each) => {
    const [first = '', second] = each.name.split(':');
    const named = second === undefined ? { name: first } : { group: first, name: second };
    return { type: 'library', 'bom-ref': purlOf(each), ...named, version: each.version, purl: purlOf(each) };
  });
  const refs = components.map((each) => each['bom-ref']);
  const dependencies = refs.map((ref, at) => ({ ref, dependsOn: refs.slice(at + 1, at + 3) }));
  return Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components, dependencies }));
}

function purlOf({ ecosystem, name, version }: VersionKey): string {
  return `pkg:${purlTypes[ecosystem] ?? 'generic'}/${name.replace(':', '/')}@${version}`;
}
