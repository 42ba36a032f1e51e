import type { Problem } from './problem.ts';
import type { Reported, Scope } from './reading.ts';
import type { Statement } from './statement.ts';

/** What kind of thing a component is, in CycloneDX's words; SPDX's purposes are translated. */
export const sbomComponentTypes = [
  'application',
  'framework',
  'library',
  'container',
  'platform',
  'operating-system',
  'device',
  'device-driver',
  'firmware',
  'file',
  'machine-learning-model',
  'data',
  'cryptographic-asset',
] as const;
export type SbomComponentType = (typeof sbomComponentTypes)[number];

/** `algorithm` as CycloneDX spells it (`SHA-256`), `value` in lower-case hexadecimal. */
export type SbomHash = { readonly algorithm: string; readonly value: string };

/** `type` in CycloneDX's words (`website`, `vcs`, `distribution`); others as written. */
export type SbomLink = { readonly type: string; readonly url: string };

/** One component of an SBOM with all that both standards can say of it. Null and empty: the document does not say. */
export type SbomComponent = {
  /** `bom-ref` or SPDX id as written; made up from the place in the document where there is none, and unique in it. */
  readonly ref: string;
  readonly type: SbomComponentType | null;
  /** As OSV spells it; null when OSV has none for it, or the document does not say. */
  readonly ecosystem: string | null;
  /** In the ecosystem's full form (`@scope/name`, `group:artifact`); without a purl as the document writes it. */
  readonly name: string;
  readonly version: string | null;
  /** The range as written, only where `version` is null. */
  readonly range: string | null;
  /** Canonical, with its qualifiers and subpath; null when there is none or it is no purl. */
  readonly purl: string | null;
  readonly cpes: readonly string[];
  readonly scope: Scope;
  /** Who gives it out. */
  readonly supplier: string | null;
  /** Who wrote it: authors, publisher, originator. */
  readonly authors: readonly string[];
  readonly copyright: string | null;
  readonly description: string | null;
  /** SPDX expressions or names as written. */
  readonly licences: { readonly declared: readonly string[]; readonly concluded: readonly string[] };
  readonly hashes: readonly SbomHash[];
  readonly links: readonly SbomLink[];
  /** Index into `components` of the one that contains it; null at the top. */
  readonly parent: number | null;
  /** What a distribution's package was built from, where the document says so; a null version is the package's own. */
  readonly source?: { readonly name: string; readonly version: string | null };
};

/** Whether a document says that what it lists is all there is. */
export type SbomCompleteness = 'complete' | 'incomplete' | 'unknown';

/**
 * What an SBOM of any standard says, before the estate makes a reading of it: for its quality, for differences, and for writing it again.
 * In the document's order, so that the same bytes always give the same value.
 */
export type SbomDocument = {
  readonly standard: 'CycloneDX' | 'SPDX' | 'other';
  /** `1.6`, `2.3`, `3.0.1`; null when the document does not say. */
  readonly specVersion: string | null;
  /** CycloneDX's serial number or SPDX's namespace; null when there is none. */
  readonly serial: string | null;
  /** CycloneDX's `version` of the document; null when the standard has none. */
  readonly revision: number | null;
  readonly name: string | null;
  /** ISO 8601; null when it is absent or no time. */
  readonly createdAt: string | null;
  /** People and organisations that made the document. */
  readonly authors: readonly string[];
  /** Programs that made it, `name version`. */
  readonly tools: readonly string[];
  /** CycloneDX's phases or SPDX 3's SBOM types as written: `build`, `source`, `runtime`. */
  readonly lifecycles: readonly string[];
  /** What the document describes; null when it does not say. It is not in `components`. */
  readonly subject: SbomComponent | null;
  readonly components: readonly SbomComponent[];
  /** Indexes of what the document describes where those are several, so that there is no one subject; absent otherwise. */
  readonly roots?: readonly number[];
  /** Pairs of indexes into `components`, from uses to; -1 is the subject. */
  readonly dependencies: readonly (readonly [from: number, to: number])[];
  /** Indexes (-1: the subject) whose dependencies are stated, also where it states that there are none. */
  readonly stated: readonly number[];
  readonly completeness: SbomCompleteness;
  /** VEX statements in it. */
  readonly statements: readonly Statement[];
  /** Vulnerabilities that its tool found in packages, judged or not; absent when it lists none. */
  readonly reported?: readonly Reported[];
  /** Whether it bears a signature of its own; nothing is said of whether that is right. */
  readonly signed: boolean;
  readonly problems: readonly Problem[];
};

/** A document that says nothing but why. */
export function emptySbom(standard: SbomDocument['standard'], problems: readonly Problem[]): SbomDocument {
  return {
    ...{ standard, specVersion: null, serial: null, revision: null, name: null, createdAt: null },
    ...{ authors: [], tools: [], lifecycles: [], subject: null, components: [], dependencies: [], stated: [] },
    ...{ completeness: 'unknown', statements: [], signed: false, problems },
  };
}
