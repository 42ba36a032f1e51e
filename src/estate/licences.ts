import { asArray, asString, storedJson } from '#language/readers/json.ts';
import { licenceSources, type LicenceClaim, type LicenceSource } from '#model/licence.ts';
import type { LicenceClaimRow } from './rows.ts';

/**
 * What is said of the licence of each package version: the number of an interned set of claims by version slot, 0 where nobody says anything. The sets are
 * few, so that whatever judges licences judges sets.
 */
export type LicenceColumns = {
  setOf: Uint32Array;
  readonly sets: (readonly LicenceClaim[])[];
  readonly setByKey: Map<string, number>;
  /** 1 where what a registry says of the package slot was taken; it is, once somebody asks. */
  registryTaken: Uint8Array;
  /** Rises whenever something was said, so that what is made of it can be kept until then. */
  taken: number;
};

/** Nobody says anything. */
export function noLicences(): LicenceColumns {
  return { setOf: new Uint32Array(0), sets: [[]], setByKey: new Map([['[]', 0]]), registryTaken: new Uint8Array(0), taken: 0 };
}

/** What is said of a version slot; empty: nothing. */
export function claimsOf(licences: LicenceColumns, version: number): readonly LicenceClaim[] {
  return licences.sets[licences.setOf[version] ?? 0] ?? [];
}

/** Says that a package has new versions, or its registry something new to say. */
export function askRegistryAgain(licences: LicenceColumns, packageSlot: number): void {
  if (licences.registryTaken[packageSlot] !== 1) return;
  licences.registryTaken[packageSlot] = 0;
  licences.taken += 1;
}

const fromFiles: ReadonlySet<LicenceSource> = new Set(['lockfile', 'manifest', 'sbom']);

/** Replaces what files say of package versions; `slotOf` gives the slot of a stored version, -1 for one that is not here. Rows of one version come together. */
export function putFileClaims(licences: LicenceColumns, slotOf: (id: number) => number, rows: readonly LicenceClaimRow[]): void {
  for (let from = 0; from < rows.length;) {
    const id = rows[from]?.package_version_id ?? 0;
    let until = from;
    while (rows[until]?.package_version_id === id) until += 1;
    const slot = slotOf(id);
    if (slot !== -1) {
      const others = claimsOf(licences, slot).filter((claim) => !fromFiles.has(claim.source));
      setClaims(licences, slot, [...rows.slice(from, until).map(claimOf), ...others]);
    }
    from = until;
  }
}

/** Replaces what one source says of a version slot; none takes it back. */
export function putClaims(licences: LicenceColumns, slot: number, source: LicenceSource, said: readonly (readonly string[])[]): void {
  const others = claimsOf(licences, slot).filter((claim) => claim.source !== source);
  setClaims(licences, slot, [...others, ...said.filter((each) => each.length > 0).map((each) => ({ source, said: each }))]);
}

function setClaims(licences: LicenceColumns, slot: number, claims: readonly LicenceClaim[]): void {
  const sorted = [...claims].sort((a, b) => licenceSources.indexOf(a.source) - licenceSources.indexOf(b.source));
  const key = JSON.stringify(sorted.map(({ source, said }) => [source, ...said]));
  let set = licences.setByKey.get(key);
  if (set === undefined) licences.setByKey.set(key, (set = licences.sets.push(sorted) - 1));
  if (slot >= licences.setOf.length) {
    const larger = new Uint32Array(Math.max(1024, Math.ceil((slot + 1) * 1.5)));
    larger.set(licences.setOf);
    licences.setOf = larger;
  }
  if (licences.setOf[slot] === set) return;
  licences.setOf[slot] = set;
  licences.taken += 1;
}

const parsed = new Map<string, readonly string[]>();
const keptTexts = 50_000;

/** Most texts come again and again. */
function claimOf({ source, said }: LicenceClaimRow): LicenceClaim {
  let texts = parsed.get(said);
  if (texts === undefined) {
    texts = asArray(storedJson(said)).flatMap((text) => asString(text) ?? []);
    if (parsed.size > keptTexts) parsed.clear();
    parsed.set(said, texts);
  }
  return { source, said: texts };
}
