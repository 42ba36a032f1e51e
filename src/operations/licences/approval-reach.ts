import { effectiveLicence, type EffectiveLicence } from '#analysis/licences/effective-licence.ts';
import { rank } from '#analysis/licences/verdict.ts';
import type { ImportedApproval } from '#desk/licences/approvals.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import type { Estate } from '#estate/estate.ts';
import { licenceClaims } from '#estate/questions/licence-claims.ts';
import { readRange } from '#language/in-range.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import { ruledRank, type RuledUse } from './estate-verdicts.ts';
import type { LicenceJudge } from './licence-judge.ts';
import { usesSeen, versionsMeant } from './meant-uses.ts';

/** One package version in use that an approval means, with its worst verdict now and with it; `then` is null where the file's licence is no expression. */
export type ReachedVersion = {
  readonly purl: string;
  readonly licence: string | null;
  readonly uses: number;
  readonly now: PolicyVerdict;
  readonly then: PolicyVerdict | null;
};

/** What an approval means in the estate as far as it may be seen: at most twenty of its versions, and the worst verdicts of them all. */
export type ApprovalReach = {
  readonly versions: number;
  readonly uses: number;
  readonly listed: readonly ReachedVersion[];
  readonly now: PolicyVerdict | null;
  readonly then: PolicyVerdict | null;
};

type Meant = Pick<ImportedApproval, 'says' | 'predicate' | 'licence'>;

const mostListed = 20;

/** The verdicts of everything in use that an approval means, as they are and as they would be if somebody stood behind it. */
export function approvalReach(estate: Estate, visibility: Visibility, judge: LicenceJudge, approval: Meant): ApprovalReach {
  const wanted = wouldBe(approval);
  const listed: ReachedVersion[] = [];
  const [ranks, thens]: [number[], (number | null)[]] = [[], []];
  let uses = 0;
  for (const version of meantVersions(estate, visibility, judge, approval)) {
    const found = reachedVersion(estate, visibility, judge, version, approval, wanted);
    if (found.uses === 0) continue;
    uses += found.uses;
    ranks.push(rank(found.now));
    thens.push(found.then === null ? null : rank(found.then));
    if (listed.length < mostListed) listed.push(found);
  }
  const most = (all: readonly number[]): PolicyVerdict | null => (all.length === 0 ? null : verdictAt(all.reduce((a, b) => Math.max(a, b), 0)));
  const isOpen = thens.some((each) => each === null);
  return { versions: ranks.length, uses, listed, now: most(ranks), then: isOpen ? null : most(thens.map((each) => each ?? 0)) };
}

/** The version slots in use, as far as they may be seen, that an approval means. */
export function meantVersions(estate: Estate, visibility: Visibility, judge: LicenceJudge, { says, predicate, licence }: Meant): readonly number[] {
  const normal = says === 'concluded' || licence === null ? undefined : normalLicence(licence);
  const { package: about, range, component } = predicate;
  // What is said of a licence by another name than SPDX's is not known to mean anything here.
  if (about === undefined && normal == null) return [];
  const ecosystem = about === undefined ? '' : (packageOfPurl(about)?.ecosystem ?? '');
  return [...versionsMeant(estate, judge, { package: about, licence: normal ?? undefined })].filter(
    (version) =>
      isInRange(ecosystem, estate.versions[version]?.version ?? '', range) &&
      (normal == null || judge.licenceOf(version).text === normal) &&
      usesSeen(estate, visibility, version, component).next().done !== true,
  );
}

/** A licence as SPDX writes it, in normal form; null for what is no expression. */
export function normalLicence(text: string): string | null {
  const read = parseExpression(text);
  return read.ok ? expressionKey(read.expression) : null;
}

type Wanted = { readonly kind: 'exception'; readonly exception: LicenceException } | { readonly kind: 'conclusion'; readonly licence: string } | null;

/** What confirming it would make; null where it permits nothing or its licence is not known. */
function wouldBe({ says, predicate, licence }: Meant): Wanted | 'nothing' {
  if (says === 'denied') return 'nothing';
  const normal = licence === null ? undefined : normalLicence(licence);
  if (normal === null) return null;
  if (says === 'concluded') return normal === undefined ? null : { kind: 'conclusion', licence: normal };
  const verdict = says === 'conditions' ? 'conditions' : 'allowed';
  const made = { id: 'wanted', by: '', at: 0, council: null, seq: Number.MAX_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };
  return { kind: 'exception', exception: { ...made, verdict, predicate: { ...predicate, licence: normal } } };
}

function reachedVersion(
  estate: Estate,
  visibility: Visibility,
  judge: LicenceJudge,
  version: number,
  { predicate }: Meant,
  wanted: Wanted | 'nothing',
): ReachedVersion {
  const slot = estate.packageOf[version] ?? 0;
  const holder = estate.packages[slot];
  const [ecosystem, name, text] = [holder?.ecosystem ?? '', holder?.name ?? '', estate.versions[version]?.version ?? ''];
  const licence = judge.licenceOf(version);
  const isRefusable = judge.isRefusable(slot);
  const made = wanted === null || wanted === 'nothing' ? null : wanted;
  const exception = made?.kind === 'exception' ? made.exception : undefined;
  const concluded = made?.kind === 'conclusion' ? concludedAs(estate, version, ecosystem, made.licence) : licence;
  /** What is permitted anyway needs no exception, and is not made worse by one. */
  const rankOf = (by: EffectiveLicence, use: RuledUse, beside?: LicenceException): number => {
    const level = judge.rankIn(by, judge.contextOf(use.component), use.isDevelopment);
    const mayDiffer = isRefusable || (level > 1 && (judge.hasExceptions || beside !== undefined));
    return mayDiffer ? ruledRank(estate, judge, use, by.text, level, beside) : level;
  };
  let [uses, worst, then] = [0, 0, 0];
  for (const found of usesSeen(estate, visibility, version, predicate.component)) {
    const use = { version, ...found };
    uses += 1;
    worst = Math.max(worst, rankOf(licence, use));
    then = Math.max(then, rankOf(concluded, use, exception));
  }
  const purl = purlOf(ecosystem, name, text) ?? `${name}@${text}`;
  return { purl, licence: licence.text, uses, now: verdictAt(worst), then: wanted === null ? null : verdictAt(then) };
}

function concludedAs(estate: Estate, version: number, ecosystem: string, licence: string): EffectiveLicence {
  return effectiveLicence([...licenceClaims(estate, version), { source: 'counsel', said: [licence] }], ecosystem);
}

function isInRange(ecosystem: string, version: string, range: string | undefined): boolean {
  if (range === undefined) return true;
  const scheme = schemeOf(ecosystem);
  const read = scheme === null || version === '' ? null : readRange(scheme, range);
  return read?.ok === true && read.range.contains(version);
}

function verdictAt(level: number): PolicyVerdict {
  return policyVerdicts[level] ?? 'unknown';
}
