import { hash } from 'node:crypto';
import type { Basis, Extent } from '#desk/decisions/extent.ts';
import { meets, type Predicate } from '#desk/decisions/predicate.ts';
import type { Estate } from '#estate/estate.ts';
import { findingColumns, type FindingPlace } from '#estate/questions/findings.ts';
import type { Visibility } from '#model/visibility.ts';
import { findingIdOf } from './finding-view.ts';
import { findingsMeeting, isInRange, judgedAt } from './findings-meeting.ts';

/** What a predicate reaches now, as far as the asker may see it, and what is known of the advisories in it. */
export function extentOf(estate: Estate, predicate: Predicate, visibility: Visibility): Extent {
  return extentAt(estate, findingsMeeting(estate, predicate, visibility));
}

/** The same for many predicates, in their order, with one look at the estate for all those that name an advisory. */
export function extentsOf(estate: Estate, predicates: readonly Predicate[], visibility: Visibility): readonly Extent[] {
  if (predicates.length < 2) return predicates.map((each) => extentOf(estate, each, visibility));
  const byId = new Map<string, number[]>();
  predicates.forEach(({ advisory, aliases = [], findings }, index) => {
    if (findings !== undefined) return;
    for (const id of advisory === undefined ? [] : [advisory, ...aliases]) byId.set(id, [...(byId.get(id) ?? []), index]);
  });
  const byGroup = new Map<number, Set<number>>();
  for (const [id, indexes] of byId) {
    const group = estate.groupByAnyId.get(id);
    if (group !== undefined) byGroup.set(group, new Set([...(byGroup.get(group) ?? []), ...indexes]));
  }
  const places = predicates.map((): FindingPlace[] => []);
  for (const { component, columns } of findingColumns(estate, visibility)) {
    columns.group.forEach((group, row) => {
      const indexes = byGroup.get(group);
      const judged = indexes === undefined ? null : judgedAt(estate, { component, row });
      for (const index of judged === null ? [] : (indexes ?? [])) {
        const predicate = predicates[index];
        if (judged !== null && predicate !== undefined && meets(judged, predicate, isInRange)) places[index]?.push({ component, row });
      }
    });
  }
  return predicates.map((each, index) =>
    each.advisory === undefined || each.findings !== undefined ? extentOf(estate, each, visibility) : extentAt(estate, places[index] ?? []),
  );
}

function extentAt(estate: Estate, places: readonly FindingPlace[]): Extent {
  const ids: string[] = [];
  const [components, teams, groups] = [new Set<string>(), new Set<string | null>(), new Set<number>()];
  for (const { component, row } of places) {
    const [holder, columns] = [estate.components[component], estate.findings[component]];
    const [packageSlot, groupSlot] = [columns?.package[row] ?? -1, columns?.group[row] ?? -1];
    const group = estate.groups[groupSlot];
    if (holder === undefined || group === undefined) continue;
    ids.push(findingIdOf(estate, component, packageSlot, group));
    components.add(holder.ref);
    teams.add(holder.team);
    groups.add(groupSlot);
  }
  const basis: Record<string, Basis> = {};
  const severities = new Set<string>();
  for (const slot of groups) {
    const group = estate.groups[slot];
    if (group === undefined) continue;
    severities.add(group.severity.level);
    basis[group.key] = { kev: group.kev !== null, epss: group.epss?.score ?? null, score: group.severity.score, severity: group.severity.level };
  }
  return {
    findings: ids.length,
    hash: hash('sha256', ids.sort().join('\n'), 'hex'),
    components: [...components].sort(),
    teams: [...teams].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    severities: [...severities].sort(),
    basis,
  };
}
