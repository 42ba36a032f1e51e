import type { Estate, EstateEvidence } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { licenceClaims } from '#estate/questions/licence-claims.ts';
import { mergedFlags, directOf, scopeOf } from '#language/packed/flags.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import { purlOf } from '#language/purl.ts';
import { storedJson } from '#language/readers/json.ts';
import { licenceKindOf } from '#model/licence.ts';
import type { Problem } from '#model/problem.ts';
import type { SbomCompleteness, SbomComponent } from '#model/sbom.ts';
import type { SbomNote } from '#reports/sbom/sbom-writer.ts';
import type { Context } from '../context.ts';
import { isDevelopmentOnly } from '../licences/estate-verdicts.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';
import { detailsInFile, keyOfPackage, type FileDetails, type PackageDetails } from './file-details.ts';

/** What one component uses, with all that its files say of it, in an order that hangs on nothing but names. Indexes are into `components`. */
export type ComponentInventory = {
  /** `parent` is null, and refs are unique among these only. */
  readonly components: readonly SbomComponent[];
  readonly notes: readonly (readonly SbomNote[])[];
  /** What the component itself names; null where no file tells. */
  readonly direct: readonly number[] | null;
  readonly dependencies: readonly (readonly [from: number, to: number])[];
  /** Whose dependencies a file states, also where they are none. */
  readonly stated: readonly number[];
  readonly completeness: SbomCompleteness;
  /** Why it is incomplete, a sentence each. */
  readonly gaps: readonly string[];
  readonly lifecycles: readonly string[];
  /** What an SBOM says that it describes; null without one, or when several do. */
  readonly subject: SbomComponent | null;
  /** Unix milliseconds; null when nothing was observed. */
  readonly validAt: number | null;
};

/** Which part of a component is meant: `sbom` is the place of the one SBOM to look at, null for all; `isShipped` leaves out what is only used to build and test. */
export type InventoryWanted = { readonly component: number; readonly sbom: string | null; readonly isShipped: boolean };

/** From what an inventory is told. `day` is the UTC day at whose end the estate stands; null is now. */
export type InventoryGiven = {
  readonly context: Pick<Context, 'store' | 'gateway'>;
  readonly estate: Estate;
  readonly judge: LicenceJudge;
  readonly day: number | null;
};

const placesNamed = 10;
const gapsNamed = 20;

/** What a component uses; kept bytes are read again for what no inventory holds: hashes, suppliers, copyrights. */
export async function componentInventory(given: InventoryGiven, { component, sbom, isShipped }: InventoryWanted): Promise<ComponentInventory> {
  const { estate } = given;
  const evidences = evidencesOf(estate, component).flatMap((slot) => estate.evidence[slot] ?? []);
  const looked = sbom === null ? evidences : evidences.filter(({ kind, path }) => kind === 'sbom' && path === sbom);
  const used = usedIn(estate, looked, isShipped);
  const details: FileDetails[] = [];
  for (const evidence of looked) details.push(await detailsInFile(given.context, evidence, given.day));
  const indexOf = new Map(used.map(({ key }, index) => [key, index]));
  const { dependencies, stated, direct } = graphOf(details, indexOf);
  const known = mergedDetails(details);
  const gaps = gapsOf(given, component, looked, details, used);
  const subjects = details.flatMap(({ subject }) => subject ?? []);
  const [subject = null] = subjects;
  return {
    components: used.map((each) => componentOf(given, each, known.get(each.key))),
    notes: used.map(({ places }) => places.slice(0, placesNamed).map((value) => ({ name: 'guildhall:source', value }))),
    direct:
      direct ?? (used.some(({ flags }) => directOf(flags) !== null) ? used.flatMap(({ flags }, at) => (directOf(flags) === true ? [at] : [])) : null),
    dependencies,
    stated,
    completeness: gaps.length > 0 ? 'incomplete' : completenessOf(details),
    gaps: gaps.slice(0, gapsNamed),
    lifecycles: [...new Set(details.flatMap(({ lifecycles }) => lifecycles))].sort(),
    subject: subjects.length === 1 ? subject : null,
    validAt: looked.length === 0 ? null : Math.max(...looked.map(({ valid_at: at }) => at)),
  };
}

type Used = { readonly key: string; readonly version: number; flags: number; readonly places: string[] };

