import type { Gate, PolicyVerdict } from '#model/licence.ts';
import type { Problem } from '#model/problem.ts';

/** What the policy says of one package version, and how it comes in. */
export type CheckedPackage = {
  readonly purl: string;
  readonly verdict: PolicyVerdict;
  readonly gate: Gate;
  /** One sentence. */
  readonly because: string;
  /** SPDX expression in normal form; null when unknown. */
  readonly licence: string | null;
  /** Line of the policy that decided; null when none did. */
  readonly rule: string | null;
  /** File that names it; null for a package asked for by purl. */
  readonly file: string | null;
  readonly direct: boolean | null;
  /** `name@version`, from what is asked for down to it; empty where nothing tells. */
  readonly path: readonly string[];
  readonly asks: readonly string[];
  readonly obligations: readonly { readonly title: string; readonly asks: string; readonly state: 'due' | 'open' }[];
  /** The open case of the council that asks about it; null when nobody asks. */
  readonly review: { readonly name: string; readonly due: string; readonly state: 'open' | 'waiting' } | null;
  /** What is to be known of the answer, a sentence each. */
  readonly notes: readonly string[];
  readonly exception: { readonly id: string; readonly until: string } | null;
  readonly alternatives: readonly {
    readonly purl: string;
    readonly version: string | null;
    readonly verdict: PolicyVerdict;
    /** Components here that use it. */
    readonly components: number;
  }[];
};

/** Whom to ask, by name. */
export type AskedPeople = {
  /** Team of the component, and who confirmed that it is the team's. */
  readonly team: string | null;
  readonly owner: string | null;
  /** Who was named to be asked about packages, by purl without version. */
  readonly stewards: readonly { readonly package: string; readonly name: string }[];
  readonly counsel: readonly string[];
};

/** The answer to "may I use this?" for packages, files or what a change brings in. */
export type CheckReport = {
  /** False when no office could be asked: nothing below was judged then. */
  readonly judged: boolean;
  /** `ip-policy@2`; null when nothing was judged. */
  readonly policy: string | null;
  /** The policy is the built-in one, which nobody of counsel has approved. */
  readonly isBuiltIn: boolean;
  /** The worst; null when nothing was judged. */
  readonly verdict: PolicyVerdict | null;
  readonly gate: Gate;
  readonly counts: Readonly<Record<PolicyVerdict, number>>;
  /** Worst first. */
  readonly packages: readonly CheckedPackage[];
  /** What could not be read: it is not judged. */
  readonly problems: readonly Problem[];
  /** Revision against which only what is new was judged; null for everything. */
  readonly base: string | null;
  readonly ask: AskedPeople;
};
