import { rank, type LicenceVerdict } from '#analysis/licences/verdict.ts';
import type { EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import { choicesOf } from '#language/spdx/choices.ts';
import { printTerm } from '#language/spdx/expression.ts';
import { suggestExpression } from '#language/spdx/suggest.ts';
import type { Desk } from '#desk/desk.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { licenceClaims, registryLicences } from '#estate/questions/licence-claims.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { profileOf } from '#desk/profiles/profiles.ts';
import { gates, policyVerdicts, type Artifact, type Gate, type LicenceClaim, type LicenceQuestion, type PolicyVerdict } from '#model/licence.ts';
import { unknownProfile, type Tier } from '#model/profile.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { isDevelopmentOnly } from '../licences/estate-verdicts.ts';
import { isPermitted, ruled, ruledVerdict } from '../licences/ruled-verdict.ts';
import { gateOf } from './gate-of.ts';
import type { JudgedUse, LicenceJudge } from '../licences/licence-judge.ts';
import { whomToAsk, type WhomToAsk } from './whom-to-ask.ts';

/** One package version that is asked about. */
export type AskedPackage = {
  /** With version. */
  readonly purl: string;
  /** Only used to build or test. */
  readonly isDevelopment: boolean;
  /** What the file that brings it in says of its licence: counts where nobody here knows better. Absent: nothing. */
  readonly claims?: readonly LicenceClaim[];
  /** What is to be told of asking about it, such as why its registry says nothing; absent: nothing. */
  readonly notes?: readonly string[];
};

/** What is asked: package versions as a lockfile or a change brings them in, or all that a component uses now. */
export type VerdictQuestion = {
  readonly packages: readonly AskedPackage[] | null;
  /** Slot of the component it is asked for; null for none. */
  readonly component: number | null;
  /** How what it goes into is delivered, where that is not what the component declares; null to take that. */
  readonly artifacts: readonly Artifact[] | null;
};

/** What depends on the asker and on what is beside the estate. */
export type VerdictsGiven = {
  readonly estate: Estate;
  readonly desk: Desk;
  readonly visibility: Visibility;
  readonly judge: LicenceJudge;
  readonly now: number;
};

/** What to use instead. */
export type Alternative = {
  readonly purl: string;
  readonly version: string | null;
  /** `version`: another version of the same, in use here; `named`: the policy names it instead of this one. */
  readonly why: 'version' | 'named';
  readonly verdict: PolicyVerdict;
  /** Components here that use it and may be seen. */
  readonly components: number;
};

/** What the policy says of one package version. */
export type PackageVerdict = Omit<LicenceVerdict, 'obligations' | 'asks'> & {
  /** As asked. */
  readonly purl: string;
  readonly gate: Gate;
  /** All that was said of its licence, by source. */
  readonly claims: readonly LicenceClaim[];
  readonly isDisputed: boolean;
  /** Where it is a choice: each set of licences that would do, as far as there are few enough to be read. */
  readonly choices: readonly (readonly string[])[];
  /** What counsel chose of the licence, and in which case of the council; null where nobody chose. */
  readonly choice: { readonly rely: string; readonly council: string | null } | null;
  /** What an entry that is no expression may mean: for counsel, never applied. */
  readonly suggestion: string | null;
  readonly obligations: readonly { readonly id: string; readonly title: string; readonly asks: string; readonly state: 'due' | 'open' }[];
  readonly asks: readonly LicenceQuestion[];
  /** What permits it beside the policy; null when nothing does. */
  readonly exception: { readonly id: string; readonly until: string } | null;
  /** The case by which the council denies it, whatever the policy says; `until` null: until it is asked again. Null where none does. */
  readonly refusal: { readonly case: string; readonly name: string; readonly until: string | null } | null;
  readonly alternatives: readonly Alternative[];
  /** What is to be known of the answer, a sentence each: which version was judged, why a registry says nothing. */
  readonly notes: readonly string[];
};

/** What the policy says, worst first. */
export type Verdicts = {
  /** `ip-policy@2`. */
  readonly policy: string;
  /** The worst of all; `allowed` when nothing was asked. */
  readonly verdict: PolicyVerdict;
  /** The strongest of all. */
  readonly gate: Gate;
  readonly counts: Readonly<Record<PolicyVerdict, number>>;
  readonly packages: readonly PackageVerdict[];
  readonly ask: WhomToAsk;
};

/** Answers "may I use this?" for package versions, in the context of a component or of what is said. Nothing is read from the store. */
export function verdictsFor(given: VerdictsGiven, question: VerdictQuestion): Verdicts {
  const tier = tierOf(given, question.component);
  const asked = question.packages ?? usedBy(given.estate, question.component ?? -1);
  const packages = asked
    .map((each) => packageVerdict(given, question, each, tier))
    .sort((a, b) => rank(b.verdict) - rank(a.verdict) || (a.purl < b.purl ? -1 : 1));
  const counts: Record<PolicyVerdict, number> = { allowed: 0, conditions: 0, review: 0, unknown: 0, denied: 0 };
  for (const each of packages) counts[each.verdict] += 1;
  const verdict = policyVerdicts.findLast((each) => counts[each] > 0) ?? 'allowed';
  const gate = gates.findLast((each) => packages.some((one) => one.gate === each)) ?? 'watch';
  return { policy: given.judge.policyName, verdict, gate, counts, packages, ask: whomToAsk(given, question.component, packages) };
}

/** Purls of what is not simply permitted: unknown, for review, denied. */
export function notPermitted({ packages }: Pick<Verdicts, 'packages'>): readonly string[] {
  return packages.filter(({ verdict }) => rank(verdict) > 1).map(({ purl }) => purl);
}

function tierOf({ estate, desk }: VerdictsGiven, component: number | null): Tier {
  const ref = component === null ? undefined : estate.components[component]?.ref;
  return profileOf(ref === undefined ? undefined : desk.profiles.get(ref), unknownProfile).tier;
}

/** What a component uses now, each package version once; shipped if any use of it is. `sbom` is the place of one SBOM to look at alone; null for all. */
export function usedBy(estate: Estate, component: number, sbom: string | null = null): readonly AskedPackage[] {
  const found = new Map<number, boolean>();
  for (const slot of evidencesOf(estate, component)) {
    const evidence = estate.evidence[slot];
    if (evidence == null || (sbom !== null && (evidence.kind !== 'sbom' || evidence.path !== sbom))) continue;
    const { ids, flags, count } = unpackOpenColumns(evidence.open);
    for (let at = 0; at < count; at += 1) {
      const version = estate.slots.version[ids[at] ?? 0] ?? -1;
      if (version !== -1) found.set(version, isDevelopmentOnly(flags[at] ?? 0) && (found.get(version) ?? true));
    }
  }
  return [...found].map(([version, isDevelopment]) => {
    const holder = estate.packages[estate.packageOf[version] ?? 0];
    const purl = purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? '');
    return { purl: withVersion(purl, estate.versions[version]?.version ?? ''), isDevelopment };
  });
}

