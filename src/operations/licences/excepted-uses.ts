import { rank } from '#analysis/licences/verdict.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import type { Estate } from '#estate/estate.ts';
import { policyVerdicts } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import type { VerdictCounts } from './estate-verdicts.ts';
import type { LicenceJudge } from './licence-judge.ts';
import { usesSeen, versionsMeant } from './meant-uses.ts';

/** What an exception changes now, of what may be seen. */
export type ExceptedUses = {
  /** Slots of the package versions, each once. */
  readonly versions: readonly number[];
  readonly components: number;
  /** Uses by the verdict that the policy gives them without it. */
  readonly verdicts: VerdictCounts;
};

/** The uses for which an exception is the one that counts, and which the policy would not permit. */
export function exceptedUses(estate: Estate, visibility: Visibility, judge: LicenceJudge, exception: LicenceException): ExceptedUses {
  const { predicate } = exception;
  const [versions, components] = [new Set<number>(), new Set<number>()];
  const counts = policyVerdicts.map(() => 0);
  for (const version of versionsMeant(estate, judge, predicate)) {
    const licence = judge.licenceOf(version);
    const holder = estate.packages[estate.packageOf[version] ?? 0];
    for (const { component: slot, isDevelopment } of usesSeen(estate, visibility, version, predicate.component)) {
      if (predicate.team !== undefined && estate.components[slot]?.team !== predicate.team) continue;
      const context = judge.contextOf(slot);
      const without = judge.rankIn(licence, context, isDevelopment);
      if (without <= rank('conditions') || holder === undefined) continue;
      const { artifact } = judge.verdictIn(licence, context, isDevelopment);
      const named = { ecosystem: holder.ecosystem, name: holder.name, version: estate.versions[version]?.version ?? '' };
      const ruling = judge.rulingFor({ component: slot, artifact, ...named, licence: licence.text, isDevelopment });
      const counted = ruling?.kind === 'permits' ? ruling.exception : ruling?.kind === 'denies' ? ruling.pass : null;
      if (counted?.id !== exception.id) continue;
      versions.add(version);
      components.add(slot);
      counts[without] = (counts[without] ?? 0) + 1;
    }
  }
  const [allowed = 0, conditions = 0, review = 0, unknown = 0, denied = 0] = counts;
  return { versions: [...versions], components: components.size, verdicts: { allowed, conditions, review, unknown, denied } };
}
