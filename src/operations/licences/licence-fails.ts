import { rank } from '#analysis/licences/verdict.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { isMeant, type LeverageScope } from '#estate/questions/leverage.ts';
import { registryLicences } from '#estate/questions/licence-claims.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import type { Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly } from './estate-verdicts.ts';
import type { LicenceJudge } from './licence-judge.ts';

/**
 * Gives the licence of a version that the IP policy would deny where versions of its package are used now, or leave to counsel where it did not
 * before; null where it would not. What is not known fails nowhere: it stays a question.
 */
export function licenceFails(
  estate: Estate,
  visibility: Visibility,
  scope: LeverageScope,
  licences: LicenceJudge,
  { packageSlot, used }: { readonly packageSlot: number; /** Version slots that would be raised. */ readonly used: readonly number[] },
): (version: string) => string | null {
  const { ecosystem = '', name = '', name_key: nameKey = '' } = estate.packages[packageSlot] ?? {};
  let contexts: ReadonlyMap<number, number> | null = null;
  return (version) => {
    const slot = versionsOf(estate, packageSlot).find((each) => estate.versions[each]?.version === version);
    const said = registryLicences(estate, packageSlotKey(ecosystem, nameKey), version);
    const claims = said === null ? [] : [{ source: 'registry' as const, said }];
    const licence = slot === undefined ? licences.licenceFrom(claims, ecosystem, name, version) : licences.licenceOf(slot);
    if (licence.text === null) return null;
    contexts ??= contextsOf(estate, visibility, scope, licences, used);
    for (const [key, worst] of contexts) {
      const { verdict } = licences.verdictIn(licence, key >> 1, (key & 1) === 1);
      const fails = verdict === 'denied' || (verdict === 'review' && worst < rank('review'));
      if (!fails && !licences.isRefusable(packageSlot)) continue;
      const use = { component: null, artifact: null, ecosystem, name, version, licence: licence.text, isDevelopment: (key & 1) === 1 };
      const deliveries = licences.artifactsIn(key >> 1).flatMap((each) => each.deliveries);
      const ruling = licences.rulingFor({ ...use, deliveries });
      if (ruling?.kind === 'denies' || (fails && ruling?.kind !== 'permits')) return licence.text;
    }
    return null;
  };
}

/** Contexts in which versions are used, each with the worst verdict there now. */
function contextsOf(
  estate: Estate,
  visibility: Visibility,
  scope: LeverageScope,
  licences: LicenceJudge,
  used: readonly number[],
): ReadonlyMap<number, number> {
  const contexts = new Map<number, number>();
  const { postings, componentOf } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  for (const version of used) {
    const licence = licences.licenceOf(version);
    const from = postings.startOf(version);
    for (let at = from; at < from + postings.lengthOf(version); at += 1) {
      const component = componentOf[evidence[at] ?? 0] ?? 0;
      const holder = estate.components[component];
      if (holder === undefined || !isVisible(holder, visibility) || !isMeant(estate, component, scope)) continue;
      const isDevelopment = isDevelopmentOnly(flags[at] ?? 0);
      const context = licences.contextOf(component);
      const key = context * 2 + (isDevelopment ? 1 : 0);
      const now = rank(licences.verdictIn(licence, context, isDevelopment).verdict);
      contexts.set(key, Math.max(contexts.get(key) ?? 0, now));
    }
  }
  return contexts;
}
