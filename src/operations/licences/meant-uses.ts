import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { Visibility } from '#model/visibility.ts';
import { isDevelopmentOnly } from './estate-verdicts.ts';
import type { LicenceJudge } from './licence-judge.ts';

/** Version slots that may be meant, by what finds them soonest: a package, by its purl without version, else a licence in normal form, else all. */
export function versionsMeant(
  estate: Estate,
  judge: LicenceJudge,
  { package: purl, licence }: { readonly package?: string | undefined; readonly licence?: string | undefined },
): Iterable<number> {
  if (purl === undefined) return licence === undefined ? estate.versions.keys() : (versionsUnder(estate, judge).get(licence) ?? []);
  const named = packageOfPurl(purl);
  const ecosystem = named?.ecosystem ?? '';
  const slot = named === null ? undefined : estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, named.name)));
  return slot === undefined ? [] : versionsOf(estate, slot);
}

/** One use of a version slot, by the slot of its component. */
export type SeenUse = { readonly component: number; readonly isDevelopment: boolean };

/** The uses of a version slot in components that may be seen and are not retired; `only` narrows them to the component of this ref, and one that is not here uses nothing. */
export function* usesSeen(estate: Estate, visibility: Visibility, version: number, only: string | undefined): Generator<SeenUse> {
  const wanted = only === undefined ? null : (estate.componentByRef.get(only) ?? -1);
  const { postings } = estate;
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  const from = postings.startOf(version);
  const until = from + postings.lengthOf(version);
  for (let at = from; at < until; at += 1) {
    const component = estate.componentOf[evidence[at] ?? 0] ?? 0;
    const holder = estate.components[component];
    if (holder === undefined || holder.retired_at !== null || !isVisible(holder, visibility) || (wanted !== null && wanted !== component)) continue;
    yield { component, isDevelopment: isDevelopmentOnly(flags[at] ?? 0) };
  }
}

const byLicence = new WeakMap<LicenceJudge, ReadonlyMap<string, readonly number[]>>();

/** Version slots in use by their licence, made once for a judge. */
function versionsUnder(estate: Estate, judge: LicenceJudge): ReadonlyMap<string, readonly number[]> {
  const known = byLicence.get(judge);
  if (known !== undefined) return known;
  const lists = new Map<string, number[]>();
  for (let version = 0; version < estate.versions.length; version += 1) {
    if (estate.postings.lengthOf(version) === 0) continue;
    const { text } = judge.licenceOf(version);
    if (text === null) continue;
    const list = lists.get(text);
    if (list === undefined) lists.set(text, [version]);
    else list.push(version);
  }
  byLicence.set(judge, lists);
  return lists;
}