function withVersion(purl: string, version: string): string {
  return version === '' ? purl : `${purl}@${encodeURIComponent(version)}`;
}

function packageVerdict(
  given: VerdictsGiven,
  question: VerdictQuestion,
  { purl, isDevelopment, claims = [], notes = [] }: AskedPackage,
  tier: Tier,
): PackageVerdict {
  const { judge } = given;
  const place = placeOf(given, purl, claims);
  const licence = place.licence;
  const judged =
    question.artifacts === null
      ? judge.verdictIn(licence, question.component === null ? 0 : judge.contextOf(question.component), isDevelopment)
      : judge.verdictFor(licence, { artifacts: question.artifacts, isDevelopment });
  const { obligations: duties, ...byPolicy } = judged;
  const deliveries = question.artifacts?.flatMap((each) => each.deliveries);
  const use: JudgedUse = {
    component: question.component,
    artifact: judged.artifact,
    deliveries,
    ...place.named,
    licence: licence.text,
    isDevelopment,
  };
  const ruling = judge.rulingFor(use);
  const rest = ruled(byPolicy, ruling);
  const { verdict } = rest;
  const exception = ruling?.kind === 'permits' && !isPermitted(byPolicy.verdict) ? ruling.exception : null;
  const refusal = ruling?.kind === 'denies' ? ruling.refusal : null;
  const isLetPass = exception?.passesGate === true || (ruling?.kind === 'denies' && ruling.pass !== null);
  const choice = judge.choiceOf(place.named.ecosystem, place.named.name, place.named.version, licence.text);
  const first = licence.unread[0];
  return {
    ...rest,
    purl,
    gate: isLetPass ? 'warn' : gateOf(judge.index.policy, tier, verdict, ruling === null && judged.between === null ? judged.rule : null),
    claims: place.claims,
    isDisputed: licence.isDisputed,
    choices: choicesIn(licence),
    choice: choice === null ? null : { rely: choice.rely, council: choice.council },
    suggestion: first === undefined ? null : (suggestExpression(first.text)?.expression ?? null),
    obligations: duties.flatMap(({ id, state }) => {
      const duty = judge.index.obligation(id);
      return duty === null ? [] : [{ id, title: duty.title, asks: duty.asks, state }];
    }),
    exception: exception === null ? null : { id: exception.id, until: new Date(exception.until).toISOString() },
    refusal:
      refusal === null
        ? null
        : { case: refusal.id, name: refusal.council, until: refusal.until === null ? null : new Date(refusal.until).toISOString() },
    alternatives: !isPermitted(verdict) ? alternativesTo(given, question, place, isDevelopment) : [],
    notes,
  };
}

function choicesIn({ expression }: EffectiveLicence): readonly (readonly string[])[] {
  const choices = expression === null || expression.kind === 'licence' ? [] : (choicesOf(expression) ?? []);
  return choices.length < 2 ? [] : choices.map((terms) => terms.map(printTerm));
}

/** Where an asked version stands in the estate, and what counts as its licence. */
type Place = {
  readonly licence: EffectiveLicence;
  readonly claims: readonly LicenceClaim[];
  readonly named: { readonly ecosystem: string; readonly name: string; readonly version: string };
  /** -1 where the estate does not know it. */
  readonly packageSlot: number;
};

