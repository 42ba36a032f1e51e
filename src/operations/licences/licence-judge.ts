import { effectiveLicence, withChoice, type EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import { indexPolicy, type PolicyIndex } from '#analysis/licences/policy-index.ts';
import { categoryOf, licenceRow, numberedUse, rankUse, type NumberedUse } from '#analysis/licences/rank-use.ts';
import { judgeUse, rank, type LicenceUse, type LicenceVerdict } from '#analysis/licences/verdict.ts';
import type { ConditionFacts } from '#analysis/rule.ts';
import type { Desk } from '#desk/desk.ts';
import { ipPolicyInForce, ipPolicyName } from '#desk/ip-policy/ip-policies.ts';
import { artifactsOf } from '#desk/licences/artifacts.ts';
import { choiceFor, type StandingChoice } from '#desk/licences/choices.ts';
import { conclusionFor, type LicenceConclusion } from '#desk/licences/conclusions.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import { rulingFor, type Ruling } from '#desk/licences/refusals.ts';
import type { Estate } from '#estate/estate.ts';
import { licenceClaims, licenceSet } from '#estate/questions/licence-claims.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { readRange } from '#language/in-range.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { packageSlotKey } from '#estate/estate.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import type { Artifact, LicenceClaim, Delivery } from '#model/licence.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { unmetConditions } from '../council/unmet-conditions.ts';

/** What judges licences of an estate under one IP policy. Its answers are kept, so that the same licence in the same context is judged once. */
export type LicenceJudge = {
  /** `ip-policy@2`, as it is named wherever a verdict is shown; of one that is only looked at `ip-policy (proposed)`. */
  readonly policyName: string;
  readonly index: PolicyIndex;
  /** What counts as the licence of a version slot. */
  licenceOf(version: number): EffectiveLicence;
  /** The same of what the estate may not know: by all that is said of it. */
  licenceFrom(claims: readonly LicenceClaim[], ecosystem: string, name: string, version: string): EffectiveLicence;
  /** The conclusion of counsel that counts for a version; null when there is none. */
  conclusionOf(ecosystem: string, name: string, version: string): LicenceConclusion | null;
  /** What counsel chose of the licence of a version, by its whole text; null when nothing. */
  choiceOf(ecosystem: string, name: string, version: string, licence: string | null): StandingChoice | null;
  /** Number of what a component delivers: the same for all that deliver alike; 0 where nobody said. */
  contextOf(component: number): number;
  artifactsIn(context: number): readonly Artifact[];
  /** Exceptions are not looked at. */
  verdictIn(licence: EffectiveLicence, context: number, isDevelopment: boolean): LicenceVerdict;
  /** The rank of the same verdict, without its reasons: for walks over everything. */
  rankIn(licence: EffectiveLicence, context: number, isDevelopment: boolean): number;
  /** The category of a licence, whatever the use; null for one that is unknown or not named by the policy. */
  categoryOf(licence: EffectiveLicence): string | null;
  /** The same for a context that no component has. */
  verdictFor(licence: EffectiveLicence, use: LicenceUse): LicenceVerdict;
  /** Conditions on which the council permits something in a component, not shown to be met, by slot. */
  conditionsOf(component: number): readonly ConditionFacts[];
  /** What was decided of a use beside the policy, or would be if another exception stood, too; null when nothing was. */
  rulingFor(use: JudgedUse, beside?: LicenceException): Ruling | null;
  readonly hasExceptions: boolean;
  readonly hasRefusals: boolean;
  /** Whether the council refused a use of a package, by slot: such uses are denied, whatever the policy says. */
  isRefusable(packageSlot: number): boolean;
};

/** A use as exceptions see it. */
export type JudgedUse = {
  /** Slot; null where it is asked of none. */
  readonly component: number | null;
  readonly artifact: string | null;
  /** Every way in which it is delivered; absent: as the component, or its artifact, is. */
  readonly deliveries?: readonly Delivery[] | undefined;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
  /** Only used to build or test, which the policy may take for a use inside whatever is delivered. */
  readonly isDevelopment: boolean;
};

const mostBrought = 5000;

const kept = new WeakMap<Estate, { readonly key: string; readonly judge: LicenceJudge }>();

/** The judge under the policy in force, kept until estate, desk or a conclusion's time change. */
export function licenceJudge(estate: Estate, desk: Desk, now: number): LicenceJudge {
  const inForce = ipPolicyInForce(desk.ipPolicies);
  const key = [estate.seq, estate.licences.taken, desk.seq, inForce.hash, standingUntil(desk, now)].join(' ');
  const known = kept.get(estate);
  if (known?.key === key) return known.judge;
  const judge = licenceJudgeUnder(estate, desk, now, { policy: inForce.policy, policyName: ipPolicyName(inForce) });
  kept.set(estate, { key, judge });
  return judge;
}

/** The judge under any policy: to look at one before it is proposed. */
export function licenceJudgeUnder(
  estate: Estate,
  desk: Desk,
  now: number,
  { policy, policyName }: { readonly policy: IpPolicy; readonly policyName: string },
): LicenceJudge {
  const index = indexed(policy);
  const contexts = contextsOf(estate, desk);
  const concluded = concludedVersions(estate, desk, now);
  const licences: (EffectiveLicence | undefined)[] = [];
  const brought = new Map<string, EffectiveLicence>();
  const verdicts = new WeakMap<EffectiveLicence, (LicenceVerdict | undefined)[]>();
  const [ranksOf, rows, terms] = [new Map<EffectiveLicence, number[]>(), new Map<EffectiveLicence, Uint8Array>(), new Map<string, Uint8Array>()];
  const numbered: (NumberedUse | undefined)[] = [];
  const rankOf = (licence: EffectiveLicence, context: number, isDevelopment: boolean, at: number): number => {
    const artifacts = contexts.lists[context] ?? [];
    let use = numbered[at];
    if (use === undefined) numbered[at] = use = numberedUse(index, { artifacts, isDevelopment });
    if (use === null) return rank(judgeUse(index, licence, { artifacts, isDevelopment }).verdict);
    let row = rows.get(licence);
    if (row === undefined) rows.set(licence, (row = licenceRow(index, licence, terms)));
    return rankUse(row, use);
  };
  const rulings = standingRulings(desk, now);
  const conditions = unmetConditions(estate, desk);
  const refusable = new Set([...rulings.licenceRefusals.values()].map(({ predicate }) => packageSlotOf(estate, predicate.package ?? '')));
  const conclusionOf = (ecosystem: string, name: string, version: string): LicenceConclusion | null =>
    desk.conclusions.size === 0 ? null : conclusionFor(desk.conclusions, purlOfPackage(ecosystem, name), now, rangeTest(ecosystem, version));
  const choiceOf = (ecosystem: string, name: string, version: string, licence: string | null): StandingChoice | null =>
    desk.licenceChoices.size === 0 ? null : choiceFor(desk.licenceChoices, purlOfPackage(ecosystem, name), licence, rangeTest(ecosystem, version));
  const wholeOf = (version: number): EffectiveLicence => {
    const known = concluded.get(version);
    if (known !== undefined) return known;
    const ecosystem = estate.packages[estate.packageOf[version] ?? 0]?.ecosystem ?? '';
    const at = licenceSet(estate, version) * 2 + (ecosystem === 'Packagist' ? 1 : 0);
    return (licences[at] ??= effectiveLicence(licenceClaims(estate, version), ecosystem));
  };
  const choices = choicesOnce();
  const chosen = chosenVersions(estate, desk, wholeOf, choices);
  return {
    policyName,
    index,
    licenceOf: (version) => chosen.get(version) ?? wholeOf(version),
    licenceFrom(claims, ecosystem, name, version) {
      const all = withConclusion(claims, conclusionOf(ecosystem, name, version));
      const key = `${ecosystem === 'Packagist' ? 'or' : 'and'} ${JSON.stringify(all)}`;
      let licence = brought.get(key);
      if (licence === undefined) {
        licence = effectiveLicence(all, ecosystem);
        // What files claim is without end; what was kept first goes first.
        const [oldest] = brought.size < mostBrought ? [] : brought.keys();
        if (oldest !== undefined) brought.delete(oldest);
        brought.set(key, licence);
      }
      const choice = choiceOf(ecosystem, name, version, licence.text);
      return choice === null ? licence : choices(licence, choice.rely);
    },
    conclusionOf,
    choiceOf,
    contextOf: (component) => contexts.of[component] ?? 0,
    artifactsIn: (context) => contexts.lists[context] ?? [],
    verdictIn(licence, context, isDevelopment) {
      let row = verdicts.get(licence);
      if (row === undefined) verdicts.set(licence, (row = []));
      return (row[context * 2 + (isDevelopment ? 1 : 0)] ??= judgeUse(index, licence, { artifacts: contexts.lists[context] ?? [], isDevelopment }));
    },
    rankIn(licence, context, isDevelopment) {
      const at = context * 2 + (isDevelopment ? 1 : 0);
      let ranks = ranksOf.get(licence);
      if (ranks === undefined) ranksOf.set(licence, (ranks = []));
      return (ranks[at] ??= rankOf(licence, context, isDevelopment, at));
    },
    categoryOf: (licence) => categoryOf(index, licence),
    verdictFor: (licence, use) => judgeUse(index, licence, use),
    conditionsOf: (component) => conditions.get(component) ?? [],
    hasExceptions: rulings.licenceExceptions.size > 0,
    hasRefusals: rulings.licenceRefusals.size > 0,
    isRefusable: (packageSlot) => refusable.has(packageSlot),
    rulingFor({ component, artifact, deliveries, ecosystem, name, version, licence, isDevelopment }, beside) {
      if (beside === undefined && rulings.licenceExceptions.size === 0 && rulings.licenceRefusals.size === 0) return null;
      const isInside = isDevelopment && policy.development === 'internal';
      const said = deliveries ?? deliveriesOf(component === null ? [] : (contexts.lists[contexts.of[component] ?? 0] ?? []), artifact);
      const holder = component === null ? undefined : estate.components[component];
      const use = {
        components: [...refsOf(estate, desk, component), ...otherRef(estate, component, beside)],
        team: holder?.team ?? null,
        artifact,
        deliveries: isInside ? (['internal'] as const) : said,
        package: purlOfPackage(ecosystem, name),
        licence,
      };
      const licenceExceptions = beside === undefined ? rulings.licenceExceptions : new Map([...rulings.licenceExceptions, [beside.id, beside]]);
      return rulingFor({ ...rulings, licenceExceptions }, use, now, rangeTest(ecosystem, version));
    },
  };
}

/** Every way in which artifacts are delivered, or the one that is named; none while one of them is not known. */
function deliveriesOf(artifacts: readonly Artifact[], named: string | null): readonly Delivery[] {
  const meant = named === null ? artifacts : artifacts.filter((each) => each.name === named);
  return meant.some((each) => each.deliveries.length === 0) ? [] : meant.flatMap((each) => each.deliveries);
}

const indexes = new WeakMap<IpPolicy, PolicyIndex>();

function indexed(policy: IpPolicy): PolicyIndex {
  let index = indexes.get(policy);
  if (index === undefined) indexes.set(policy, (index = indexPolicy(policy)));
  return index;
}

/** How many conclusions, exceptions and refusals stand: what is made under them holds until one of them ends. */
function standingUntil(desk: Desk, now: number): number {
  let standing = 0;
  for (const list of desk.conclusions.values()) for (const each of list) if (each.until === null || each.until > now) standing += 1;
  const { licenceExceptions, licenceRefusals } = standingRulings(desk, now);
  standing += licenceExceptions.size + licenceRefusals.size;
  return standing;
}

function standingRulings({ licenceExceptions, licenceRefusals }: Desk, now: number): Pick<Desk, 'licenceExceptions' | 'licenceRefusals'> {
  return {
    licenceExceptions: new Map([...licenceExceptions].filter(([, each]) => each.until > now)),
    licenceRefusals: new Map([...licenceRefusals].filter(([, each]) => each.until === null || each.until > now)),
  };
}

/** -1 where the estate does not know the package. */
function packageSlotOf(estate: Estate, purl: string): number {
  const parts = packageOfPurl(purl);
  const ecosystem = parts?.ecosystem ?? '';
  return parts === null ? -1 : (estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name))) ?? -1);
}

