import type { z } from 'zod';
import type { SeverityLevel } from '#model/advisory.ts';
import type { LicenceChange } from '#model/ip-policy.ts';
import type { PackageWarning, VersionWarning } from '#model/registry.ts';
import type { RegistrySummary } from '#model/registry-summary.ts';
import type { SbomStanding } from '#model/sbom-standing.ts';
import type { NamedCount, Supply } from '#model/supply.ts';
import type { LicenceVerdict } from './licences/verdict.ts';
import type { EndOfLifeData } from './end-of-life/end-of-life-data.ts';

/** One judgement of a rule, about what it was given. */
export type RuleFinding = {
  /** What it is about beside component and package, in lasting words: part of the finding's id. */
  readonly subject: string;
  /** One sentence. */
  readonly reason: string;
  /** UTC day since when it holds, if what it is about was there; null: for as long as that was. */
  readonly since: number | null;
};

/** What a rule says of one thing. Unknown is never fine: it is what coverage leaves out. */
export type Judged =
  | { readonly kind: 'fine' }
  | { readonly kind: 'unknown'; readonly because: string }
  | { readonly kind: 'found'; readonly findings: readonly RuleFinding[] };

/** An advisory group that hits a package version. */
export type MatchFacts = { readonly key: string; readonly malicious: boolean; readonly title: string };

/** A version of a package that somebody has, or that an advisory names, with the UTC day since when we know of it. */
export type KnownVersion = { readonly version: string; readonly since: number; readonly from: 'estate' | 'advisory' };

/** What a registry says of a package version. UTC days. */
export type ReleaseFacts = {
  /** The registry has no such package, or has it no more. */
  readonly isAbsent: boolean;
  /** The registry lists the version. */
  readonly isListed: boolean;
  /** Null: not said. */
  readonly released: number | null;
  /** The latest stable version; null when there is none. */
  readonly latest: { readonly version: string; readonly released: number | null } | null;
  readonly warning: VersionWarning | null;
  /** Of the package as a whole. */
  readonly packageWarning: PackageWarning | null;
  /** Every version, in version order: version, day of release, whether it is warned of. */
  readonly versions: RegistrySummary['versions'];
};

/** One package version that is in use, judged once, whoever uses it. */
export type VersionFacts = {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  /** Versions of the package that are later than this one, least first: a lower bound of what there is. */
  readonly later: readonly KnownVersion[];
  /** What its registry says; null while nobody asked it. */
  readonly releases: ReleaseFacts | null;
  readonly endOfLife: EndOfLifeData;
};

/** A version of a package that is known here, with what counts as its licence; null: unknown. */
export type LicensedVersion = { readonly version: string; readonly licence: string | null; readonly category: string | null };

/** One package version in the context of one component, with what the IP policy says of it. */
export type UseFacts = {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly verdict: LicenceVerdict;
  /** In words, by whom it was denied whatever the policy says; null where nobody did. */
  readonly refusal: string | null;
  /** The policy that said it: `ip-policy@2`. */
  readonly policy: string;
  /** What was said of its licence and is no licence expression; null when nothing was. */
  readonly unread: string | null;
  /** Versions of the package that are earlier than this one and known here, least first: a lower bound of what there is. */
  readonly earlier: readonly LicensedVersion[];
  /** The changes of a licence that count by the IP policy; null: every change of category. */
  readonly changes: readonly LicenceChange[] | null;
};

/** A condition on which the council permits something in a component, not shown to be met yet. UTC days. */
export type ConditionFacts = {
  /** Case, round and place, in lasting words. */
  readonly place: string;
  /** Name of the case. */
  readonly case: string;
  /** A purl without version, or what else is permitted. */
  readonly permits: string;
  /** Since when it counts. */
  readonly since: number;
  /** The day from which it is late. */
  readonly due: number;
  /** It was shown to be met, and waits for a second person. */
  readonly isShown: boolean;
  readonly late: 'told' | 'asked-again' | 'ends';
};

