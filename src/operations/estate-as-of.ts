import { emptyEstate, loadEvidence, type Estate, type EstateMatch, type FindingColumns } from '#estate/estate.ts';
import type { EvidenceRow } from '#estate/rows.ts';
import { publishedDay } from '#estate/questions/exposures.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { packOpen, unpackOpen, unpackOpenColumns, type OpenOccurrence } from '#language/packed/open-occurrences.ts';
import type { EvidenceTable } from '#store/schema.ts';
import type { Store, StoreReads } from '#store/store.ts';
import { loadEstate } from './follow-estate.ts';

/**
 * The estate at the end of a UTC day (days since 1970-01-01) in valid time, as known now. A component not observed by then has no `valid_at`
 * and no evidence: nothing can be said of it, which is not "no". Owners are today's, and so are the ranges of the advisories published by then.
 * `now` is shared, not changed.
 */
export async function estateAsOf(store: Store, day: number, now?: Estate): Promise<Estate> {
  const base = now ?? (await loadEstate(store));
  return store.snapshot(async (reads) => {
    const rows: EvidenceRow[] = [];
    const spans = new Map<number, Span>();
    for await (const page of reads.loadWholeEvidence()) {
      for (const row of page) {
        const then = evidenceAt(row, day, base);
        const span = spans.get(row.component_id);
        spans.set(row.component_id, { first: Math.min(span?.first ?? Infinity, then.first), changed: Math.max(span?.changed ?? 0, then.changed) });
        if (then.row !== null) rows.push(then.row);
      }
    }
    const estate = withoutInventories(base, day, spans);
    loadEvidence(estate, rows);
    await judge(estate, reads, day);
    return estate;
  });
}

/** First day an evidence or component was observed, and the last change up to the day asked for. Infinity: not yet. */
type Span = { readonly first: number; readonly changed: number };

const dayMs = 86_400_000;

/** One evidence as it was at the end of the day; `row` is null when it was not there, or not yet observed. */
function evidenceAt(row: Omit<EvidenceTable, 'edges'>, day: number, base: Estate): Span & { readonly row: EvidenceRow | null } {
  const open = unpackOpenColumns(row.open);
  const closed = unpackClosed(row.closed).filter((each) => !each.retracted);
  let first = open.count + closed.length === 0 && row.seen_at > 0 ? Math.floor(row.valid_at / dayMs) : Infinity;
  let changed = 0;
  let isSame = closed.length === 0;
  const note = (at: number): void => {
    if (at <= day && at > changed) changed = at;
  };
  for (let at = 0; at < open.count; at += 1) {
    const from = open.validFrom[at] ?? 0;
    first = Math.min(first, from);
    if (from > day || (base.slots.version[open.ids[at] ?? 0] ?? -1) === -1) isSame = false;
    note(from);
  }
  for (const each of closed) {
    first = Math.min(first, each.validFrom);
    note(each.validFrom);
    note(each.validUntil);
  }
  const lastDay = closed.reduce((last, each) => Math.max(last, each.validUntil), 0);
  if (first > day || (row.ended === 1 && lastDay <= day)) return { first, changed, row: null };
  const isStale = row.stale_since !== null && row.stale_since < (day + 1) * dayMs;
  const then = isSame ? row.open : packOpen(occurrencesAt(row, closed, day, base));
  return { first, changed, row: { ...row, open: then, ended: 0, stale_since: isStale ? row.stale_since : null } };
}

function occurrencesAt(
  row: Pick<EvidenceTable, 'open'>,
  closed: ReturnType<typeof unpackClosed>,
  day: number,
  base: Estate,
): readonly OpenOccurrence[] {
  const found = new Map<number, OpenOccurrence>();
  for (const each of closed) if (each.validFrom <= day && day < each.validUntil) found.set(each.id, each);
  for (const each of unpackOpen(row.open)) if (each.validFrom <= day) found.set(each.id, each);
  // A version that the estate has not seen yet arrived after it was brought up to date: the next question shows it.
  return [...found.values()].filter((each) => (base.slots.version[each.id] ?? -1) !== -1).sort((a, b) => a.id - b.id);
}

function withoutInventories(base: Estate, day: number, spans: ReadonlyMap<number, Span>): Estate {
  const { evidence, componentOf, postings, findings, counted } = emptyEstate();
  return {
    ...base,
    components: base.components.map((component) => {
      const { first, changed } = spans.get(component.id) ?? { first: Infinity, changed: 0 };
      if (first > day)
        return { ...component, evidence: new Set<number>(), revision: null, valid_at: null, confirmed_at: null, stale_since: null, retired_at: null };
      const end = (day + 1) * dayMs;
      const isToday = component.valid_at !== null && component.valid_at < end;
      return {
        ...component,
        evidence: new Set<number>(),
        revision: isToday ? component.revision : null,
        valid_at: isToday ? component.valid_at : changed * dayMs,
        stale_since: component.stale_since !== null && component.stale_since < end ? component.stale_since : null,
        retired_at: component.retired_at !== null && component.retired_at < end ? component.retired_at : null,
      };
    }),
    // What the day's inventories and findings fill is its own: shared, it would change the estate of today.
    evidence,
    componentOf,
    postings,
    findings,
    ruleFindings: new Map(),
    counted,
    matches: matchesPublished(base, day),
    slots: { ...base.slots, evidence: new Map() },
  };
}