type Contexts = { readonly of: Uint32Array; readonly lists: readonly (readonly Artifact[])[] };

function contextsOf(estate: Estate, desk: Desk): Contexts {
  const of = new Uint32Array(estate.components.length);
  const lists: (readonly Artifact[])[] = [[]];
  const known = new Map<string, number>();
  for (const ref of desk.artifacts.keys()) {
    const component = estate.componentByRef.get(ref);
    if (component === undefined) continue;
    // One component may have been spoken of by several of its refs.
    const before = lists[of[component] ?? 0] ?? [];
    const artifacts = [...before, ...artifactsOf(desk.artifacts, ref)];
    const key = JSON.stringify(artifacts.map(({ name, deliveries, linking, modified, outbound }) => [name, deliveries, linking, modified, outbound]));
    let context = known.get(key);
    if (context === undefined) known.set(key, (context = lists.push(artifacts) - 1));
    of[component] = context;
  }
  return { of, lists };
}

function concludedVersions(estate: Estate, desk: Desk, now: number): ReadonlyMap<number, EffectiveLicence> {
  const concluded = new Map<number, EffectiveLicence>();
  for (const purl of desk.conclusions.keys()) {
    const ecosystem = packageOfPurl(purl)?.ecosystem ?? '';
    const slot = packageSlotOf(estate, purl);
    if (slot === -1) continue;
    for (const version of versionsOf(estate, slot)) {
      const text = estate.versions[version]?.version ?? '';
      const found = conclusionFor(desk.conclusions, purl, now, rangeTest(ecosystem, text));
      if (found !== null) concluded.set(version, effectiveLicence(withConclusion(licenceClaims(estate, version), found), ecosystem));
    }
  }
  return concluded;
}

