import { quoted, type Problem } from '../model/problem.ts';
import { asObject, asString, readJson } from './readers/json.ts';

/** One vulnerability that CISA knows to be exploited. Dates are `YYYY-MM-DD`. */
export type KevEntry = {
  readonly cve: string;
  readonly dateAdded: string;
  /** When United States agencies must have acted; null when the row does not say. */
  readonly dueDate: string | null;
  readonly ransomware: boolean;
  readonly title: string;
};

export type KevReading = {
  /** Null when the file does not say. */
  readonly catalogVersion: string | null;
  readonly entries: ReadonlyMap<string, KevEntry>;
  /** How many rows were left out. */
  readonly rejected: number;
  readonly problems: readonly Problem[];
};

/** CISA's catalogue of known exploited vulnerabilities (https://www.cisa.gov/known-exploited-vulnerabilities-catalog, JSON) by CVE id. Bad rows are counted, the rest kept. */
export function parseKev(bytes: Uint8Array): KevReading {
  const document = readJson(bytes);
  if (!document.ok) return empty({ ...document.error, severity: 'error' });
  const catalogue = asObject(document.value);
  const rows = catalogue?.vulnerabilities;
  if (catalogue === null || !Array.isArray(rows))
    return empty({ code: 'not-kev', message: 'The file has no list of vulnerabilities.', severity: 'error' });

  const entries = new Map<string, KevEntry>();
  const bad: string[] = [];
  for (const row of rows as unknown[]) {
    const entry = readRow(row);
    if (entry === null) bad.push(quoted(JSON.stringify(asObject(row)?.cveID ?? row), 60));
    else entries.set(entry.cve, entry);
  }
  const problems = [...rejectedRows(bad), ...miscounted(catalogue.count, rows.length)];
  return { catalogVersion: asString(catalogue.catalogVersion), entries, rejected: bad.length, problems };
}

const cveShape = /^CVE-\d{4}-\d{4,19}$/;
const dayShape = /^\d{4}-\d\d-\d\d$/;

function readRow(row: unknown): KevEntry | null {
  const fields = asObject(row);
  const cve = asString(fields?.cveID);
  const dateAdded = asString(fields?.dateAdded);
  if (fields === null || cve === null || dateAdded === null || !cveShape.test(cve) || !isDay(dateAdded)) return null;
  const dueDate = asString(fields.dueDate);
  return {
    cve,
    dateAdded,
    dueDate: dueDate !== null && isDay(dueDate) ? dueDate : null,
    ransomware: fields.knownRansomwareCampaignUse === 'Known',
    title: asString(fields.vulnerabilityName) ?? '',
  };
}

function isDay(text: string): boolean {
  return dayShape.test(text) && !Number.isNaN(Date.parse(text));
}

function rejectedRows(bad: readonly string[]): readonly Problem[] {
  if (bad.length === 0) return [];
  const named = bad.slice(0, 10).join(', ');
  return [{ code: 'bad-rows', message: `${String(bad.length)} rows have no usable CVE id or date and were left out: ${named}.`, severity: 'error' }];
}

/** The catalogue says how many rows it has: fewer mean that the download was cut. */
function miscounted(count: unknown, found: number): readonly Problem[] {
  if (typeof count !== 'number' || count === found) return [];
  const message = `The catalogue says it holds ${String(count)} vulnerabilities and holds ${String(found)}.`;
  return [{ code: 'wrong-count', message, severity: 'warning' }];
}

function empty(problem: Problem): KevReading {
  return { catalogVersion: null, entries: new Map(), rejected: 0, problems: [problem] };
}
