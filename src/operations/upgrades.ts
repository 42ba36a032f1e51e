import { advisedPackage, type AdvisedPackage, type UpgradeRecord } from '#analysis/upgrades/advised-package.ts';
import { jumpOf, type Jump } from '#analysis/upgrades/jump.ts';
import { inVersionOrder, isPreRelease, smallestSafe, type SafeUpgrade } from '#analysis/upgrades/smallest-safe.ts';
import type { Estate } from '#estate/estate.ts';
import { noCounts, type LevelCounts } from '#estate/questions/findings.ts';
import { packageLoads, versionsSeenInUse, type LeverageScope, type PackageLoad } from '#estate/questions/leverage.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Store } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';
import { licenceFails } from './licences/licence-fails.ts';
import type { LicenceJudge } from './licences/licence-judge.ts';
import { purlOfPackage } from './ask-estate.ts';

/** "Raising X to Y in these n components closes m findings." */
export type Upgrade = {
  /** Without version. */
  readonly purl: string;
  readonly ecosystem: string;
  readonly name: string;
  /** Versions in use that an advisory hits, in version order; only those of the scope. */
  readonly from: readonly string[];
  /** The smallest safe upgrade among versions known here: those that advisories call fixed and those in use. Null when none is known. */
  readonly to: string | null;
  /** Why there is none; null when there is one. */
  readonly reason: string | null;
  /** The largest jump that a component makes; null without an upgrade, or where the versions have no leading numbers. */
  readonly jump: Jump | null;
  /** True when no release would do. */
  readonly isPreRelease: boolean;
  /** Components with such findings. */
  readonly components: number;
  /** Open findings of the package in the scope; the upgrade closes all of them. */
  readonly findings: LevelCounts;
  /** How many it closes: all, or none without an upgrade. */
  readonly closes: number;
  /** What it closes by what it costs, for sorting; 0 without an upgrade. See `leverageOf`. */
  readonly leverage: number;
};

const jumpWeight = { patch: 1, minor: 2, major: 3 } as const;
const criticalWeight = 5;

/**
 * Findings closed, a critical counting as five, by effort: the weight of the jump (patch 1, minor 2, major or unknown 3) times the square root
 * of the components, since raising the same package the second time is less work than the first.
 */
export function leverageOf(closes: number, criticals: number, jump: Jump | null, components: number): number {
  return (closes + (criticalWeight - 1) * criticals) / (jumpWeight[jump?.size ?? 'major'] * Math.sqrt(Math.max(1, components)));
}

/** What to raise in a component, for a team or in the whole estate, most leverage first; packages without a known fix last, most findings first. */
export async function upgradesOf(
  store: Store,
  estate: Estate,
  visibility: Visibility,
  scope: LeverageScope,
  licences: LicenceJudge,
): Promise<readonly Upgrade[]> {
  const loads = packageLoads(estate, visibility, scope);
  const advised = await advisedPackages(
    store,
    estate,
    loads.map((each) => each.package),
  );
  const upgrades = loads.flatMap((load) => {
    const records = advised.get(load.package);
    return records === undefined ? [] : [upgradeOf({ estate, visibility, scope, licences }, load, records)];
  });
  return upgrades.sort(
    (a, b) => b.leverage - a.leverage || b.closes - a.closes || sumOf(b.findings) - sumOf(a.findings) || (a.purl < b.purl ? -1 : 1),
  );
}

type Given = { readonly estate: Estate; readonly visibility: Visibility; readonly scope: LeverageScope; readonly licences: LicenceJudge };

function upgradeOf({ estate, visibility, scope, licences }: Given, load: PackageLoad, advised: AdvisedPackage): Upgrade {
  const holder = estate.packages[load.package];
  const { ecosystem = '', name = '' } = holder ?? {};
  const scheme = schemeOf(ecosystem);
  const affected = [...new Set(load.affected.map((version) => estate.versions[version]?.version ?? ''))];
  const fails = licenceFails(estate, visibility, scope, licences, { packageSlot: load.package, used: load.affected });
  const safe = smallestSafe(advised, scheme, affected, versionsSeenInUse(estate, visibility, load.package), fails);
  const from = safe.kind === 'no-order' ? affected.sort() : inVersionOrder(scheme, affected);
  const to = safe.kind === 'upgrade' ? safe.to : null;
  const jump = to === null ? null : jumpOf(from[0] ?? '', to);
  const findings = noCounts();
  severityLevels.forEach((level, at) => (findings[level] = load.findings[at] ?? 0));
  const closes = to === null ? 0 : sumOf(findings);
  return {
    purl: purlOfPackage(ecosystem, name),
    ecosystem,
    name,
    from,
    to,
    reason: whyNone(safe),
    jump,
    isPreRelease: to !== null && isPreRelease(to),
    components: load.components,
    findings,
    closes,
    leverage: closes === 0 ? 0 : leverageOf(closes, findings.critical, jump, load.components),
  };
}