/** What is in use, each package version once; a range is left out where something says the version. */
function usedIn(estate: Estate, evidences: readonly EstateEvidence[], isShipped: boolean): readonly Used[] {
  const found = new Map<number, Used>();
  for (const { kind, path, open } of evidences) {
    const columns = unpackOpenColumns(open);
    for (let at = 0; at < columns.count; at += 1) {
      const version = estate.slots.version[columns.ids[at] ?? 0] ?? -1;
      const flags = columns.flags[at] ?? 0;
      if (version === -1) continue;
      const known = found.get(version);
      if (known === undefined) found.set(version, { key: keyOfVersion(estate, version), version, flags, places: [`${kind} ${path}`] });
      else {
        known.flags = mergedFlags(known.flags, flags);
        known.places.push(`${kind} ${path}`);
      }
    }
  }
  const shipped = [...found.values()].filter(({ flags }) => !isShipped || !isDevelopmentOnly(flags));
  const resolved = new Set(shipped.flatMap(({ version }) => (estate.versions[version]?.version === '' ? [] : [estate.packageOf[version] ?? 0])));
  return shipped
    .filter(({ version }) => estate.versions[version]?.version !== '' || !resolved.has(estate.packageOf[version] ?? 0))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keyOfVersion(estate: Estate, version: number): string {
  const holder = estate.packages[estate.packageOf[version] ?? 0];
  const { version: text = '', range = '' } = estate.versions[version] ?? {};
  return keyOfPackage(holder?.ecosystem ?? '', holder?.name ?? '', text === '' ? null : text, range);
}

function graphOf(
  details: readonly FileDetails[],
  indexOf: ReadonlyMap<string, number>,
): Pick<ComponentInventory, 'dependencies' | 'stated' | 'direct'> {
  const dependencies = new Map<string, readonly [number, number]>();
  const stated = new Set<number>();
  const direct = new Set<number>();
  for (const { keys, edges, isDirect } of details) {
    const at = keys.map((key) => indexOf.get(key));
    for (const [from, to] of edges) {
      const pair = [at[from], at[to]];
      if (pair[0] === undefined || pair[1] === undefined || pair[0] === pair[1]) continue;
      dependencies.set(`${String(pair[0])} ${String(pair[1])}`, [pair[0], pair[1]]);
    }
    // A file that has edges has all of them: what has none in it uses nothing.
    if (edges.length > 0) for (const index of at) if (index !== undefined) stated.add(index);
    isDirect.forEach((each, index) => {
      const place = at[index];
      if (each === true && place !== undefined) direct.add(place);
    });
  }
  return {
    dependencies: [...dependencies.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    stated: [...stated].sort((a, b) => a - b),
    direct: details.some(({ isDirect }) => isDirect.some((each) => each !== null)) ? [...direct].sort((a, b) => a - b) : null,
  };
}

/** What files say of each package; where two say something of the same, the more trusted one first. */
function mergedDetails(details: readonly FileDetails[]): ReadonlyMap<string, PackageDetails> {
  const merged = new Map<string, PackageDetails>();
  for (const { packages } of details) {
    for (const [key, each] of packages) {
      const known = merged.get(key);
      merged.set(key, known === undefined ? each : { ...each, ...known, hashes: known.hashes.length > 0 ? known.hashes : each.hashes });
    }
  }
  return merged;
}

function componentOf({ estate, judge }: InventoryGiven, { version, flags }: Used, details: PackageDetails | undefined): SbomComponent {
  const holder = estate.packages[estate.packageOf[version] ?? 0];
  const [ecosystem, name] = [holder?.ecosystem ?? '', holder?.name ?? ''];
  const { version: text = '', range = '' } = estate.versions[version] ?? {};
  const plain = ecosystem === '' ? null : purlOf(ecosystem, name, text === '' ? null : text);
  const purl = details?.purl ?? plain;
  const said = licenceClaims(estate, version).filter(({ source }) => licenceKindOf(source) === 'declared');
  const concluded = judge.conclusionOf(ecosystem, name, text);
  const { type, cpes = [], supplier = null, authors = [], copyright = null, description = null, hashes = [], links = [] } = details ?? {};
  return {
    ref: text === '' ? `${plain ?? name} ${range}`.trim() : (purl ?? `${name}@${text}`),
    type: type ?? 'library',
    ecosystem: ecosystem === '' ? null : ecosystem,
    name,
    version: text === '' ? null : text,
    range: text === '' && range !== '' ? range : null,
    purl,
    cpes,
    scope: scopeOf(flags),
    supplier,
    authors,
    copyright,
    description,
    licences: { declared: [...new Set(said.flatMap((each) => each.said))], concluded: concluded === null ? [] : [concluded.licence] },
    hashes,
    links,
    parent: null,
  };
}

/** Why what is told is not all there is, as far as the office knows. */
function gapsOf(
  { estate }: InventoryGiven,
  component: number,
  evidences: readonly EstateEvidence[],
  details: readonly FileDetails[],
  used: readonly Used[],
): readonly string[] {
  const holder = estate.components[component];
  const failed = evidences.filter(({ problems }) => (storedJson(problems) as readonly Problem[]).some(({ severity }) => severity === 'error'));
  const ranges = used.filter(({ version }) => estate.versions[version]?.version === '').length;
  return [
    ...(evidences.length === 0 ? ['No lockfile, manifest or SBOM of it was read.'] : []),
    ...(holder?.stale_since == null ? [] : [`Its source could not be read since ${dayOf(holder.stale_since)}.`]),
    ...evidences.flatMap(({ path, stale_since: since }) => (since === null ? [] : [`${path} could not be read since ${dayOf(since)}.`])),
    ...failed.map(({ path }) => `Part of ${path} could not be read.`),
    ...details.flatMap(({ gap }) => gap ?? []),
    ...(evidences.length > 0 && evidences.every(({ kind }) => kind === 'manifest')
      ? ['Only manifests were read: what they bring in is not known.']
      : []),
    ...(ranges === 0 ? [] : [`Of ${String(ranges)} packages only a range is known.`]),
  ];
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Complete only where each file says all that it brings in: a lockfile with its edges, an SBOM that says so itself. */
function completenessOf(details: readonly FileDetails[]): SbomCompleteness {
  return details.some(({ completeness }) => completeness === 'incomplete')
    ? 'incomplete'
    : details.every(({ completeness }) => completeness === 'complete')
      ? 'complete'
      : 'unknown';
}
