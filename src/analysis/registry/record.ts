import { schemeOf } from '#language/scheme-of.ts';
import type { ParsedVersion } from '#language/version-scheme.ts';
import type {
  DeclaredLicence,
  PackageWarning,
  RegistryAnswer,
  RegistryAsk,
  RegistryProtocol,
  RegistryRecord,
  RegistryVersion,
  VersionWarning,
} from '#model/registry.ts';
import { isPreRelease } from '../upgrades/smallest-safe.ts';

/** What is known of a package while its answers come in. */
export type GrowingRecord = {
  readonly versions: ReadonlyMap<string, RegistryVersion>;
  readonly saidLatest: string | null;
  readonly warning: PackageWarning | null;
  readonly repository: string | null;
};

/** What was known before; nothing for a package never asked about. */
export function growingOf(record: RegistryRecord | null): GrowingRecord {
  if (record === null) return { versions: new Map(), saidLatest: null, warning: null, repository: null };
  const versions = record.versions.map(([version, released, licences, warning]): [string, RegistryVersion] => [
    version,
    {
      version,
      ...(released === null ? {} : { released }),
      ...(licences === null ? {} : { licences: record.licences[licences] ?? [] }),
      warning: warning === null ? null : (record.warnings[warning] ?? null),
    },
  ]);
  return { versions: new Map(versions), saidLatest: record.latest, warning: record.warning, repository: record.repository };
}

/** Adds what an answer says. What a whole list names no more is kept, as removed: that it was there is a fact. */
export function withAnswer(growing: GrowingRecord, answer: RegistryAnswer, ecosystem: string): GrowingRecord {
  const versions = new Map(growing.versions);
  const listed = new Set(answer.versions.map((each) => each.version));
  for (const given of answer.versions) {
    const before = versions.get(given.version);
    const isBack = answer.isWhole && before?.warning?.kind === 'removed';
    versions.set(given.version, { ...before, ...(isBack ? { warning: null } : {}), ...given });
  }
  if (answer.isWhole) {
    for (const [version, before] of versions)
      if (!listed.has(version)) versions.set(version, { ...before, warning: { kind: 'removed', reason: before.warning?.reason ?? null } });
  }
  if (answer.retracted !== undefined) {
    const compare = schemeOf(ecosystem)?.compare ?? (() => null);
    for (const [version, before] of versions) {
      const hit = answer.retracted.find(({ from, until }) => (compare(version, from) ?? -1) >= 0 && (compare(version, until) ?? 1) <= 0);
      if (hit !== undefined) versions.set(version, { ...before, warning: { kind: 'retracted', reason: hit.reason } });
      else if (before.warning?.kind === 'retracted') versions.set(version, { ...before, warning: null });
    }
  }
  return {
    versions,
    saidLatest: answer.latest === undefined ? growing.saidLatest : answer.latest,
    warning: answer.warning === undefined ? growing.warning : answer.warning,
    repository: answer.repository === undefined ? growing.repository : (answer.repository ?? growing.repository),
  };
}

/** What is still to be asked about the versions in use and the latest, of which date or licence is not known yet. */
export function stillToAsk(protocol: RegistryProtocol, name: string, growing: GrowingRecord, used: readonly string[]): readonly RegistryAsk[] {
  const latest = latestOf(growing, protocol.ecosystem);
  const wanted = new Set([...used, ...(latest === null ? [] : [latest])]);
  return [...wanted].flatMap((version) => {
    const known = growing.versions.get(version);
    const isKnown = known?.warning?.kind === 'removed' || (known?.licences !== undefined && known.released !== undefined);
    return isKnown ? [] : protocol.about(name, version);
  });
}

/** The record as it is kept: the same knowledge always gives the same canonical JSON. */
export function recordOf(protocol: RegistryProtocol, name: string, registry: string, growing: GrowingRecord): RegistryRecord {
  const { ecosystem } = protocol;
  const licences = new Places<readonly DeclaredLicence[]>();
  const warnings = new Places<VersionWarning>();
  const versions = inOrder(ecosystem, [...growing.versions.values()]).map((each): RegistryRecord['versions'][number] => [
    each.version,
    each.released ?? null,
    each.licences === undefined ? null : licences.of(each.licences),
    each.warning == null ? null : warnings.of(each.warning),
  ]);
  return {
    layout: 1,
    ecosystem,
    name,
    registry,
    readBy: `${protocol.id}@${String(protocol.version)}`,
    latest: latestOf(growing, ecosystem),
    warning: growing.warning,
    repository: growing.repository,
    licences: licences.values,
    warnings: warnings.values,
    versions,
  };
}

class Places<T> {
  readonly values: T[] = [];
  readonly #known = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value);
    let place = this.#known.get(key);
    if (place === undefined) this.#known.set(key, (place = this.values.push(value) - 1));
    return place;
  }
}

/** The version that the registry calls the latest, if it still stands; else the highest one that is finished and not warned of. */
function latestOf({ versions, saidLatest }: GrowingRecord, ecosystem: string): string | null {
  const isGood = (version: string): boolean => {
    const warning = versions.get(version)?.warning ?? null;
    return versions.has(version) && (warning === null || warning.kind === 'deprecated');
  };
  if (saidLatest !== null && isGood(saidLatest) && !isUnfinished(ecosystem, saidLatest)) return saidLatest;
  const scheme = schemeOf(ecosystem);
  let best: { readonly version: string; readonly parsed: ParsedVersion } | null = null;
  for (const version of versions.keys()) {
    if (!isGood(version) || isUnfinished(ecosystem, version)) continue;
    const parsed = scheme?.parse(version) ?? null;
    if (parsed !== null && (best === null || (scheme?.order(parsed, best.parsed) ?? 0) > 0)) best = { version, parsed };
  }
  // A module without tags, or a package of pre-releases only: then what the registry itself calls the latest.
  return best?.version ?? (saidLatest !== null && isGood(saidLatest) ? saidLatest : null);
}

const hyphenated: ReadonlySet<string> = new Set(['npm', 'crates.io', 'Go', 'NuGet']);

/** Whether a version is a pre-release: by its words, or by the hyphen where that is the rule. */
export function isUnfinished(ecosystem: string, version: string): boolean {
  if (isPreRelease(version)) return true;
  if (ecosystem === 'RubyGems') return /[a-z]/i.test(version);
  return hyphenated.has(ecosystem) && (version.split('+')[0] ?? '').includes('-');
}

function inOrder(ecosystem: string, versions: readonly RegistryVersion[]): readonly RegistryVersion[] {
  const scheme = schemeOf(ecosystem);
  return versions
    .map((each) => ({ each, parsed: scheme?.parse(each.version) ?? null }))
    .sort((a, b) => {
      if (a.parsed === null || b.parsed === null)
        return Number(a.parsed === null) - Number(b.parsed === null) || (a.each.version < b.each.version ? -1 : 1);
      return scheme?.order(a.parsed, b.parsed) || (a.each.version < b.each.version ? -1 : 1);
    })
    .map(({ each }) => each);
}
