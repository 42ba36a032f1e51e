import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { isVisible } from './visible.ts';
import { versionsOf, whoUses } from './who-uses.ts';

/** Slots that match a search, best first, at most `limit` of each kind; `total` counts them all. */
export type Hits = { readonly total: number; readonly slots: readonly number[] };
export type SearchHits = {
  readonly components: Hits;
  readonly packages: Hits;
  readonly advisories: Hits;
  readonly teams: { readonly total: number; readonly names: readonly string[] };
};

/** Search as you type; advisories are found as far as findings are seen. Every word must be in the name; a name that begins with the text comes before one that holds it, shorter first. */
export function search(
  estate: Estate,
  seen: { readonly estate: Visibility; readonly findings: Visibility },
  text: string,
  limit: number,
): SearchHits {
  const visibility = seen.estate;
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const components = ranked(estate.components, limit, words, (each) => (isVisible(each, visibility) ? `${each.name} ${each.ref}` : null));
  const packages = ranked(
    estate.packages,
    limit,
    words,
    (each) => each.name,
    (slot) => isUsed(estate, visibility, slot),
  );
  const advisories = ranked(
    estate.groups,
    limit,
    words,
    (each) => `${each.ids.join(' ')} ${each.title}`,
    (slot) => seen.findings.kind === 'all' || touches(estate, seen.findings, slot),
  );
  const names = [...new Set(estate.components.flatMap((each) => (isVisible(each, visibility) && each.team !== null ? [each.team] : [])))];
  const teams = names.filter((name) => words.every((word) => name.toLowerCase().includes(word))).sort();
  return { components, packages, advisories, teams: { total: teams.length, names: teams.slice(0, limit) } };
}

function ranked<T>(
  items: readonly T[],
  limit: number,
  words: readonly string[],
  textOf: (item: T) => string | null,
  allowed: (slot: number) => boolean = () => true,
): Hits {
  const first = words[0];
  if (first === undefined) return { total: 0, slots: [] };
  const hits: { readonly slot: number; readonly rank: number }[] = [];
  items.forEach((item, slot) => {
    const text = textOf(item)?.toLowerCase();
    if (text === undefined || !words.every((word) => text.includes(word)) || !allowed(slot)) return;
    hits.push({ slot, rank: (text === first ? 0 : text.startsWith(first) ? 1000 : 2000) + Math.min(999, text.length) });
  });
  return {
    total: hits.length,
    slots: hits
      .sort((a, b) => a.rank - b.rank || a.slot - b.slot)
      .slice(0, limit)
      .map((each) => each.slot),
  };
}

/** A package that nobody visible uses does not exist for the one who asks. */
function isUsed(estate: Estate, visibility: Visibility, packageSlot: number): boolean {
  if (visibility.kind === 'all') return versionsOf(estate, packageSlot).some((version) => estate.postings.lengthOf(version) > 0);
  return whoUses(estate, visibility, versionsOf(estate, packageSlot)).evidence.length > 0;
}

function touches(estate: Estate, visibility: Visibility, groupSlot: number): boolean {
  return estate.components.some((component, slot) => isVisible(component, visibility) && (estate.findings[slot]?.group.includes(groupSlot) ?? false));
}
