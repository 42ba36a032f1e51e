import type { Delivery, Gate, Linking, PolicyVerdict } from './licence.ts';

/** Licences that are treated alike. */
export type LicenceCategory = {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly means: string;
  /** Single licences as SPDX writes them: `MIT`, `GPL-2.0-only WITH Classpath-exception-2.0`, `LicenseRef-acme`. */
  readonly licences: readonly string[];
};

/** One line of the policy: the first that fits says the verdict. What a line leaves out it does not look at. */
export type IpRule = {
  readonly id: string;
  /** Categories, or single licences. */
  readonly categories?: readonly string[] | undefined;
  readonly licences?: readonly string[] | undefined;
  readonly deliveries?: readonly Delivery[] | undefined;
  readonly linking?: readonly Linking[] | undefined;
  readonly modified?: boolean | undefined;
  readonly verdict: PolicyVerdict;
  /** Ids of obligations that come with it. */
  readonly obligations: readonly string[];
  /** Why, one sentence, for whoever is told the verdict. */
  readonly because: string;
  /** What this line does to a build, by tier of the component: counts before what `gates` of the policy says of its verdict. */
  readonly gates?: Readonly<Record<string, Gate>> | undefined;
};

/** When a duty begins. */
export const obligationTriggers = ['always', 'delivered', 'modified', 'modified-and-delivered', 'over-a-network'] as const;
export type ObligationTrigger = (typeof obligationTriggers)[number];

/** Something that a licence asks for. */
export type Obligation = {
  readonly id: string;
  readonly title: string;
  /** What is to be done, one sentence. */
  readonly asks: string;
  readonly when: ObligationTrigger;
  /** What shows that it was done, one sentence, for whoever says so. */
  readonly shownBy?: string | undefined;
  /** Whether it is met by giving source out, and so stands on the offer of source. Absent: as the built-in duty of this id, else not. */
  readonly givesSource?: boolean | undefined;
};

// Not marked in the catalogue itself: what was fulfilled names a duty by its hash, and would be open again.
const builtInOfSource: ReadonlySet<string> = new Set(['offer-source', 'offer-source-over-network', 'give-changed-files']);

/** Whether a duty is met by giving source out: as the policy says, else as the built-in duty of its id. */
export function givesSource({ id, givesSource: said }: Pick<Obligation, 'id' | 'givesSource'>): boolean {
  return said ?? builtInOfSource.has(id);
}

/** A change of the licence from one version to the next that is to be found: from one of some categories to one of others. */
export type LicenceChange = { readonly from: readonly string[]; readonly to: readonly string[]; readonly because: string };

/** How the firm deals with the intellectual property of others, as one document that counsel approves whole. */
export type IpPolicy = {
  readonly format: 1;
  /** Which template it was begun from. */
  readonly template: string;
  readonly categories: readonly LicenceCategory[];
  readonly rules: readonly IpRule[];
  /** Where no line fits. */
  readonly otherwise: Exclude<PolicyVerdict, 'allowed'>;
  /** What is only used to build and test: judged as internal use, or like what is delivered. */
  readonly development: 'internal' | 'as-delivered';
  readonly obligations: readonly Obligation[];
  /** What may not be in something that is given out under a licence: by categories or single licences. */
  readonly outbound: readonly { readonly licence: string; readonly notWith: readonly string[]; readonly because: string }[];
  /** What to use instead of a package: purls without version. */
  readonly alternatives: readonly { readonly instead: string; readonly use: readonly string[] }[];
  /** For how many days what another tool approved holds once counsel confirms it, where neither says; absent: a year. */
  readonly approvalDays?: number | undefined;
  /** What a verdict does to a build, by tier of the component; a tier that is not named watches. */
  readonly gates: Readonly<Record<string, Readonly<Partial<Record<PolicyVerdict, Gate>>>>>;
  /** Which changes of a licence between versions count; absent: every change of category. */
  readonly changes?: readonly LicenceChange[] | undefined;
};
