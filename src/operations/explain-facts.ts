import type { Estate } from '#estate/estate.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackEdges, type Edge } from '#language/packed/edges.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import { purlOf } from '#language/purl.ts';
import type { EvidenceTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import { dayText } from './ask-estate.ts';
import type { FindingStretch } from './finding-view.ts';
import { receiptView, type ReceiptView } from './receipt-view.ts';
import { shownBy, shownByBefore } from './shown-by.ts';

/** What shows a component's contents. */
export type EvidenceKind = 'lockfile' | 'manifest' | 'sbom';

/** Where a package was seen: the fact, the reading that gave it, the observation it was read from, the bytes. */
export type FactView = {
  readonly purl: string | null;
  readonly version: string | null;
  readonly range: string | null;
  readonly evidence: { readonly kind: EvidenceKind; readonly path: string };
  readonly scope: string;
  readonly direct: boolean | null;
  /** Shortest chain of `name@version` from the component to the package, both ends included; empty when the file has no edges. */
  readonly via: readonly string[];
  readonly since: string;
  readonly reading: { readonly format: string; readonly formatVersion: number; readonly readAt: string };
  readonly receipt: ReceiptView;
  readonly rawHash: string | null;
};

/** One stretch of a package version in one evidence; `until` null means it is there now. */
export type Occurrence = { readonly id: number; readonly flags: number; readonly validFrom: number; readonly until: number | null };

/** The facts of a component that a finding rests on: where its package stands in one of these versions (by store id), now or in the finding's time; with `on`, on that UTC day. */
export async function explainFacts(
  reads: StoreReads,
  estate: Estate,
  stretch: FindingStretch,
  versionIds: ReadonlySet<number>,
  on: number | null = null,
): Promise<readonly FactView[]> {
  const component = estate.components[stretch.component];
  const facts: FactView[] = [];
  for (const evidence of component === undefined ? [] : await reads.evidenceOf(component.id)) {
    for (const each of (on === null ? occurrencesIn(evidence, stretch) : occurrencesOn(evidence, on)).filter((one) => versionIds.has(one.id))) {
      const fact = await factOf(reads, estate, evidence, each);
      // Edges are kept for now only.
      if (fact !== null) facts.push(on === null ? fact : { ...fact, via: [] });
    }
  }
  return facts;
}

/** The stretches of an evidence that a finding may rest on: those there now, or those of its own time. */
export function occurrencesIn(evidence: EvidenceTable, stretch: FindingStretch): readonly Occurrence[] {
  const open = unpackOpen(evidence.open).map(({ id, flags, validFrom }) => ({ id, flags, validFrom, until: null }));
  if (stretch.closedBecause === null) return open;
  const closed = unpackClosed(evidence.closed)
    .filter((each) => !each.retracted && each.validFrom < (stretch.exposedUntil ?? Infinity) && each.validUntil > stretch.exposedFrom)
    .map(({ id, flags, validFrom, validUntil }) => ({ id, flags, validFrom, until: validUntil }));
  // A finding that ended because the records changed is about what may still be in use.
  return stretch.closedBecause === 'fixed' ? closed : [...open, ...closed];
}

/** The stretches of an evidence that held on a UTC day. */
function occurrencesOn(evidence: EvidenceTable, on: number): readonly Occurrence[] {
  const open = evidence.ended === 1 ? [] : unpackOpen(evidence.open);
  return [
    ...open.filter((each) => each.validFrom <= on).map(({ id, flags, validFrom }) => ({ id, flags, validFrom, until: null })),
    ...unpackClosed(evidence.closed)
      .filter((each) => !each.retracted && each.validFrom <= on && on < each.validUntil)
      .map(({ id, flags, validFrom, validUntil }) => ({ id, flags, validFrom, until: validUntil })),
  ];
}

async function factOf(reads: StoreReads, estate: Estate, evidence: EvidenceTable, occurrence: Occurrence): Promise<FactView | null> {
  const shown = occurrence.until === null ? await shownBy(reads, evidence) : await shownByBefore(reads, evidence, occurrence.until);
  const slot = estate.slots.version[occurrence.id] ?? -1;
  const version = estate.versions[slot];
  const holder = estate.packages[estate.packageOf[slot] ?? -1];
  if (shown?.reading == null || version === undefined || holder === undefined) return null;
  const { reading, receipt, rawHash } = shown;
  return {
    purl: purlOf(holder.ecosystem, holder.name, version.version === '' ? null : version.version),
    version: version.version === '' ? null : version.version,
    range: version.version === '' ? version.range : null,
    evidence: { kind: evidence.kind as EvidenceKind, path: evidence.path },
    scope: scopeOf(occurrence.flags),
    direct: directOf(occurrence.flags),
    via: occurrence.until === null ? chainTo(estate, evidence, occurrence.id) : [],
    since: dayText(occurrence.validFrom),
    reading: { format: reading.format, formatVersion: reading.format_version, readAt: new Date(reading.read_at).toISOString() },
    receipt: receiptView(receipt),
    rawHash,
  };
}

/** Breadth first from what the component names itself; where the file does not say, from what nothing else needs. */
function chainTo(estate: Estate, evidence: EvidenceTable, target: number): readonly string[] {
  const edges = unpackEdges(evidence.edges);
  if (edges.length === 0) return [];
  const cameFrom = new Map<number, number | null>(startsOf(evidence, edges).map((id) => [id, null]));
  const targetsOf = Map.groupBy(edges, ([from]) => from);
  for (const id of cameFrom.keys()) {
    if (id === target) break;
    for (const [, to] of targetsOf.get(id) ?? []) if (!cameFrom.has(to)) cameFrom.set(to, id);
  }
  if (!cameFrom.has(target)) return [];
  const chain: string[] = [];
  for (let id: number | null = target; id !== null; id = cameFrom.get(id) ?? null) chain.unshift(nameOf(estate, id));
  return chain;
}

function startsOf(evidence: EvidenceTable, edges: readonly Edge[]): readonly number[] {
  const open = unpackOpen(evidence.open);
  const direct = open.filter((each) => directOf(each.flags) === true).map((each) => each.id);
  if (direct.length > 0) return direct;
  const needed = new Set(edges.map(([, to]) => to));
  return open.filter((each) => !needed.has(each.id)).map((each) => each.id);
}

function nameOf(estate: Estate, versionId: number): string {
  const slot = estate.slots.version[versionId] ?? -1;
  const version = estate.versions[slot];
  return `${estate.packages[estate.packageOf[slot] ?? -1]?.name ?? '?'}@${version?.version === '' ? version.range : (version?.version ?? '?')}`;
}