/** Licences with a choice made in them: those of one licence with one choice are the same, so that they are judged once. */
function choicesOnce(): (whole: EffectiveLicence, rely: string) => EffectiveLicence {
  const known = new WeakMap<EffectiveLicence, Map<string, EffectiveLicence>>();
  return (whole, rely) => {
    let left = known.get(whole);
    if (left === undefined) known.set(whole, (left = new Map<string, EffectiveLicence>()));
    const chosen = left.get(rely) ?? withChoice(whole, rely);
    left.set(rely, chosen);
    return chosen;
  };
}

/** Versions of whose licence counsel chose a branch. */
function chosenVersions(
  estate: Estate,
  desk: Desk,
  wholeOf: (version: number) => EffectiveLicence,
  choices: (whole: EffectiveLicence, rely: string) => EffectiveLicence,
): ReadonlyMap<number, EffectiveLicence> {
  const chosen = new Map<number, EffectiveLicence>();
  for (const purl of desk.licenceChoices.keys()) {
    const ecosystem = packageOfPurl(purl)?.ecosystem ?? '';
    const slot = packageSlotOf(estate, purl);
    for (const version of slot === -1 ? [] : versionsOf(estate, slot)) {
      const whole = wholeOf(version);
      const found = choiceFor(desk.licenceChoices, purl, whole.text, rangeTest(ecosystem, estate.versions[version]?.version ?? ''));
      if (found !== null) chosen.set(version, choices(whole, found.rely));
    }
  }
  return chosen;
}

