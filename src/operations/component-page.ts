import { storedJson } from '#language/readers/json.ts';
import type { Estate } from '#estate/estate.ts';
import { conflictsOf, evidencesOf } from '#estate/questions/inventory.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Problem } from '#model/problem.ts';
import type { Store, StoredReceipt, StoreReads } from '#store/store.ts';
import { purlOfPackage } from './ask-estate.ts';
import { componentFacts } from './component-facts.ts';
import type { EvidenceKind } from './explain-facts.ts';
import { isoOf } from './finding-view.ts';
import { receiptView, type ReceiptView } from './receipt-view.ts';
import { shownBy } from './shown-by.ts';

/** One thing that is said of a component: the value in use and what each source says, winner first. */
export type FactRow = {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly sources: readonly {
    readonly source: string;
    readonly value: string;
    readonly path: string | null;
    readonly line: null;
    readonly readAt: string;
    readonly stale: boolean;
  }[];
  readonly rule: string | null;
};

/** One lockfile, manifest or SBOM of a component, and what it rests on. */
export type EvidenceRowView = {
  readonly kind: EvidenceKind;
  readonly path: string;
  readonly format: string | null;
  readonly formatVersion: number | null;
  readonly readAt: string | null;
  readonly packages: number;
  readonly problems: number;
  readonly staleSince: string | null;
  readonly receipt: string;
  readonly rawHash: string | null;
};

/** A package that two evidences give in different versions. */
export type ConflictView = {
  readonly purl: string;
  readonly name: string;
  readonly versions: readonly {
    readonly version: string | null;
    readonly kind: EvidenceKind;
    readonly path: string;
    readonly staleSince: string | null;
    /** Advisories that hit this version, CVE first; null when the version is not known, or findings may not be seen. */
    readonly opens: readonly string[] | null;
  }[];
  readonly rule: string;
};

/** What the page of a component shows beside the catalogue's row. */
export type ComponentPage = {
  readonly description: string | null;
  readonly formerRefs: readonly string[];
  readonly facts: readonly FactRow[];
  readonly evidences: readonly EvidenceRowView[];
  readonly conflicts: readonly ConflictView[];
  /** Newest first, at most 20. */
  readonly receipts: readonly ReceiptView[];
};

const receiptsShown = 20;
const ownerRule = 'A declaration for the component goes before a rule for its paths.';
const versionRule = 'A lockfile goes before an SBOM and an SBOM before a manifest; every version is judged.';

/** What the page of one component shows; the slot must be one that may be seen, `seen` says whose findings may. */
export async function componentPage(store: Pick<Store, 'snapshot'>, estate: Estate, seen: Visibility, slot: number): Promise<ComponentPage> {
  const component = estate.components[slot];
  if (component === undefined) throw new Error('The page of a component that is not there was asked for.');
  return store.snapshot(async (reads) => {
    const { entity } = componentFacts(component);
    const evidences: EvidenceRowView[] = [];
    for (const each of evidencesOf(estate, slot)) evidences.push(await evidenceView(reads, estate, each));
    return {
      description: entity?.description ?? null,
      formerRefs: [...estate.componentByRef].filter(([ref, holder]) => holder === slot && ref !== component.ref).map(([ref]) => ref),
      facts: factsOf(estate, slot),
      evidences,
      conflicts: conflictViews(estate, slot, isVisible(component, seen)),
      receipts: (await receiptsOf(reads, estate, slot)).map(receiptView),
    };
  });
}

function factsOf(estate: Estate, slot: number): readonly FactRow[] {
  const component = estate.components[slot];
  if (component === undefined) return [];
  const { owners, owner, entity } = componentFacts(component);
  const at = component.confirmed_at ?? component.valid_at ?? 0;
  const said = { line: null, readAt: new Date(at).toISOString(), stale: component.stale_since !== null };
  const owned: FactRow = {
    name: 'owner',
    label: 'Owner',
    value: owner?.team ?? null,
    sources: owners.map((each) => ({ source: each.from, value: each.team, path: each.path, ...said })),
    rule: owners.length > 1 ? ownerRule : null,
  };
  const path = owners.find((each) => each.from === 'catalog-info')?.path ?? null;
  const declared = (['type', 'lifecycle', 'system'] as const).map((name): FactRow => {
    const value = entity?.[name] ?? null;
    const label = name === 'type' ? 'Type' : name === 'lifecycle' ? 'Life cycle' : 'System';
    return { name, label, value, sources: value === null ? [] : [{ source: 'catalog-info', value, path, ...said }], rule: null };
  });
  return [owned, ...declared];
}

async function evidenceView(reads: StoreReads, estate: Estate, slot: number): Promise<EvidenceRowView> {
  const evidence = estate.evidence[slot];
  if (evidence == null) throw new Error('An evidence is gone: ask again, the estate has changed.');
  const shown = await shownBy(reads, evidence);
  return {
    kind: evidence.kind as EvidenceKind,
    path: evidence.path,
    format: shown?.reading == null ? null : shown.reading.format,
    formatVersion: shown?.reading?.format_version ?? null,
    readAt: isoOf(shown?.reading?.read_at ?? null),
    packages: evidence.count,
    problems: (storedJson(evidence.problems) as readonly Problem[]).length,
    staleSince: isoOf(evidence.stale_since),
    receipt: shown?.receipt.publicId ?? '',
    rawHash: shown?.rawHash ?? null,
  };
}

function conflictViews(estate: Estate, slot: number, isJudged: boolean): readonly ConflictView[] {
  return conflictsOf(estate, slot).map(({ package: packageSlot, rows }) => {
    const holder = estate.packages[packageSlot];
    return {
      purl: purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? ''),
      name: holder?.name ?? '',
      versions: rows.map((row) => {
        const version = estate.versions[row.version]?.version ?? '';
        return {
          version: version === '' ? null : version,
          kind: row.evidence.kind as EvidenceKind,
          path: row.evidence.path,
          staleSince: isoOf(row.evidence.stale_since),
          opens: version === '' || !isJudged ? null : opensOf(estate, row.version),
        };
      }),
      rule: versionRule,
    };
  });
}

function opensOf(estate: Estate, version: number): readonly string[] {
  const groups = (estate.matches.get(version) ?? []).filter((match) => match.kind === 'affected').map(({ group }) => estate.groups[group]);
  return [...new Set(groups.map((group) => group?.ids[0] ?? group?.key ?? ''))].sort();
}

/** Observations of the component's own source and of whatever else shows it, newest first. */
async function receiptsOf(reads: StoreReads, estate: Estate, slot: number): Promise<readonly StoredReceipt[]> {
  const component = estate.components[slot];
  const origins = new Set(component === undefined ? [] : [component.origin]);
  for (const each of evidencesOf(estate, slot)) {
    const evidence = estate.evidence[each];
    const receipt = evidence?.path.startsWith('upload:') === true ? await reads.receiptBySeq(evidence.receipt) : null;
    if (receipt !== null) origins.add(receipt.origin);
  }
  const receipts: StoredReceipt[] = [];
  for (const origin of origins) receipts.push(...(await reads.receiptsOf(origin)));
  return receipts.sort((a, b) => b.receivedAt - a.receivedAt || b.seq - a.seq).slice(0, receiptsShown);
}
