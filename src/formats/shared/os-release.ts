import type { Neighbours } from '#model/format.ts';
import type { ReadPackage } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ecosystemOfDistribution } from '#language/distributions.ts';
import { ownPurl } from './own-purl.ts';
import { packageOf } from './package-of.ts';
import type { ProblemLog } from './problem-log.ts';

/** Which distribution a system is; its ecosystem is null where OSV has none for it, or no release is proved. */
export type Distribution = {
  readonly type: 'deb' | 'apk' | 'rpm' | 'alpm';
  readonly ecosystem: string | null;
  /** Null when nothing says which distribution it is. */
  readonly namespace: string | null;
  /** As purls name the release: `debian-12`; null for those without releases. */
  readonly distro: string | null;
};

/**
 * The distribution whose database of packages lies below `root` (empty, or ending in `/`), by its os-release. The file proper is asked for before the
 * link that usually stands for it, since links are not followed. https://www.freedesktop.org/software/systemd/man/latest/os-release.html
 */
export function distributionBeside(neighbours: Neighbours, root: string, type: Distribution['type']): Distribution {
  const bytes = neighbours.read(`${root}usr/lib/os-release`) ?? neighbours.read(`${root}etc/os-release`);
  const text = bytes === null ? null : decodeText(bytes);
  return text?.ok === true ? distributionOf(osRelease(text.value), type) : { type, ecosystem: null, namespace: null, distro: null };
}

/** The fields of an os-release, quotes taken off. */
export function osRelease(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^([A-Z][A-Z0-9_]{0,63})=(.*)$/.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, value.replace(/^(["'])(.*)\1$/, '$2').slice(0, 500));
  }
  return fields;
}

/** Names of distributions in os-release that purls spell otherwise. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ['rhel', 'redhat'],
  ['sles', 'suse'],
  ['sles_sap', 'suse'],
  ['sle_hpc', 'suse'],
  ['sled', 'suse'],
  ['opensuse-leap', 'opensuse'],
  ['opensuse-tumbleweed', 'opensuse'],
]);

function distributionOf(fields: ReadonlyMap<string, string>, type: Distribution['type']): Distribution {
  const id = (fields.get('ID') ?? '').toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id)) return { type, ecosystem: null, namespace: null, distro: null };
  const namespace = namespaces.get(id) ?? id;
  const release = releaseOf(id, fields);
  const distro = release === null ? null : `${id}-${release}`;
  const ecosystem = ecosystemOfDistribution(type, namespace, distro);
  return { type, ecosystem, namespace, distro };
}

function releaseOf(id: string, fields: ReadonlyMap<string, string>): string | null {
  const release = fields.get('VERSION_ID') ?? '';
  // Alpine's coming release, and Debian's, which has a code name only.
  if (id === 'alpine' && release.includes('_alpha')) return 'edge';
  if (release === '') return fields.get('VERSION_CODENAME') ?? null;
  const [, servicePack] = /\((LTS(?:-SP\d+)?)\)/i.exec(fields.get('VERSION') ?? '') ?? [];
  return id === 'openeuler' && servicePack !== undefined ? `${release}-${servicePack.toLowerCase()}` : release;
}

/** A package of a distribution. Where OSV has no ecosystem for it, its name bears the distribution, as it does in an SBOM. */
export function distributionPackage(
  { type, ecosystem, namespace, distro }: Distribution,
  name: string,
  version: string,
  more: Partial<ReadPackage> = {},
): ReadPackage {
  if (ecosystem !== null) return packageOf(ecosystem, name, version, more);
  if (namespace === null) return packageOf(null, name, version, more);
  const [, epoch = '', rest = version] = (type === 'rpm' ? /^(\d+):(.*)$/s.exec(version) : null) ?? [];
  const purl = ownPurl(type, `${namespace}/${name}`, rest, { isDivided: true, qualifiers: { distro, epoch: epoch === '0' ? '' : epoch } });
  return packageOf(null, `${namespace}/${name}`, version, { purl, ...more });
}

/** Says once that nothing proves the release, so that no advisory is about what was found. */
export function sayUnknownRelease({ type, ecosystem, namespace, distro }: Distribution, log: ProblemLog): void {
  if (ecosystem !== null || type === 'alpm') return;
  const message =
    namespace === null
      ? 'No os-release lies where the system would have it, so that the distribution is unknown and no advisory is about these packages.'
      : `OSV has no advisories for ${distro ?? namespace}, so that none is about these packages.`;
  log.warning(namespace === null ? 'unknown-distribution' : 'no-advisories', message);
}
