import { hash } from 'node:crypto';
import type { Basis, Extent } from '#desk/decisions/extent.ts';
import type { Predicate } from '#desk/decisions/predicate.ts';
import type { Estate } from '#estate/estate.ts';
import type { Visibility } from '#model/visibility.ts';
import { findingIdOf } from './finding-view.ts';
import { findingsMeeting } from './findings-meeting.ts';

/** What a predicate reaches now, as far as the asker may see it, and what is known of the advisories in it. */
export function extentOf(estate: Estate, predicate: Predicate, visibility: Visibility): Extent {
  const ids: string[] = [];
  const [components, teams, groups] = [new Set<string>(), new Set<string | null>(), new Set<number>()];
  for (const { component, row } of findingsMeeting(estate, predicate, visibility)) {
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
