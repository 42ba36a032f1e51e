import { isShipped } from '#analysis/priority/priority.ts';
import { rank } from '#analysis/licences/verdict.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { scopeOf } from '#language/packed/flags.ts';
import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import type { LicenceJudge } from './licence-judge.ts';
import { ruledVerdict } from './ruled-verdict.ts';

/** How often each verdict is given. */
export type VerdictCounts = Readonly<Record<PolicyVerdict, number>>;

/** One licence as the estate has it, or null for what is unknown. */
export type LicenceRow = {
  readonly licence: string | null;
  readonly category: string | null;
  /** Package versions in use under it, and how often they are used. */
  readonly versions: number;
  readonly uses: number;
  /** Of the uses. */
  readonly verdicts: VerdictCounts;
};

/** What the policy says of everything in use that may be seen. */
export type EstateVerdicts = {
  /** Rank of the worst verdict of each version slot, plus one; 0 where nobody who may be seen uses it. */
  readonly worst: Uint8Array;
  /** Package versions by their worst verdict, and uses by theirs. */
  readonly versions: VerdictCounts;
  readonly uses: VerdictCounts;
  readonly licences: readonly LicenceRow[];
};

type Tally = { versions: number; uses: number; readonly byRank: number[]; category: string | null };

/** Judges every package version in use: each licence in each context once, and a walk over the uses. */
export function estateVerdicts(estate: Estate, visibility: Visibility, judge: LicenceJudge): EstateVerdicts {
  const seen = visibleContexts(estate, visibility, judge);
  const worst = new Uint8Array(estate.versions.length);
  const versions = noCounts();
  const uses = noCounts();
  const tallies = new Map<string | null, Tally>();
  const { postings, componentOf } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  for (let version = 0; version < estate.versions.length; version += 1) {
    const from = postings.startOf(version);
    const until = from + postings.lengthOf(version);
    if (until === from) continue;
    const licence = judge.licenceOf(version);
    const isRefusable = judge.isRefusable(estate.packageOf[version] ?? -1);
    let tally: Tally | null = null;
    let most = -1;
    // Ranks by context and use, once for a version however many use it.
    const ranks: (number | undefined)[] = [];
    for (let at = from; at < until; at += 1) {
      const component = componentOf[evidence[at] ?? 0] ?? 0;
      const context = seen[component] ?? -1;
      if (context === -1) continue;
      const isDevelopment = developmentOf[flags[at] ?? 0] === 1;
      let level = (ranks[context * 2 + (isDevelopment ? 1 : 0)] ??= judge.rankIn(licence, context, isDevelopment));
      if (isRefusable || (judge.hasExceptions && level > 1))
        level = ruledRank(estate, judge, { version, component, isDevelopment }, licence.text, level);
      tally ??= tallyOf(tallies, licence.text, () => judge.categoryOf(licence));
      tally.uses += 1;
      tally.byRank[level] = (tally.byRank[level] ?? 0) + 1;
      uses[level] = (uses[level] ?? 0) + 1;
      if (level > most) most = level;
    }
    if (tally === null) continue;
    tally.versions += 1;
    versions[most] = (versions[most] ?? 0) + 1;
    worst[version] = most + 1;
  }
  return { worst, versions: countsOf(versions), uses: countsOf(uses), licences: [...tallies].map(([licence, tally]) => rowOf(licence, tally)) };
}

const developmentOf = Uint8Array.from({ length: 256 }, (_, flags) => (isDevelopmentOnly(flags) ? 1 : 0));

/** Whether a use never leaves the developers' machines and the build. */
export function isDevelopmentOnly(flags: number): boolean {
  return !isShipped(scopeOf(flags));
}

function visibleContexts(estate: Estate, visibility: Visibility, judge: LicenceJudge): Int32Array {
  return Int32Array.from(estate.components, (component, slot) =>
    isVisible(component, visibility) && component.retired_at === null ? judge.contextOf(slot) : -1,
  );
}

/** One use of a version slot. */
export type RuledUse = { readonly version: number; readonly component: number; readonly isDevelopment: boolean };

/** The rank of a use by what was decided of it beside the policy, or would be if another exception stood, too; that of the policy, `level`, where nothing was. */
export function ruledRank(
  estate: Estate,
  judge: LicenceJudge,
  { version, component, isDevelopment }: RuledUse,
  licence: string | null,
  level: number,
  beside?: LicenceException,
): number {
  const holder = estate.packages[estate.packageOf[version] ?? 0];
  if (holder === undefined) return level;
  const { ecosystem, name } = holder;
  const text = estate.versions[version]?.version ?? '';
  const ruling = judge.rulingFor({ component, artifact: null, ecosystem, name, version: text, licence, isDevelopment }, beside);
  return ruling === null ? level : rank(ruledVerdict(ruling, policyVerdicts[level] ?? 'unknown'));
}

function tallyOf(tallies: Map<string | null, Tally>, licence: string | null, category: () => string | null): Tally {
  let tally = tallies.get(licence);
  if (tally === undefined) tallies.set(licence, (tally = { versions: 0, uses: 0, byRank: noCounts(), category: category() }));
  return tally;
}

function rowOf(licence: string | null, { versions, uses, byRank, category }: Tally): LicenceRow {
  return { licence, category, versions, uses, verdicts: countsOf(byRank) };
}

function noCounts(): number[] {
  return policyVerdicts.map(() => 0);
}

function countsOf(byRank: readonly number[]): VerdictCounts {
  const [allowed = 0, conditions = 0, review = 0, unknown = 0, denied = 0] = byRank;
  return { allowed, conditions, review, unknown, denied };
}
