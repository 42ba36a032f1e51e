import { coversEcosystem } from '#language/ecosystem-scope.ts';
import { compileAffected, type CompiledAffected } from '#language/osv-range.ts';
import { packageKey } from '#language/package-key.ts';
import { readJsonText } from '#language/readers/json.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { AdvisoryRange, AffectedPackage } from '#model/advisory.ts';
import { judgePackage, type PackageJudgement } from './judge-package.ts';

/** What the index needs of a record; an `Advisory` is one. */
export type IndexedRecord = {
  readonly id: string;
  /** Null means it stands. */
  readonly withdrawn: string | null;
  readonly affected: readonly AffectedPackage[];
};

/** A package version and a record that names it. */
export type Match = PackageJudgement & { readonly recordId: string };

/** All standing records by the packages they name; made by `emptyIndex`, filled by `putAdvisory`. */
export type AdvisoryIndex = {
  readonly byPackage: Map<string, Shelf>;
  readonly byRecord: Map<string, readonly Shelf[]>;
};

/** The records that name one package, by id. */
type Shelf = { readonly key: string; readonly entries: Entry[] };

/** What one record says of one package: as text until somebody asks, since most of 250,000 records are about packages nobody here uses. */
type Entry = { readonly recordId: string; held: string | readonly Part[] };

type Part = CompiledAffected & { readonly ecosystem: string };
type PackedPart = readonly [ecosystem: string, ranges: readonly AdvisoryRange[], versions: readonly string[]];

/** An index without records. */
export function emptyIndex(): AdvisoryIndex {
  return { byPackage: new Map(), byRecord: new Map() };
}

/** Takes in a record, in the place of what the index held under its id. A withdrawn record matches nothing. */
export function putAdvisory(index: AdvisoryIndex, record: IndexedRecord): void {
  dropAdvisory(index, record.id);
  if (record.withdrawn !== null) return;
  const shelves: Shelf[] = [];
  for (const [key, parts] of partsByPackage(record)) {
    const shelf = index.byPackage.get(key) ?? { key, entries: [] };
    index.byPackage.set(shelf.key, shelf);
    const after = shelf.entries.findIndex((entry) => entry.recordId > record.id);
    shelf.entries.splice(after === -1 ? shelf.entries.length : after, 0, { recordId: record.id, held: JSON.stringify(parts) });
    shelves.push(shelf);
  }
  if (shelves.length > 0) index.byRecord.set(record.id, shelves);
}

/** Forgets a record; one that is not there is no error. */
export function dropAdvisory(index: AdvisoryIndex, recordId: string): void {
  for (const shelf of index.byRecord.get(recordId) ?? []) {
    const at = shelf.entries.findIndex((entry) => entry.recordId === recordId);
    if (at !== -1) shelf.entries.splice(at, 1);
    if (shelf.entries.length === 0) index.byPackage.delete(shelf.key);
  }
  index.byRecord.delete(recordId);
}

/**
 * The records that affect a package version, or may, by record id. A null version is known only as a range: all that name the package may.
 * An ecosystem without its suffix (`Debian`) asks for every suffix of it.
 */
export function matchesOf(index: AdvisoryIndex, ecosystem: string, name: string, version: string | null): readonly Match[] {
  const shelf = index.byPackage.get(keyOf(ecosystem, name));
  if (shelf === undefined) return [];
  const matches: Match[] = [];
  for (const entry of shelf.entries) {
    const judgement = judgePackage(partsWithin(entry, ecosystem), version);
    if (judgement === null) continue;
    const { kind, by, range, fixedIn } = judgement;
    matches.push({ recordId: entry.recordId, kind, by, range, fixedIn });
  }
  return matches;
}

function partsWithin(entry: Entry, ecosystem: string): readonly Part[] {
  const parts = partsOf(entry);
  return parts.every((part) => coversEcosystem(part.ecosystem, ecosystem))
    ? parts
    : parts.filter((part) => coversEcosystem(part.ecosystem, ecosystem));
}

function keyOf(ecosystem: string, name: string): string {
  return `${baseOf(ecosystem)}\n${packageKey(ecosystem, name)}`;
}

/** Ecosystem without its suffix: `Debian` of `Debian:12`. */
function baseOf(ecosystem: string): string {
  const colon = ecosystem.indexOf(':');
  return colon === -1 ? ecosystem : ecosystem.slice(0, colon);
}

function partsByPackage(record: IndexedRecord): ReadonlyMap<string, readonly PackedPart[]> {
  const byPackage = new Map<string, PackedPart[]>();
  for (const { ecosystem, name, ranges, versions } of record.affected) {
    const key = keyOf(ecosystem, name);
    const part: PackedPart = [ecosystem, ranges.filter((range) => range.type !== 'GIT'), versions];
    const parts = byPackage.get(key);
    if (parts === undefined) byPackage.set(key, [part]);
    else parts.push(part);
  }
  return byPackage;
}

function partsOf(entry: Entry): readonly Part[] {
  if (typeof entry.held !== 'string') return entry.held;
  const text = readJsonText(entry.held);
  if (!text.ok) throw new Error(`The advisory index holds text of its own for ${entry.recordId} that it cannot read. Please report this.`);
  const packed = text.value as readonly PackedPart[];
  const parts = packed.map(([ecosystem, ranges, versions]) => {
    const compiled = compileAffected({ ecosystem, name: '', ranges, versions }, schemeOf(ecosystem));
    return { ecosystem, judge: (version: string) => compiled.judge(version) };
  });
  entry.held = parts;
  return parts;
}
