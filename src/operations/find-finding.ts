import { openFindings, type FindingPlace } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { noPackage, packageSlotKey, ruleFindingAt, subjectSlot, type Estate, type FindingColumns } from '#estate/estate.ts';
import { unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { vulnerabilityRule } from '#model/rule-id.ts';
import { findingIdOf, type FindingStretch } from './finding-view.ts';
import { titleOfRule } from './rules/known-rules.ts';

/**
 * The finding with this id, made from any member of its advisory group: the open stretch, else the last one that is over; null when there is none
 * that may be seen.
 */
export async function findFinding(reads: StoreReads, estate: Estate, visibility: Visibility, id: string): Promise<FindingStretch | null> {
  const place = placeById(estate, visibility, id);
  if (place !== null) return stretchAt(estate, place);
  const closed = (await closedFindings(reads, estate, visibility)).filter((each) => bears(estate, each, id));
  return closed.reduce<FindingStretch | null>((last, each) => (last === null || each.openedAt > last.openedAt ? each : last), null);
}

/** The open finding at a place; null when it is gone since it was listed. */
export function stretchAt(estate: Estate, { component, row }: FindingPlace): FindingStretch | null {
  const columns = estate.findings[component];
  const [packageSlot, group] = [columns?.package[row], columns?.group[row]];
  if (columns === undefined || packageSlot === undefined || group === undefined) return null;
  const [episode = 1, openedAt = 0, exposedFrom = 0] = [columns.episode[row], columns.openedAt[row], columns.exposedFrom[row]];
  const rule = ruleFindingAt(estate, component, row);
  const stretch = { component, package: packageSlot, group, episode, openedAt, exposedFrom, exposedUntil: null, closedBecause: null };
  return rule === null ? stretch : { ...stretch, reason: rule.reason };
}

/** Every stretch of a finding that is over and may be seen, of one component where its slot is given. They lie in the store only, so this reads all of them. */
export async function closedFindings(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  only: number | null = null,
): Promise<readonly FindingStretch[]> {
  const one = estate.components[only ?? -1];
  const stretches: FindingStretch[] = [];
  for await (const page of reads.loadFindingPacks(one === undefined ? {} : { componentIds: [one.id] })) {
    for (const pack of page) {
      const component = estate.slots.component.get(pack.component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined || !isVisible(holder, visibility)) continue;
      for (const each of unpackEpisodes(pack.closed)) {
        const stretch = stretchOf(estate, component, each);
        if (stretch !== null) stretches.push(stretch);
      }
    }
  }
  stretches.push(...(await closedRuleFindings(reads, estate, visibility, one?.ref ?? null)));
  return stretches;
}

async function closedRuleFindings(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  only: string | null,
): Promise<readonly FindingStretch[]> {
  const stretches: FindingStretch[] = [];
  for await (const page of reads.loadRuleEpisodes(only === null ? {} : { components: [only] })) {
    for (const row of page) {
      const component = estate.componentByRef.get(row.component);
      const holder = component === undefined ? undefined : estate.components[component];
      if (row.closed_at === null || component === undefined || holder === undefined || !isVisible(holder, visibility)) continue;
      stretches.push({
        component,
        package: row.name_key === '' ? noPackage : (estate.packageByKey.get(packageSlotKey(row.ecosystem, row.name_key)) ?? noPackage),
        group: subjectSlot(estate, { ...row, title: titleOfRule(row.rule) }),
        episode: row.episode,
        openedAt: row.opened_at,
        exposedFrom: row.since,
        exposedUntil: Math.floor(row.closed_at / 86_400_000),
        closedBecause: row.closed_because,
        reason: row.reason,
      });
    }
  }
  return stretches;
}

/** A stored episode by slots; null when the estate does not know what it names. */
export function stretchOf(estate: Estate, component: number, each: PackedEpisode): FindingStretch | null {
  const packageSlot = estate.slots.package.get(each.packageId);
  const key = estate.slots.advisory.get(each.groupId)?.groupKey;
  const group = key === undefined ? undefined : estate.groupByKey.get(key);
  if (packageSlot === undefined || group === undefined) return null;
  const { episode, openedAt, exposedFrom, exposedUntil, closedBecause } = each;
  return { component, package: packageSlot, group, episode, openedAt, exposedFrom, exposedUntil, closedBecause };
}

/** The open finding with this id, made from any member of its advisory group; null when there is none that may be seen. */
export function placeById(estate: Estate, visibility: Visibility, id: string): FindingPlace | null {
  for (let component = 0; component < estate.components.length; component += 1) {
    const columns = estate.findings[component];
    const holder = estate.components[component];
    if (columns === undefined || holder === undefined || columns.group.length === 0 || !isVisible(holder, visibility)) continue;
    const row = idsOf(estate, component, columns).get(id);
    if (row !== undefined) return { component, row };
  }
  // Rare: an id made from another member of the group, as someone noted it before two records were joined.
  for (const place of openFindings(estate, visibility)) {
    const stretch = stretchAt(estate, place);
    if (stretch !== null && bears(estate, stretch, id)) return place;
  }
  return null;
}

const idsByColumns = new WeakMap<FindingColumns, ReadonlyMap<string, number>>();

/** Row by id. The columns of a component are replaced whenever its findings change, so what was computed for them stays true. */
function idsOf(estate: Estate, component: number, columns: FindingColumns): ReadonlyMap<string, number> {
  const known = idsByColumns.get(columns);
  if (known !== undefined) return known;
  const ids = new Map<string, number>();
  columns.group.forEach((slot, row) => {
    const group = estate.groups[slot];
    if (group !== undefined) ids.set(findingIdOf(estate, component, columns.package[row] ?? 0, group), row);
  });
  idsByColumns.set(columns, ids);
  return ids;
}

function bears(estate: Estate, stretch: FindingStretch, id: string): boolean {
  const group = estate.groups[stretch.group];
  if (group === undefined) return false;
  // What was noted as a vulnerability before it was known to be malicious is the same finding.
  return [group, { ...group, rule: vulnerabilityRule }].some((each) =>
    [group.subject, ...group.ids].some((member) => findingIdOf(estate, stretch.component, stretch.package, each, member) === id),
  );
}
