import type { Advisory, AdvisoryRange, AffectedPackage, OsvEvent, Severity } from '../model/advisory.ts';
import { quoted, type Problem } from '../model/problem.ts';
import { asArray, asObject, asString, readJson } from './readers/json.ts';

/** A record, or null with the reason why it was not read; beside a record, problems are warnings about what it only describes. */
export type OsvReading = { readonly advisory: Advisory | null; readonly problems: readonly Problem[] };

/**
 * One vulnerability record of untrusted bytes in OSV's shape (https://ossf.github.io/osv-schema/).
 * Strict on what decides who is affected (id, modified, withdrawn, aliases, affected), lenient on what only describes.
 */
export function parseOsv(bytes: Uint8Array): OsvReading {
  const document = readJson(bytes);
  if (!document.ok) return { advisory: null, problems: [{ ...document.error, severity: 'error' }] };
  const record = asObject(document.value);
  if (record === null) return { advisory: null, problems: [rejected('The advisory is not a JSON object.')] };
  return readRecord(record);
}

/** True for a report of a package published with intent to harm (https://github.com/ossf/malicious-packages), not of a flaw in it. */
export function isMalicious(advisory: Pick<Advisory, 'id'>): boolean {
  return advisory.id.startsWith('MAL-');
}

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with one record, gathered so that a person sees all of it at once. */
type Faults = { readonly fatal: string[]; readonly doubtful: string[] };

const idShape = /^[\p{L}\p{N}][\p{L}\p{N}._:+-]{0,199}$/u;
const timeShape = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

function readRecord(record: Fields): OsvReading {
  const id = asString(record.id);
  if (id === null || !idShape.test(id)) return { advisory: null, problems: [rejected(`The advisory has no usable id: ${quotedValue(record.id)}.`)] };

  const faults: Faults = { fatal: [], doubtful: [] };
  const affected = entriesOf(record.affected, 'affected', faults);
  const advisory: Advisory = {
    id,
    modified: timeOf(record.modified ?? '', 'modified', faults.fatal) ?? '',
    published: timeOf(record.published, 'published', faults.doubtful),
    withdrawn: timeOf(record.withdrawn, 'withdrawn', faults.fatal),
    aliases: stringsOf(record.aliases, 'aliases', faults.fatal),
    related: stringsOf(record.related, 'related', faults.doubtful),
    summary: asString(record.summary) ?? '',
    details: asString(record.details) ?? '',
    severity: severityOfRecord(record, affected, faults),
    severityWord: severityWordOf(record, affected),
    affected: affected.map((entry) => affectedPackage(entry, faults)).filter((entry) => entry !== null),
    references: asArray(record.references)
      .map((reference) => asString(asObject(reference)?.url))
      .filter((url) => url !== null),
  };
  if (faults.fatal.length > 0)
    return { advisory: null, problems: [rejected(`Advisory ${id} was not read: ${faults.fatal.slice(0, 5).join('; ')}.`)] };
  return { advisory, problems: faults.doubtful.map((fault) => doubtful(`Advisory ${id}: ${fault}.`)) };
}

function affectedPackage(entry: Fields, faults: Faults): AffectedPackage | null {
  if (isAbsent(entry.package)) return null; // only commits of a repository are named: nothing a lockfile could show
  const named = asObject(entry.package);
  const ecosystem = asString(named?.ecosystem);
  const name = asString(named?.name);
  if (ecosystem === null || ecosystem === '' || name === null || name === '') {
    faults.fatal.push(`affected package without ecosystem and name: ${quotedValue(entry.package)}`);
    return null;
  }
  return {
    ecosystem,
    name,
    ranges: entriesOf(entry.ranges, 'ranges', faults).map((range) => readRange(range, faults)),
    versions: stringsOf(entry.versions, 'versions', faults.fatal),
  };
}

function readRange(range: Fields, faults: Faults): AdvisoryRange {
  const type = range.type;
  const events = entriesOf(range.events, 'events', faults).flatMap((event) => readEvent(event, faults));
  if (type === 'SEMVER' || type === 'ECOSYSTEM' || type === 'GIT') return { type, events };
  faults.fatal.push(`range of unknown type ${quotedValue(type)}`);
  return { type: 'ECOSYSTEM', events };
}

/** The schema asks for one key in each event; records from before it did carry two, which mean the same as two events. */
function readEvent(event: Fields, faults: Faults): readonly OsvEvent[] {
  const events: OsvEvent[] = [];
  for (const key of ['introduced', 'fixed', 'last_affected', 'limit'] as const) {
    const version = event[key];
    if (isAbsent(version)) continue;
    if (typeof version === 'string' && version !== '') events.push({ [key]: version } as OsvEvent);
    else faults.fatal.push(`event ${key} is ${quotedValue(version)}`);
  }
  if (events.length === 0) faults.fatal.push(`event without a known key: ${quotedValue(event)}`);
  return events;
}

/** The record's own severity; where it gives none, what its affected entries give, each once. */
function severityOfRecord(record: Fields, affected: readonly Fields[], faults: Faults): readonly Severity[] {
  const own = severitiesIn(record.severity, faults);
  if (own.length > 0) return own;
  const seen = new Map<string, Severity>();
  for (const entry of affected) {
    for (const severity of severitiesIn(entry.severity, faults)) seen.set(`${severity.type} ${severity.score}`, severity);
  }
  return [...seen.values()];
}

function severitiesIn(value: unknown, faults: Faults): readonly Severity[] {
  const severities: Severity[] = [];
  for (const item of asArray(value)) {
    const type = asString(asObject(item)?.type);
    const score = asString(asObject(item)?.score);
    if (type !== null && score !== null) severities.push({ type, score });
    else faults.doubtful.push(`severity without type and score: ${quotedValue(item)}`);
  }
  return severities;
}

/** GitHub, Go and others write a word beside or instead of a vector, in places of their own. */
function severityWordOf(record: Fields, affected: readonly Fields[]): string | null {
  const places = [record.database_specific, ...affected.flatMap((entry) => [entry.database_specific, entry.ecosystem_specific])];
  for (const place of places) {
    const word = asString(asObject(place)?.severity);
    if (word !== null && /^[A-Za-z]{1,20}$/.test(word)) return word.toUpperCase();
  }
  return null;
}

function entriesOf(value: unknown, field: string, faults: Faults): readonly Fields[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) {
    faults.fatal.push(`${field} is not a list`);
    return [];
  }
  const entries: Fields[] = [];
  for (const item of value as unknown[]) {
    const entry = asObject(item);
    if (entry === null) faults.fatal.push(`${field} holds ${quotedValue(item)}`);
    else entries.push(entry);
  }
  return entries;
}

function stringsOf(value: unknown, field: string, faults: string[]): readonly string[] {
  if (isAbsent(value)) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  faults.push(`${field} is not a list of texts`);
  return [];
}

function timeOf(value: unknown, field: string, faults: string[]): string | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string' && timeShape.test(value) && !Number.isNaN(Date.parse(value))) return value;
  faults.push(`${field} is no time: ${quotedValue(value)}`);
  return null;
}

/** Databases written in Go put `null` where they mean an empty list. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function quotedValue(value: unknown): string {
  return value === undefined ? 'nothing' : quoted(typeof value === 'string' ? value : JSON.stringify(value), 80);
}

function rejected(message: string): Problem {
  return { code: 'bad-advisory', message, severity: 'error' };
}

function doubtful(message: string): Problem {
  return { code: 'doubtful-advisory', message, severity: 'warning' };
}