function placeOf(given: VerdictsGiven, purl: string, brought: readonly LicenceClaim[]): Place {
  const { estate, judge } = given;
  const parts = packageOfPurl(purl);
  const [ecosystem, name, version] = [parts?.ecosystem ?? '', parts?.name ?? purl, parts?.version ?? ''];
  const named = { ecosystem, name, version };
  const packageSlot = estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, name))) ?? -1;
  const slot = packageSlot === -1 ? -1 : (versionsOf(estate, packageSlot).find((each) => estate.versions[each]?.version === version) ?? -1);
  // What is only known through what the asker may not see is not known to them.
  const known = slot !== -1 && isSeen(given, slot) ? licenceClaims(estate, slot) : [];
  if (known.length > 0) return { licence: judge.licenceOf(slot), claims: withCounsel(given, named, known), named, packageSlot };
  const said = registryLicences(estate, packageSlotKey(ecosystem, packageKey(ecosystem, name)), version) ?? [];
  const claims: readonly LicenceClaim[] = [
    ...(said.length === 0 ? brought : brought.filter((each) => each.source !== 'registry')),
    ...(said.length === 0 ? [] : [{ source: 'registry', said } as const]),
  ];
  return { licence: judge.licenceFrom(claims, ecosystem, name, version), claims: withCounsel(given, named, claims), named, packageSlot };
}

function isSeen({ estate, visibility }: VerdictsGiven, version: number): boolean {
  return visibility.kind === 'all' || whoUses(estate, visibility, [version]).evidence.length > 0;
}

function withCounsel(
  { judge }: VerdictsGiven,
  { ecosystem, name, version }: Place['named'],
  claims: readonly LicenceClaim[],
): readonly LicenceClaim[] {
  const concluded = judge.conclusionOf(ecosystem, name, version);
  return concluded === null ? claims : [...claims, { source: 'counsel', said: [concluded.licence] }];
}

const alternativesShown = 5;

function alternativesTo(given: VerdictsGiven, question: VerdictQuestion, place: Place, isDevelopment: boolean): readonly Alternative[] {
  const found = [...otherVersions(given, question, place, isDevelopment), ...namedInstead(given, question, place, isDevelopment)];
  return found.filter((each) => isPermitted(each.verdict)).slice(0, alternativesShown);
}

/** Versions of the same package that others here use, newest first. */
function otherVersions(
  given: VerdictsGiven,
  question: VerdictQuestion,
  { packageSlot, named }: Place,
  isDevelopment: boolean,
): readonly Alternative[] {
  if (packageSlot === -1) return [];
  const scheme = schemeOf(named.ecosystem);
  return usedVersions(given, question, packageSlot, isDevelopment, 'version')
    .filter((each) => each.version !== named.version)
    .sort((a, b) => scheme?.compare(b.version ?? '', a.version ?? '') ?? 0);
}

/** What the policy names instead, where somebody here uses it. */
function namedInstead(given: VerdictsGiven, question: VerdictQuestion, { named }: Place, isDevelopment: boolean): readonly Alternative[] {
  const own = purlOfPackage(named.ecosystem, named.name);
  const instead = given.judge.index.policy.alternatives.filter((each) => each.instead === own).flatMap((each) => each.use);
  return instead.flatMap((purl) => {
    const parts = packageOfPurl(purl);
    const ecosystem = parts?.ecosystem ?? '';
    const slot = parts === null ? undefined : given.estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name)));
    if (slot === undefined) return [];
    return usedVersions(given, question, slot, isDevelopment, 'named')
      .sort((a, b) => b.components - a.components)
      .slice(0, 1);
  });
}

function usedVersions(
  { estate, visibility, judge }: VerdictsGiven,
  { component, artifacts }: VerdictQuestion,
  packageSlot: number,
  isDevelopment: boolean,
  why: Alternative['why'],
): Alternative[] {
  const holder = estate.packages[packageSlot];
  if (holder === undefined) return [];
  return versionsOf(estate, packageSlot).flatMap((version): readonly Alternative[] => {
    const text = estate.versions[version]?.version ?? '';
    const uses = text === '' ? null : whoUses(estate, visibility, [version]);
    if (uses === null || uses.components === 0) return [];
    const licence = judge.licenceOf(version);
    const judged =
      artifacts === null
        ? judge.verdictIn(licence, component === null ? 0 : judge.contextOf(component), isDevelopment)
        : judge.verdictFor(licence, { artifacts, isDevelopment });
    const { ecosystem, name } = holder;
    const deliveries = artifacts?.flatMap((each) => each.deliveries);
    // What permits one version permits no other by it; what the council refused is no way out.
    const use = { component, artifact: judged.artifact, deliveries, ecosystem, name, version: text, licence: licence.text, isDevelopment };
    const ruling = judge.isRefusable(packageSlot) ? judge.rulingFor(use) : null;
    const verdict = ruling === null || ruling.kind === 'permits' ? judged.verdict : ruledVerdict(ruling, judged.verdict);
    return [{ purl: purlOfPackage(ecosystem, name), version: text, why, verdict, components: uses.components }];
  });
}
