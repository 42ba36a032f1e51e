import type { Problem } from './problem.ts';

/** One licence as a registry has it, word for word. `field` is where it stood; nothing is concluded from it here. */
export type DeclaredLicence = { readonly field: string; readonly text: string };

/** Why a registry warns of a version: `removed` is one that it listed once and lists no more. */
export type VersionWarning = {
  readonly kind: 'deprecated' | 'yanked' | 'retracted' | 'removed';
  /** As its makers put it; null when they gave none. */
  readonly reason: string | null;
};

/** What a registry says of one version; what an answer leaves open is absent. */
export type RegistryVersion = {
  readonly version: string;
  /** Unix milliseconds. */
  readonly released?: number;
  /** Empty: it declares none. */
  readonly licences?: readonly DeclaredLicence[];
  /** Null: no warning. */
  readonly warning?: VersionWarning | null;
};

/** Why a package as a whole is not to be had, or not to be used. */
export type PackageWarning = { readonly kind: 'deprecated' | 'unpublished' | 'quarantined' | 'malicious'; readonly reason: string | null };

/** Versions from one to another, both included, that their makers took back. */
export type Retraction = { readonly from: string; readonly until: string; readonly reason: string | null };

/** One question to a registry about one package. `of` is the version, page or file meant, empty for the package. */
export type RegistryAsk = {
  readonly part: string;
  readonly of: string;
  /** Below the registry's address, without a leading slash. */
  readonly path: string;
  readonly accept?: string;
};

/** What one answer says of a package; what it leaves open is absent. */
export type RegistryAnswer = {
  readonly versions: readonly RegistryVersion[];
  /** It lists every version there is: one that it does not name is gone. */
  readonly isWhole: boolean;
  /** The version that the registry itself calls the latest. */
  readonly latest?: string | null;
  readonly warning?: PackageWarning | null;
  readonly repository?: string | null;
  /** Stretches of versions that its makers took back, both ends included. */
  readonly retracted?: readonly Retraction[];
  /** What else is to be asked to have said everything. */
  readonly asks: readonly RegistryAsk[];
  /** An error: nothing of the answer counts. */
  readonly problems: readonly Problem[];
};

/** An answer as it came. */
export type RegistryBytes = {
  /** As the ecosystem knows it. */
  readonly name: string;
  readonly part: string;
  readonly of: string;
  readonly bytes: Uint8Array;
  /** Unix milliseconds, as the registry dates the answer; null when it does not. */
  readonly modified: number | null;
};

/** How one kind of registry is asked and understood. Pure, never throws on bad input. */
export type RegistryProtocol = {
  /** Stable, kebab-case. */
  readonly id: string;
  /** Raised by one when the same bytes may say something else. */
  readonly version: number;
  readonly title: string;
  /** As OSV spells it. */
  readonly ecosystem: string;
  readonly spec: string;
  /** One sentence each: what it tells, and what it does not. */
  readonly reads: string;
  readonly cannotSee: string;
  /** Address of the public registry, without a slash at the end. */
  readonly base: string;
  /** Hosts that lockfiles name for packages of the public registry. */
  readonly hosts: readonly string[];
  /** Requests a second, and at once, that its keepers accept. */
  readonly perSecond: number;
  readonly atOnce: number;
  /** The first question about a package; null for what cannot be a name there. */
  first(name: string): RegistryAsk | null;
  /** What is to be asked about one version beside that. */
  about(name: string, version: string): readonly RegistryAsk[];
  read(answer: RegistryBytes): RegistryAnswer;
};

/** Everything that is known of a package from its registry, as it is kept: canonical, each list of licences and each warning once. */
export type RegistryRecord = {
  readonly layout: 1;
  readonly ecosystem: string;
  readonly name: string;
  /** Address of the registry that said it, without credentials. */
  readonly registry: string;
  /** `npm@1`: who understood it. */
  readonly readBy: string;
  /** Stable, by the registry's word or by the order of versions; null when there is none. */
  readonly latest: string | null;
  readonly warning: PackageWarning | null;
  readonly repository: string | null;
  readonly licences: readonly (readonly DeclaredLicence[])[];
  readonly warnings: readonly VersionWarning[];
  /** In version order: version, when it was released in Unix milliseconds, place in `licences`, place in `warnings`; null: not said. */
  readonly versions: readonly (readonly [version: string, released: number | null, licences: number | null, warning: number | null])[];
};
