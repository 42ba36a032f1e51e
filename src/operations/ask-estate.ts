import { directOf, scopeOf } from '#language/packed/flags.ts';
import { readRange } from '#language/in-range.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { openFindings } from '#estate/questions/findings.ts';
import { useAt, versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import type { Visibility } from '#model/visibility.ts';
import { ConfigurationError } from './configuration-error.ts';

/** One use of a package, as `who-uses` prints it. */
export type UseRow = {
  readonly component: string;
  readonly name: string;
  readonly owner: string | null;
  readonly purl: string;
  /** Null when only a range is known. */
  readonly version: string | null;
  readonly range: string | null;
  readonly path: string;
  readonly kind: string;
  readonly scope: string;
  readonly direct: boolean | null;
  /** UTC day it has been valid from. */
  readonly since: string;
  readonly staleSince: string | null;
};

/** Who uses a package: a purl or a name, split from a native or `vers:` range at the last `@` that is not the first character. */
export function usesOf(estate: Estate, visibility: Visibility, wanted: string): readonly UseRow[] {
  const { packages, range } = wantedPackages(estate, wanted);
  const rows: UseRow[] = [];
  for (const slot of packages) {
    const ecosystem = estate.packages[slot]?.ecosystem ?? '';
    const scheme = schemeOf(ecosystem);
    // A bare version is that version: as a range some ecosystems would take it for "that or later".
    const isExact = range !== null && (scheme === null || scheme.isVersion(range));
    const read = range === null || scheme === null || isExact ? null : readRange(scheme, range);
    if (read !== null && !read.ok) throw new ConfigurationError(`${read.error} (for ${ecosystem})`);
    const versions = versionsOf(estate, slot).filter((version) => {
      const text = estate.versions[version]?.version ?? '';
      // A version that is not known may be in the range: it is shown, never left out.
      return (
        range === null || text === '' || text === range || (isExact ? scheme?.compare(text, range) === 0 : (read?.range.contains(text) ?? false))
      );
    });
    const uses = whoUses(estate, visibility, versions);
    for (let at = 0; at < uses.evidence.length; at += 1) rows.push(useRow(estate, slot, useAt(estate, uses, at)));
  }
  return rows.sort(
    (a, b) => compare(a.component, b.component) || compare(a.path, b.path) || compare(a.purl, b.purl) || compare(a.version ?? '', b.version ?? ''),
  );
}

/** One package in use, as `packages` prints it. */
export type PackageRow = {
  readonly purl: string;
  readonly ecosystem: string | null;
  readonly name: string;
  /** Resolved versions in use, in version order where the ecosystem has one. */
  readonly versions: readonly string[];
  /** Uses of which only a range is known. */
  readonly unresolved: number;
  readonly components: number;
  readonly findings: number;
};

/** Every package in use that may be seen, by purl. */
export function packageRows(estate: Estate, visibility: Visibility): readonly PackageRow[] {
  const findings = new Map<number, number>();
  for (const { component, row } of openFindings(estate, visibility)) {
    const slot = estate.findings[component]?.package[row] ?? -1;
    findings.set(slot, (findings.get(slot) ?? 0) + 1);
  }
  const rows: PackageRow[] = [];
  for (const [slot, each] of estate.packages.entries()) {
    const uses = whoUses(estate, visibility, versionsOf(estate, slot));
    if (uses.evidence.length === 0) continue;
    const scheme = schemeOf(each.ecosystem);
    const texts = new Set(uses.versions.map((version) => estate.versions[version]?.version ?? ''));
    const unresolved = uses.version.reduce((count, version) => count + (estate.versions[version]?.version === '' ? 1 : 0), 0);
    const versions = [...texts].filter((text) => text !== '').sort((a, b) => scheme?.compare(a, b) ?? compare(a, b));
    const purl = purlOfPackage(each.ecosystem, each.name);
    rows.push({
      purl,
      ecosystem: each.ecosystem === '' ? null : each.ecosystem,
      name: each.name,
      versions,
      unresolved,
      components: uses.components,
      findings: findings.get(slot) ?? 0,
    });
  }
  return rows.sort((a, b) => compare(a.purl, b.purl));
}

/** The purl of a package without version; `pkg:generic/…` where no type fits. */
export function purlOfPackage(ecosystem: string, name: string): string {
  return purlOf(ecosystem, name, null) ?? `pkg:generic/${encodeURIComponent(name)}`;
}

/** ISO date of a UTC day. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Package slots that a purl or a name means, and the range asked for. */
export function wantedPackages(estate: Estate, wanted: string): { readonly packages: readonly number[]; readonly range: string | null } {
  const at = wanted.lastIndexOf('@');
  const [text, range] = at > 0 ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted, null];
  if (text.startsWith('pkg:')) {
    const parts = packageOfPurl(text);
    if (parts === null) throw new ConfigurationError(`${text} is not a purl. An example: pkg:npm/lodash@<4.17.21`);
    const slot = estate.packageByKey.get(packageSlotKey(parts.ecosystem ?? '', packageKey(parts.ecosystem ?? '', parts.name)));
    return { packages: slot === undefined ? [] : [slot], range };
  }
  // A Maven artifact is asked for by its own name as often as with its group.
  const packages = estate.packages.flatMap((row, slot) =>
    row.name_key === packageKey(row.ecosystem, text) || row.name.endsWith(`:${text}`) ? [slot] : [],
  );
  return { packages, range };
}

function useRow(estate: Estate, packageSlot: number, use: ReturnType<typeof useAt>): UseRow {
  const row = estate.packages[packageSlot];
  const version = estate.versions[use.version];
  return {
    component: use.component.ref,
    name: use.component.name,
    owner: use.component.team,
    purl: purlOfPackage(row?.ecosystem ?? '', row?.name ?? ''),
    version: version === undefined || version.version === '' ? null : version.version,
    range: version === undefined || version.version !== '' ? null : version.range,
    path: use.evidence.path,
    kind: use.evidence.kind,
    scope: scopeOf(use.flags),
    direct: directOf(use.flags),
    since: dayText(use.validFrom),
    staleSince: use.evidence.stale_since === null ? null : new Date(use.evidence.stale_since).toISOString(),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
