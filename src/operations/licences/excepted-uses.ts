import { rank } from '#analysis/licences/verdict.ts';
import type { LicenceException } from '#desk/licences/exceptions.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { policyVerdicts } from '#model/licence.ts';
import type { Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly, type VerdictCounts } from './estate-verdicts.ts';
import type { LicenceJudge } from './licence-judge.ts';

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
  const only = predicate.component === undefined ? null : (estate.componentByRef.get(predicate.component) ?? -1);
  const { postings, componentOf } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  const [versions, components] = [new Set<number>(), new Set<number>()];
  const counts = policyVerdicts.map(() => 0);
  for (const version of candidatesOf(estate, judge, exception)) {
    const licence = judge.licenceOf(version);
    const holder = estate.packages[estate.packageOf[version] ?? 0];
    const from = postings.startOf(version);
    for (let at = from; at < from + postings.lengthOf(version); at += 1) {
      const slot = componentOf[evidence[at] ?? 0] ?? 0;
      const component = estate.components[slot];
      if (component === undefined || component.retired_at !== null || (only !== null && slot !== only) || !isVisible(component, visibility)) continue;
      if (predicate.team !== undefined && component.team !== predicate.team) continue;
      const isDevelopment = isDevelopmentOnly(flags[at] ?? 0);
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

/** Version slots that an exception may mean, by what finds them soonest: its package, else its licence. */
function* candidatesOf(estate: Estate, judge: LicenceJudge, { predicate }: LicenceException): Generator<number> {
  if (predicate.package !== undefined) {
    const parts = packageOfPurl(predicate.package);
    const ecosystem = parts?.ecosystem ?? '';
    const slot = parts === null ? undefined : estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name)));
    if (slot !== undefined) yield* versionsOf(estate, slot);
    return;
  }
  for (let version = 0; version < estate.versions.length; version += 1)
    if (predicate.licence === undefined || judge.licenceOf(version).text === predicate.licence) yield version;
}