function whyNone(safe: SafeUpgrade): string | null {
  switch (safe.kind) {
    case 'upgrade':
      return null;
    case 'none-known':
      return 'No fix known: no advisory names a fixed version above those in use, and none is in use here.';
    case 'all-affected':
      return `No fix known: ${safe.against.slice(0, 3).join(', ')} ${safe.against.length === 1 ? 'hits' : 'hit'}, or may hit, every later version known here.`;
    case 'licence-fails':
      return `No fix that may be used: ${safe.to} is under ${safe.licence}, which the IP policy does not allow where the package is used.`;
    case 'no-order':
      return 'Unknown: the versions in use cannot be put in order.';
    default:
      return safe satisfies never;
  }
}

type Kept = { readonly recordsTaken: number; readonly packages: Map<number, AdvisedPackage> };
const kept = new WeakMap<Estate, Kept>();

/** What standing records say of packages, kept until records change: it takes reading their bodies from the store. */
async function advisedPackages(store: Store, estate: Estate, packages: readonly number[]): Promise<ReadonlyMap<number, AdvisedPackage>> {
  let known = kept.get(estate);
  if (known?.recordsTaken !== estate.recordsTaken) kept.set(estate, (known = { recordsTaken: estate.recordsTaken, packages: new Map() }));
  const held = known.packages;
  const missing = packages.filter((slot) => !held.has(slot));
  if (missing.length === 0) return held;
  const records = await recordsNaming(store, estate, missing);
  for (const slot of missing) {
    const holder = estate.packages[slot];
    if (holder !== undefined) held.set(slot, advisedPackage(holder.ecosystem, holder.name_key, records.get(slot) ?? []));
  }
  return held;
}

/** The records that name packages, by package slot; those that were withdrawn are left out. */
async function recordsNaming(store: Store, estate: Estate, packages: readonly number[]): Promise<ReadonlyMap<number, readonly UpgradeRecord[]>> {
  const slotsOfKey = new Map<string, number[]>();
  for (const slot of packages) {
    const { ecosystem = '', name_key: nameKey = '' } = estate.packages[slot] ?? {};
    for (const each of new Set([ecosystem, ecosystem.split(':')[0] ?? ''])) {
      const key = `${each}\0${nameKey}`;
      slotsOfKey.set(key, [...(slotsOfKey.get(key) ?? []), slot]);
    }
  }
  return store.snapshot(async (reads) => {
    const keys = [...slotsOfKey.keys()].map((key) => ({ ecosystem: key.slice(0, key.indexOf('\0')), nameKey: key.slice(key.indexOf('\0') + 1) }));
    const naming = await reads.advisoriesNaming(keys);
    const slotsOfRecord = new Map<number, Set<number>>();
    for (const each of naming) {
      const slots = slotsOfRecord.get(each.advisory_id) ?? new Set();
      for (const slot of slotsOfKey.get(`${each.ecosystem}\0${each.name_key}`) ?? []) slots.add(slot);
      slotsOfRecord.set(each.advisory_id, slots);
    }
    const found = new Map<number, UpgradeRecord[]>();
    for await (const page of reads.loadAdvisories({ ids: [...slotsOfRecord.keys()] })) {
      for (const row of page) {
        if (row.withdrawn !== null) continue;
        const record = { id: row.record, affected: advisoryBodyOf(row).versions.at(-1)?.affected ?? [] };
        for (const slot of slotsOfRecord.get(row.id) ?? []) found.set(slot, [...(found.get(slot) ?? []), record]);
      }
    }
    return found;
  });
}

function sumOf(findings: LevelCounts): number {
  return severityLevels.reduce((sum, level) => sum + findings[level], 0);
}