type Subject = { readonly package: number; readonly group: number; exposedFrom: number; readonly version: number; readonly evidence: number };

/** What was published later was nobody's knowledge on that day, and no exposure either. */
function matchesPublished(base: Estate, day: number): Estate['matches'] {
  const published = new Map<number, readonly EstateMatch[]>();
  for (const [version, matches] of base.matches) {
    const then = matches.filter((match) => publishedDay(base, match.group) <= day);
    if (then.length > 0) published.set(version, then);
  }
  return published;
}

/** Findings of that day: what stood in an inventory and is named as affected. */
async function judge(estate: Estate, reads: StoreReads, day: number): Promise<void> {
  const byComponent = new Map<number, Map<string, Subject>>();
  for (const [version, matches] of estate.matches) {
    for (const match of matches) {
      if (match.kind === 'affected') noteUses(estate, byComponent, version, match.group);
    }
  }
  const episodes = await episodesByComponent(estate, reads, byComponent);
  estate.components.forEach((_, slot) => {
    const subjects = [...(byComponent.get(slot)?.values() ?? [])];
    estate.findings[slot] = columnsOf(subjects.map((subject) => ({ ...subject, ...clockOf(estate, subject, episodes.get(slot) ?? [], day) })));
  });
}

function noteUses(estate: Estate, byComponent: Map<number, Map<string, Subject>>, version: number, group: number): void {
  const { postings } = estate;
  const packageSlot = estate.packageOf[version] ?? 0;
  const published = publishedDay(estate, group);
  const start = postings.startOf(version);
  for (let at = start; at < start + postings.lengthOf(version); at += 1) {
    const evidence = postings.evidence()[at] ?? 0;
    const component = estate.evidence[evidence]?.component ?? 0;
    const exposedFrom = Math.max(postings.validFrom()[at] ?? 0, published);
    const subjects = byComponent.get(component) ?? new Map<string, Subject>();
    byComponent.set(component, subjects);
    const key = `${String(packageSlot)} ${String(group)}`;
    const known = subjects.get(key);
    if (known === undefined) subjects.set(key, { package: packageSlot, group, exposedFrom, version, evidence });
    else known.exposedFrom = Math.min(known.exposedFrom, exposedFrom);
  }
}

async function episodesByComponent(
  estate: Estate,
  reads: StoreReads,
  wanted: ReadonlyMap<number, unknown>,
): Promise<ReadonlyMap<number, readonly PackedEpisode[]>> {
  const found = new Map<number, readonly PackedEpisode[]>();
  const componentIds = [...wanted.keys()].flatMap((slot) => estate.components[slot]?.id ?? []);
  for await (const page of reads.loadFindingPacks({ componentIds })) {
    for (const pack of page) {
      const slot = estate.slots.component.get(pack.component_id);
      if (slot !== undefined) found.set(slot, [...unpackEpisodes(pack.closed), ...unpackEpisodes(pack.open)]);
    }
  }
  return found;
}

/** Number and clock of the episode that covers the day; an exposure that was over before we learnt of it has neither, so it counts from when we learnt. */
function clockOf(
  estate: Estate,
  subject: Subject,
  episodes: readonly PackedEpisode[],
  day: number,
): { readonly episode: number; readonly openedAt: number } {
  const packageId = estate.packages[subject.package]?.id;
  const covering = episodes.find((each) => {
    const key = estate.slots.advisory.get(each.groupId)?.groupKey;
    const isSubject = each.packageId === packageId && key !== undefined && estate.groupByKey.get(key) === subject.group;
    return isSubject && each.exposedFrom <= day && day < (each.exposedUntil ?? Infinity);
  });
  if (covering !== undefined) return { episode: covering.episode, openedAt: covering.openedAt };
  const columns = unpackOpenColumns(estate.evidence[subject.evidence]?.open ?? packOpen([]));
  return { episode: 1, openedAt: columns.knownFrom[columns.ids.indexOf(estate.versions[subject.version]?.id ?? -1)] ?? subject.exposedFrom * dayMs };
}

function columnsOf(findings: readonly (Subject & { readonly episode: number; readonly openedAt: number })[]): FindingColumns {
  return {
    package: Uint32Array.from(findings, (each) => each.package),
    group: Uint32Array.from(findings, (each) => each.group),
    episode: Uint16Array.from(findings, (each) => each.episode),
    openedAt: Float64Array.from(findings, (each) => each.openedAt),
    exposedFrom: Uint16Array.from(findings, (each) => each.exposedFrom),
  };
}
