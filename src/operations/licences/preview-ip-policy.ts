import type { Desk } from '#desk/desk.ts';
import { ipPolicyInForce } from '#desk/ip-policy/ip-policies.ts';
import { ipPolicyProblems, type IpPolicyProblem } from '#desk/ip-policy/ip-policy-problems.ts';
import { policyDifferences, type PolicyDifference } from '#desk/policy/policy-differences.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import type { Estate } from '#estate/estate.ts';
import { whoUses } from '#estate/questions/who-uses.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { estateVerdicts, type VerdictCounts } from './estate-verdicts.ts';
import { licenceJudge, licenceJudgeUnder } from './licence-judge.ts';

/** One package version under a policy that is looked at; `purl` without version. */
export type MovedVersion = { readonly purl: string; readonly version: string; readonly licence: string | null; readonly components: number };

/** Which package versions to list: by their worst verdict then, and perhaps now. */
export type PreviewRows = { readonly from?: PolicyVerdict | undefined; readonly to: PolicyVerdict; readonly limit: number };

/** Package versions whose worst verdict would be another one, with a few of them. */
export type VerdictMove = {
  readonly from: PolicyVerdict;
  readonly to: PolicyVerdict;
  readonly versions: number;
  readonly samples: readonly MovedVersion[];
};

/** What an IP policy would change, beside the one in force. */
export type IpPolicyPreview = {
  readonly hash: string;
  readonly problems: readonly IpPolicyProblem[];
  readonly differences: readonly PolicyDifference[];
  /** Package versions by their worst verdict. */
  readonly before: VerdictCounts;
  readonly after: VerdictCounts;
  /** What gets worse first. */
  readonly moves: readonly VerdictMove[];
  /** What was asked for, those with most users first; null when nothing was. */
  readonly rows: { readonly total: number; readonly items: readonly MovedVersion[] } | null;
};

const samplesShown = 5;
// Of more than so many the first are listed, since users of each would have to be counted.
const mostCounted = 5000;

/** Judges all that is in use and may be seen under a policy and under the one in force. */
export function previewIpPolicy(
  { estate, desk, visibility, now }: { readonly estate: Estate; readonly desk: Desk; readonly visibility: Visibility; readonly now: number },
  policy: IpPolicy,
  wanted: PreviewRows | null = null,
): IpPolicyPreview {
  const before = estateVerdicts(estate, visibility, licenceJudge(estate, desk, now));
  const judge = licenceJudgeUnder(estate, desk, now, { policy, policyName: 'ip-policy (proposed)' });
  const after = estateVerdicts(estate, visibility, judge);
  const moved = new Map<number, { versions: number; readonly samples: number[] }>();
  const steps = policyVerdicts.length + 1;
  for (let version = 0; version < before.worst.length; version += 1) {
    const [from, to] = [before.worst[version] ?? 0, after.worst[version] ?? 0];
    if (from === to || from === 0 || to === 0) continue;
    let move = moved.get(from * steps + to);
    if (move === undefined) moved.set(from * steps + to, (move = { versions: 0, samples: [] }));
    move.versions += 1;
    if (move.samples.length < samplesShown) move.samples.push(version);
  }
  const versionShown = (version: number): MovedVersion => {
    const holder = estate.packages[estate.packageOf[version] ?? 0];
    return {
      purl: purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? ''),
      version: estate.versions[version]?.version ?? '',
      licence: judge.licenceOf(version).text,
      components: whoUses(estate, visibility, [version]).components,
    };
  };
  const moves = [...moved].sort(([a], [b]) => (b % steps) - Math.floor(b / steps) - ((a % steps) - Math.floor(a / steps)));
  return {
    hash: policyHash(policy),
    problems: ipPolicyProblems(policy),
    differences: policyDifferences(ipPolicyInForce(desk.ipPolicies).policy, policy),
    before: before.versions,
    after: after.versions,
    moves: moves.map(([key, { versions, samples }]) => ({
      from: verdictAt(Math.floor(key / steps)),
      to: verdictAt(key % steps),
      versions,
      samples: samples.map(versionShown),
    })),
    rows: wanted === null ? null : rowsOf(wanted, before.worst, after.worst, versionShown),
  };
}

function rowsOf(
  { from, to, limit }: PreviewRows,
  before: Uint8Array,
  after: Uint8Array,
  shown: (version: number) => MovedVersion,
): IpPolicyPreview['rows'] {
  const [stepFrom, stepTo] = [from === undefined ? null : policyVerdicts.indexOf(from) + 1, policyVerdicts.indexOf(to) + 1];
  const meant: number[] = [];
  for (let version = 0; version < after.length; version += 1)
    if (after[version] === stepTo && (stepFrom === null || before[version] === stepFrom)) meant.push(version);
  const items = (meant.length > mostCounted ? meant.slice(0, limit) : meant).map(shown);
  items.sort((a, b) => b.components - a.components || (a.purl < b.purl ? -1 : 1));
  return { total: meant.length, items: items.slice(0, limit) };
}

function verdictAt(step: number): PolicyVerdict {
  return policyVerdicts[step - 1] ?? 'unknown';
}
