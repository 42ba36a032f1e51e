import type { AffectedPackage, AdvisoryRange } from '#model/advisory.ts';
import type { ParsedVersion, VersionScheme } from './version-scheme.ts';
import { semver } from './versions/semver.ts';

/** What an advisory's `affected` entry says of one version. */
export type Judgement =
  | {
      readonly kind: 'affected';
      /** `versions`: the version is listed; `range`: it lies between events. */
      readonly by: 'versions' | 'range';
      /** The range that matched, as in `>=2.0-beta9 <2.15.0`; `=1.2.3` when listed only, `*` for all versions. */
      readonly range: string;
      /** Where the range that matched begins, as written; null when listed only. */
      readonly introduced: string | null;
      /** The least version above this one that fixes it and is not affected itself; null when none is known. */
      readonly fixed: string | null;
      /** Where the range that matched ends, inclusive; null when it ends otherwise or not at all. */
      readonly lastAffected: string | null;
    }
  | { readonly kind: 'not-affected' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** Why nothing can be said: shown as unknown, never as not affected. */
export type UnknownReason =
  /** This build has no order for the ecosystem's versions. */
  | 'no-version-scheme'
  | 'version-not-understood'
  /** A range has an event whose version is none of the scheme, or no `introduced`. */
  | 'range-not-understood'
  /** Neither ranges of versions nor versions are named (commits only, or nothing). */
  | 'no-versions-named';

/** An `affected` entry made ready for many versions. */
export type CompiledAffected = { judge(version: string): Judgement };

/** A stretch of affected versions. */
type Stretch = {
  readonly introduced: string;
  /** Null for `introduced: "0"`, the beginning. */
  readonly from: ParsedVersion | null;
  readonly end: { readonly kind: 'fixed' | 'last_affected' | 'limit'; readonly text: string; readonly version: ParsedVersion } | null;
};

type Fix = { readonly text: string; readonly version: ParsedVersion };

/**
 * The entry made ready by OSV's evaluation algorithm: a listed version is affected, and so is one between `introduced` and what ends it.
 * GIT ranges are left out. Without a scheme, ranges of type SEMVER are still read, since their order is given.
 * https://ossf.github.io/osv-schema/#evaluation
 */
export function compileAffected(affected: AffectedPackage, scheme: VersionScheme | null): CompiledAffected {
  const ranges = affected.ranges.filter((range) => range.type !== 'GIT');
  const order = scheme ?? (ranges.length > 0 && ranges.every((range) => range.type === 'SEMVER') ? semver : null);
  const listed = new Set(affected.versions);
  if (order === null) return { judge: (version) => (listed.has(version) ? listedOnly(version) : unknown('no-version-scheme')) };
  const read = ranges.map((range) => stretchesOf(range, order));
  const stretches = read.flatMap((each) => each ?? []);
  const broken = read.includes(null);
  const names = ranges.length > 0 || listed.size > 0;
  const fixes = fixesOf(stretches, order);
  const isListed = listing(affected.versions, order);
  const isHit = (version: ParsedVersion) => stretches.some((stretch) => holds(stretch, version, order)) || isListed(version);
  return {
    judge(text) {
      const version = order.parse(text);
      if (version === null) return listed.has(text) ? listedOnly(text) : unknown('version-not-understood');
      const stretch = stretches.find((each) => holds(each, version, order));
      if (stretch === undefined && !listed.has(text) && !isListed(version)) {
        if (broken) return unknown('range-not-understood');
        return names ? notAffected : unknown('no-versions-named');
      }
      const lastAffected = stretch?.end?.kind === 'last_affected' ? stretch.end.text : null;
      const fix = lastAffected === null ? fixes.find((each) => order.order(each.version, version) > 0 && !isHit(each.version)) : undefined;
      const by = stretch === undefined ? 'versions' : 'range';
      const range = stretch === undefined ? `=${text}` : rangeText(stretch);
      return { kind: 'affected', by, range, introduced: stretch?.introduced ?? null, fixed: fix?.text ?? null, lastAffected };
    },
  };
}

/** What an entry says of one version; for many versions of one package, compile the entry once. */
export function judge(affected: AffectedPackage, version: string, scheme: VersionScheme | null): Judgement {
  return compileAffected(affected, scheme).judge(version);
}

const notAffected: Judgement = { kind: 'not-affected' };

function listedOnly(version: string): Judgement {
  return { kind: 'affected', by: 'versions', range: `=${version}`, introduced: null, fixed: null, lastAffected: null };
}

function unknown(reason: UnknownReason): Judgement {
  return { kind: 'unknown', reason };
}

function rangeText({ introduced, from, end }: Stretch): string {
  const begin = from === null ? '' : `>=${introduced}`;
  if (end === null) return begin === '' ? '*' : begin;
  const close = `${end.kind === 'last_affected' ? '<=' : '<'}${end.text}`;
  return begin === '' ? close : `${begin} ${close}`;
}

/** The affected stretches of one range, or null when one of its events cannot be read. */
function stretchesOf({ events }: AdvisoryRange, order: VersionScheme): Stretch[] | null {
  const read = events.map((event) => readEvent(event, order));
  if (read.includes(null) || !events.some((event) => 'introduced' in event)) return null;
  const sorted = read.filter((event) => event !== null).sort((a, b) => orderEvents(a, b, order));
  const limits = sorted.filter((event) => event.kind === 'limit');
  const furthest = limits.some((limit) => limit.text === '*') ? undefined : limits.at(-1);
  const stretches: Stretch[] = [];
  let open: { readonly introduced: string; readonly from: ParsedVersion | null } | null = null;
  for (const event of sorted) {
    if (event.kind === 'introduced') {
      open ??= { introduced: event.text, from: event.version };
    } else if (event.kind !== 'limit' && open !== null && event.version !== null) {
      stretches.push({ ...open, end: { kind: event.kind, text: event.text, version: event.version } });
      open = null;
    }
  }
  if (open !== null) stretches.push({ ...open, end: null });
  return furthest?.version ? stretches.flatMap((stretch) => limited(stretch, furthest.text, furthest.version, order)) : stretches;
}

/** An event with its version taken apart; a null version is the beginning of all (`"0"`), or no limit (`"*"`). */
type ReadEvent = { readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit'; readonly text: string; readonly version: ParsedVersion | null };

function readEvent(event: AdvisoryRange['events'][number], order: VersionScheme): ReadEvent | null {
  const [kind, text] = kindAndText(event);
  if ((kind === 'introduced' && text === '0') || (kind === 'limit' && text === '*')) return { kind, text, version: null };
  const version = order.parseBound === undefined ? order.parse(text) : order.parseBound(text);
  return version === null ? null : { kind, text, version };
}

function kindAndText(event: AdvisoryRange['events'][number]): [ReadEvent['kind'], string] {
  if ('introduced' in event) return ['introduced', event.introduced];
  if ('fixed' in event) return ['fixed', event.fixed];
  if ('last_affected' in event) return ['last_affected', event.last_affected];
  return ['limit', event.limit];
}

/** By version; events of the same version stay in the order written. */
function orderEvents(a: ReadEvent, b: ReadEvent, order: VersionScheme): number {
  if (a.version === null || b.version === null) return Number(b.version === null) - Number(a.version === null);
  return order.order(a.version, b.version);
}

function limited(stretch: Stretch, text: string, limit: ParsedVersion | null, order: VersionScheme): Stretch[] {
  if (limit === null) return [stretch];
  if (stretch.from !== null && order.order(stretch.from, limit) >= 0) return [];
  if (stretch.end !== null && order.order(stretch.end.version, limit) < 0) return [stretch];
  return [{ ...stretch, end: { kind: 'limit', text, version: limit } }];
}

function holds({ from, end }: Stretch, version: ParsedVersion, order: VersionScheme): boolean {
  if (from !== null && order.order(version, from) < 0) return false;
  if (end === null) return true;
  const sign = order.order(version, end.version);
  return sign < 0 || (sign === 0 && end.kind === 'last_affected');
}

function fixesOf(stretches: readonly Stretch[], order: VersionScheme): Fix[] {
  const fixes = stretches.flatMap(({ end }) => (end?.kind === 'fixed' ? [{ text: end.text, version: end.version }] : []));
  return fixes.sort((a, b) => order.order(a.version, b.version));
}

/** Whether a version equals a listed one in the scheme's order (`1.0` and `1.0.0` of PyPI); the list is taken apart when first needed. */
function listing(versions: readonly string[], order: VersionScheme): (version: ParsedVersion) => boolean {
  if (versions.length === 0) return () => false;
  let sorted: ParsedVersion[] | null = null;
  return (version) => {
    sorted ??= versions
      .map((text) => order.parse(text))
      .filter((each) => each !== null)
      .sort((a, b) => order.order(a, b));
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const sign = order.order(sorted[middle] ?? version, version);
      if (sign === 0) return true;
      if (sign < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  };
}