function withConclusion(claims: readonly LicenceClaim[], conclusion: LicenceConclusion | null): readonly LicenceClaim[] {
  return conclusion === null ? claims : [...claims, { source: 'counsel', said: [conclusion.licence] }];
}

function refsOf(estate: Estate, desk: Desk, component: number | null): readonly string[] {
  const ref = component === null ? undefined : estate.components[component]?.ref;
  if (ref === undefined) return [];
  const others = [...desk.licenceExceptions.values(), ...desk.licenceRefusals.values()].flatMap(({ predicate }) => predicate.component ?? []);
  return [ref, ...others.filter((each) => estate.componentByRef.get(each) === component)];
}

/** The ref by which an exception names the component, where it does. */
function otherRef(estate: Estate, component: number | null, beside: LicenceException | undefined): readonly string[] {
  const ref = beside?.predicate.component;
  return ref !== undefined && component !== null && estate.componentByRef.get(ref) === component ? [ref] : [];
}

/** Whether a version lies in a range; one that cannot be read holds nothing. */
function rangeTest(ecosystem: string, version: string): (range: string) => boolean {
  return (range) => {
    const scheme = schemeOf(ecosystem);
    const read = scheme === null || version === '' ? null : readRange(scheme, range);
    return read?.ok === true && read.range.contains(version);
  };
}
