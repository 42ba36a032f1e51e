import type { Approval } from './approval.ts';
import type { FoundAt, ImageFacts } from './image.ts';
import type { LicenceFile } from './licence-file.ts';
import type { Problem } from './problem.ts';
import type { Statement } from './statement.ts';

/** How a package is used by what names it. `runtime` when the file makes no difference. */
export type Scope = 'runtime' | 'development' | 'optional' | 'peer' | 'test' | 'build' | 'provided';

/** One package version (or an unresolved range) that a file says is there. */
export type ReadPackage = {
  /** Ecosystem as OSV spells it (`npm`, `PyPI`, `Maven`, `Go`, `crates.io`, `RubyGems`, `NuGet`, `Packagist`, …); null when OSV has none for it. */
  readonly ecosystem: string | null;
  /** Name as written, in the ecosystem's full form: `@scope/name`, `group:artifact`, module path. */
  readonly name: string;
  /** Resolved version as written (Go without its leading `v`); null when only a range is known. */
  readonly version: string | null;
  /** The range as written, only where `version` is null. */
  readonly range?: string;
  /** Canonical purl without version qualifiers we cannot prove; null when no purl type fits. */
  readonly purl: string | null;
  readonly scope: Scope;
  /** Null when the file cannot tell. */
  readonly direct: boolean | null;
  /** SPDX expressions or names as declared in the file; empty when it declares none. */
  readonly licences: readonly string[];
  /** Host it is taken from, lower case; absent when the file, or its format here, does not say. */
  readonly registry?: string;
  /** Where in an image it was found, each place once; absent elsewhere. */
  readonly found?: readonly FoundAt[];
  /** Whether the file proves it with a hash; absent when its format has no place for one, or is not looked at for it here. */
  readonly hashed?: boolean;
  /** Hashes of its artifacts as the file writes them, where its format has a place for them. No reading keeps them: they are asked for when one is looked for. */
  readonly hashes?: readonly string[];
};

/** One line of CODEOWNERS, in file order (the last match wins). */
export type OwnerRule = { readonly pattern: string; readonly owners: readonly string[]; readonly line: number };

/** One entity of a Backstage `catalog-info.yaml`, the fields we use. */
export type CatalogEntity = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly title: string | null;
  readonly description: string | null;
  /** `spec.owner` as written; null when absent. */
  readonly owner: string | null;
  readonly system: string | null;
  readonly type: string | null;
  readonly lifecycle: string | null;
};

/** One vulnerability that another tool found in a package. */
export type Reported = { readonly ids: readonly string[]; readonly purl: string };

/**
 * What one version of a format said of given bytes: facts and problems, by natural keys only, in file order,
 * so that the same bytes and format version always give the same canonical JSON.
 */
export type ReadingResult = {
  readonly packages: readonly ReadPackage[];
  /** Dependency edges as pairs of indexes into `packages`: from uses to. Empty when the file has none or cannot tell. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly problems: readonly Problem[];
  /** CODEOWNERS rules; absent for other formats. */
  readonly owners?: readonly OwnerRule[];
  /** Backstage entities; absent for other formats. */
  readonly entities?: readonly CatalogEntity[];
  /** What the file says of vulnerabilities (VEX, ignore files, analyses of other tools); absent for other formats. */
  readonly statements?: readonly Statement[];
  /** What the file says may be used, under which licence (exports of other tools, waivers, curations); absent for other formats. */
  readonly approvals?: readonly Approval[];
  /** Vulnerabilities that another tool found in packages, decided or not; absent for formats that do not say. */
  readonly reported?: readonly Reported[];
  /** What the terms in a file are like; absent for other formats. */
  readonly licence?: LicenceFile;
  /** What the file describes: an SBOM's main component, a manifest's own name, the package version whose licence a file is. */
  readonly subject?: { readonly name: string; readonly version: string | null; readonly purl: string | null };
  /** What an image says of itself; absent for other formats. */
  readonly image?: ImageFacts;
  /** When an SBOM says it was made, ISO 8601; absent when it does not say. */
  readonly createdAt?: string;
};

/** A reading without facts: only the reasons why. */
export function unread(...problems: readonly Problem[]): ReadingResult {
  return { packages: [], edges: [], problems };
}
