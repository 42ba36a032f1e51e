import { meets, type FindingKey, type Judged, type Predicate } from '#desk/decisions/predicate.ts';
import { noPackage, packageSlotKey, type Estate } from '#estate/estate.ts';
import { isOfAdvisories, subjectKey } from '#estate/groups.ts';
import { findingColumns, hitsOf, type FindingPlace } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { readRange } from '#language/in-range.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from './ask-estate.ts';
import { findingIdOf } from './finding-view.ts';

/** The open findings that a predicate means and the asker may see, in the estate's order. */
export function findingsMeeting(estate: Estate, predicate: Predicate, visibility: Visibility): readonly FindingPlace[] {
  if (predicate.findings !== undefined) return predicate.findings.flatMap((key) => placesOfKey(estate, key, visibility));
  const { group, packageSlot, component } = wantedSlots(estate, predicate);
  if (group === -1 || packageSlot === -1 || component === -1) return [];
  const places: FindingPlace[] = [];
  for (const { component: of, columns } of findingColumns(estate, visibility)) {
    if (component !== null && of !== component) continue;
    if (predicate.team !== undefined && estate.components[of]?.team !== predicate.team) continue;
    for (let row = 0; row < columns.group.length; row += 1) {
      if (group !== null && columns.group[row] !== group) continue;
      if (predicate.rule !== undefined && predicate.rule !== estate.groups[columns.group[row] ?? -1]?.rule) continue;
      if (packageSlot !== null && columns.package[row] !== packageSlot) continue;
      const place = { component: of, row };
      if (predicate.range === undefined || meetsAt(estate, place, predicate)) places.push(place);
    }
  }
  return places;
}

/** What a predicate names, by slot: null where it names none, -1 where the estate does not know it. */
export function wantedSlots(
  estate: Estate,
  { advisory, aliases = [], package: named, component }: Predicate,
): { readonly group: number | null; readonly packageSlot: number | null; readonly component: number | null } {
  return {
    group: advisory === undefined ? null : groupOf(estate, [advisory, ...aliases]),
    packageSlot: named === undefined ? null : packageSlotOf(estate, named),
    component: component === undefined ? null : (estate.componentByRef.get(component) ?? -1),
  };
}

/** An open finding as a predicate sees it; null when it is gone. */
export function judgedAt(estate: Estate, { component, row }: FindingPlace): Judged | null {
  const columns = estate.findings[component];
  const [packageSlot, groupSlot] = [columns?.package[row], columns?.group[row]];
  if (packageSlot === undefined || groupSlot === undefined) return null;
  const [holder, used, group] = [estate.components[component], estate.packages[packageSlot], estate.groups[groupSlot]];
  if (holder === undefined || group === undefined || (used === undefined && isOfAdvisories(group))) return null;
  const versions = hitsOf(estate, component, packageSlot, groupSlot).map((hit) => estate.versions[hit.version]?.version ?? '');
  return {
    id: findingIdOf(estate, component, packageSlot, group),
    rule: group.rule,
    component: holder.ref,
    team: holder.team,
    package: used === undefined ? null : purlOfPackage(used.ecosystem, used.name),
    versions: versions.filter((version) => version !== ''),
    ids: group.ids.includes(group.subject) ? group.ids : [group.subject, ...group.ids],
  };
}

/** Whether a version lies in a range of its package's ecosystem; a range that cannot be read holds nothing. */
export function isInRange(packagePurl: string, version: string, range: string): boolean {
  const scheme = schemeOf(packageOfPurl(packagePurl)?.ecosystem ?? '');
  if (scheme === null) return version === range;
  const read = readRange(scheme, range);
  return read.ok && read.range.contains(version);
}

/** The natural keys of an open finding, by which a decision names it; null when it is gone. */
export function findingKeyAt(estate: Estate, place: FindingPlace): FindingKey | null {
  const judged = judgedAt(estate, place);
  if (judged === null) return null;
  const group = estate.groups[estate.findings[place.component]?.group[place.row] ?? -1];
  return { id: judged.id, rule: judged.rule, component: judged.component, package: judged.package, subject: group?.subject ?? '' };
}

function meetsAt(estate: Estate, place: FindingPlace, predicate: Predicate): boolean {
  const judged = judgedAt(estate, place);
  return judged !== null && meets(judged, predicate, isInRange);
}

function placesOfKey(estate: Estate, key: FindingKey, visibility: Visibility): readonly FindingPlace[] {
  const component = estate.componentByRef.get(key.component);
  const holder = component === undefined ? undefined : estate.components[component];
  const columns = component === undefined ? undefined : estate.findings[component];
  const packageSlot = key.package === null ? noPackage : packageSlotOf(estate, key.package);
  const group = estate.groupByKey.get(subjectKey(key.rule, key.subject)) ?? estate.groupByAnyId.get(key.subject);
  if (component === undefined || holder === undefined || columns === undefined || !isVisible(holder, visibility)) return [];
  for (let row = 0; row < columns.group.length; row += 1) {
    if (columns.package[row] === packageSlot && columns.group[row] === group) return [{ component, row }];
  }
  return [];
}

/** The group that bears one of these ids; -1 when none does. */
function groupOf(estate: Estate, ids: readonly string[]): number {
  for (const id of ids) {
    const group = estate.groupByAnyId.get(id);
    if (group !== undefined) return group;
  }
  return -1;
}

function packageSlotOf(estate: Estate, purl: string): number {
  const parts = packageOfPurl(purl);
  if (parts === null) return -1;
  const ecosystem = parts.ecosystem ?? '';
  return estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name))) ?? -1;
}