/** A component apart from what it contains. UTC days. */
export type ComponentFacts = {
  readonly owner: string | null;
  /** When it was first seen. */
  readonly firstSeen: number;
  /** When a source last showed it; null when none ever could. */
  readonly confirmed: number | null;
  /** Package versions that it uses and whose licence is unknown, or not named by the IP policy, with the names of a few, among all. */
  readonly unknownLicences: NamedCount & { readonly total: number };
  /** In order of when they are due. */
  readonly conditions: readonly ConditionFacts[];
};

/** One file that shows what a component contains. */
export type FileFacts = {
  readonly path: string;
  readonly kind: 'lockfile' | 'manifest' | 'sbom';
  /** How many packages it names. */
  readonly entries: number;
  /** Packages of which it gives a range only. */
  readonly ranges: NamedCount;
  /** What it says of hosts and hashes; null when it, or its reader, says nothing. */
  readonly supply: Supply | null;
  /** Team that owns the component; null when none does. */
  readonly owner: string | null;
  /** How it stands as an SBOM; null when it is none, or was not judged yet. */
  readonly sbom: SbomStanding | null;
};

type RuleBase<Facts, Settings> = {
  /** Stable, kebab-case, part of every finding's id. */
  readonly id: string;
  readonly title: string;
  /** One sentence each, for people: what it finds, and what it cannot see. */
  readonly finds: string;
  readonly cannotSee: string;
  /** Why it matters, and what to do. */
  readonly explain: string;
  readonly remedy: string;
  /** Whether its findings of a past day can be told; if not, why. */
  readonly past: true | string;
  /** Checks the settings of a policy; `{}` gives the defaults. */
  readonly settings: z.ZodType<Settings>;
  /** `today` is a UTC day. */
  judge(facts: Facts, settings: Settings, today: number): Judged;
};

/** What every rule's settings say. */
export type CommonSettings = { readonly severity: SeverityLevel };

export type MatchRule = RuleBase<MatchFacts, object> & { readonly of: 'match' };
// Settings of one rule are that rule's own; whoever holds many of them only passes on what its schema gave.
export type VersionRule = RuleBase<VersionFacts, CommonSettings> & { readonly of: 'version'; readonly directOnly: boolean };
/** Over uses: a package version may be found in one component and not in another. */
export type UseRule = RuleBase<UseFacts, CommonSettings> & { readonly of: 'use' };
export type ComponentRule = RuleBase<ComponentFacts, CommonSettings> & { readonly of: 'component' };
export type FileRule = RuleBase<FileFacts, CommonSettings> & { readonly of: 'file' };

/** A rule whose findings are observed, not matched. */
export type ObservedRule = VersionRule | UseRule | ComponentRule | FileRule;

/** One way of judging facts, by what it looks at. Pure. */
export type Rule = MatchRule | ObservedRule;

/** A rule over facts, with settings of its own. */
type Typed<Facts, Settings extends CommonSettings> = RuleBase<Facts, Settings>;

/** A rule over package versions. */
export function versionRule<Settings extends CommonSettings>(rule: Typed<VersionFacts, Settings> & { readonly directOnly: boolean }): VersionRule {
  return { ...rule, ...guarded(rule), of: 'version' };
}

/** A rule over package versions in the context of a component. */
export function useRule<Settings extends CommonSettings>(rule: Typed<UseFacts, Settings>): UseRule {
  return { ...rule, ...guarded(rule), of: 'use' };
}

/** A rule over components. */
export function componentRule<Settings extends CommonSettings>(rule: Typed<ComponentFacts, Settings>): ComponentRule {
  return { ...rule, ...guarded(rule), of: 'component' };
}

/** A rule over files. */
export function fileRule<Settings extends CommonSettings>(rule: Typed<FileFacts, Settings>): FileRule {
  return { ...rule, ...guarded(rule), of: 'file' };
}

/** The same rule, taking what any schema gave: it reads the settings as its own once more where they are not. */
function guarded<Facts, Settings extends CommonSettings>({
  settings,
  judge,
}: Typed<Facts, Settings>): Pick<RuleBase<Facts, CommonSettings>, 'settings' | 'judge'> {
  const own = new WeakMap<object, Settings>();
  return {
    settings,
    judge(facts, given, today) {
      let mine = own.get(given);
      if (mine === undefined) own.set(given, (mine = settings.parse(given)));
      return judge(facts, mine, today);
    },
  };
}
