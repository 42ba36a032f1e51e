import type { AdvisoryRange, OsvEvent } from '#model/advisory.ts';
import { compileAffected } from './osv-range.ts';
import { asArray, asObject, readJsonText } from './readers/json.ts';
import { readVers, versRange } from './vers.ts';
import type { VersionRange, VersionScheme } from './version-scheme.ts';

/** A range that people and databases hand us, or a sentence that says why it is none. */
export type RangeRead = { readonly ok: true; readonly range: Pick<VersionRange, 'contains'> } | { readonly ok: false; readonly error: string };

/** Reads a range as the ecosystem's own notation, as `vers:`, or as OSV events in JSON (a list of events, or ranges with `events`). */
export function readRange(scheme: VersionScheme, text: string): RangeRead {
  const trimmed = text.trim();
  if (/^vers:/i.test(trimmed)) return readVersRange(scheme, trimmed);
  if (/^(?:\{|\[\s*[{\]])/.test(trimmed)) return readOsvRange(scheme, trimmed);
  const range = scheme.parseRange(trimmed);
  return range === null ? { ok: false, error: `This is no ${scheme.id} range.` } : { ok: true, range };
}

function readVersRange(scheme: VersionScheme, text: string): RangeRead {
  const read = readVers(text);
  if (!read.ok) return read;
  const { type } = read.vers;
  if (type !== scheme.id && type !== 'all' && type !== 'none')
    return { ok: false, error: `The range is of type ${type}, the versions are of ${scheme.id}.` };
  const range = versRange(read.vers);
  return range === null ? { ok: false, error: `A version in the range is no ${scheme.id} version.` } : { ok: true, range };
}

function readOsvRange(scheme: VersionScheme, text: string): RangeRead {
  const read = readJsonText(text);
  if (!read.ok) return { ok: false, error: read.error.message };
  const parts = Array.isArray(read.value) ? asArray(read.value) : [read.value];
  const ranges: AdvisoryRange[] = parts.every(hasEvents)
    ? parts.map((part) => ({ type: 'ECOSYSTEM', events: eventsOf(asArray(asObject(part)?.['events'])) }))
    : [{ type: 'ECOSYSTEM', events: eventsOf(parts) }];
  const affected = compileAffected({ ecosystem: '', name: '', ranges, versions: [] }, scheme);
  if (ranges.length === 0 || isBroken(ranges, scheme)) return { ok: false, error: 'An OSV event is not understood.' };
  return { ok: true, range: { contains: (version) => affected.judge(version).kind === 'affected' } };
}

function hasEvents(value: unknown): boolean {
  return Array.isArray(asObject(value)?.['events']);
}

/** True when a range has no beginning, or an event names what is no version. */
function isBroken(ranges: readonly AdvisoryRange[], scheme: VersionScheme): boolean {
  return ranges.some(
    ({ events }) =>
      !events.some((event) => 'introduced' in event) ||
      events.some((event) => Object.values(event).some((version) => version !== '0' && version !== '*' && !isBound(scheme, version))),
  );
}

function isBound(scheme: VersionScheme, version: string): boolean {
  return scheme.isVersion(version) || (scheme.parseBound?.(version) ?? null) !== null;
}

/** The events, or none when one of them is not of OSV's form. */
function eventsOf(values: readonly unknown[]): OsvEvent[] {
  const events: OsvEvent[] = [];
  for (const value of values) {
    const event = eventOf(asObject(value) ?? {});
    if (event === null) return [];
    events.push(event);
  }
  return events;
}

function eventOf(value: Readonly<Record<string, unknown>>): OsvEvent | null {
  const { introduced, fixed, last_affected: lastAffected, limit } = value;
  if (typeof introduced === 'string') return { introduced };
  if (typeof fixed === 'string') return { fixed };
  if (typeof lastAffected === 'string') return { last_affected: lastAffected };
  return typeof limit === 'string' ? { limit } : null;
}
