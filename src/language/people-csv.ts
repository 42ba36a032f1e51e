import { quoted, type Problem } from '#model/problem.ts';
import { readCsvRows, type CsvRow } from './readers/csv.ts';
import { decodeText } from './readers/decoded.ts';

/** Columns of a table of people. */
export const peopleColumns = [
  'external id',
  'user name',
  'name',
  'e-mail',
  'team',
  'legal entity',
  'function',
  'role',
  'cost centre',
  'manager',
  'leaver date',
] as const;
export type PeopleColumn = (typeof peopleColumns)[number];

/** One row: what each column of the file says, null where its cell is empty. A column that the file does not have says nothing and is absent. */
export type PeopleRow = { readonly line: number; readonly cells: Readonly<Partial<Record<PeopleColumn, string | null>>> };

/** What a table of people says. */
export type PeopleReading = {
  readonly rows: readonly PeopleRow[];
  /** How many rows were left out. */
  readonly rejected: number;
  readonly problems: readonly Problem[];
};

const mostRows = 20_000;
const mostProblems = 200;
const longest: Readonly<Record<PeopleColumn, number>> = {
  'external id': 300,
  'user name': 100,
  name: 200,
  'e-mail': 251,
  team: 5000,
  'legal entity': 200,
  function: 200,
  role: 200,
  'cost centre': 100,
  manager: 300,
  'leaver date': 40,
};

/** Reads people from CSV (https://www.rfc-editor.org/rfc/rfc4180), apart by commas or semicolons. `mapping` says under which header a column stands, as `team=Squad,e-mail=Mail`. */
export function parsePeople(bytes: Uint8Array, mapping: string): PeopleReading {
  const text = decodeText(bytes);
  if (!text.ok) return unreadable(text.error);
  const top = text.value.slice(0, text.value.search(/[\r\n]|$/));
  const [header, ...rows] = readCsvRows(text.value, top.includes(';') && !top.includes(',') ? ';' : ',');
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const columns = columnsOf(names, mapping);
  if ('message' in columns) return unreadable(columns);
  if (rows.length > mostRows)
    return unreadable({ code: 'too-many-rows', message: `The file has ${String(rows.length)} rows; the limit is ${String(mostRows)}.` });
  const problems: Problem[] = [];
  const taken = new Set(columns.map(([, at]) => at));
  const others = names.filter((name, at) => name !== '' && !taken.has(at));
  if (others.length > 0)
    problems.push({ code: 'unknown-column', message: `Not taken over: ${quoted(others.join(', '))}.`, line: header?.line ?? 1, severity: 'warning' });
  const read: PeopleRow[] = [];
  let rejected = 0;
  for (const row of rows) {
    const cells = cellsOf(row, columns);
    if (typeof cells !== 'string') read.push({ line: row.line, cells });
    else {
      rejected += 1;
      if (rejected <= mostProblems) problems.push({ code: 'bad-row', message: `${cells} The row was left out.`, line: row.line, severity: 'error' });
    }
  }
  return { rows: read, rejected, problems };
}

type Columns = readonly (readonly [PeopleColumn, number])[];

function columnsOf(names: readonly string[], mapping: string): Columns | { readonly code: string; readonly message: string } {
  const mapped = new Map<string, string>();
  for (const pair of mapping.split(',').filter((each) => each.trim() !== '')) {
    const at = pair.indexOf('=');
    const column = pair.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (!peopleColumns.some((each) => each === column))
      return { code: 'bad-mapping', message: `${quoted(pair)} names no column. Columns: ${peopleColumns.join(', ')}.` };
    mapped.set(
      column,
      pair
        .slice(at + 1)
        .trim()
        .toLowerCase(),
    );
  }
  const columns = peopleColumns.map((column) => [column, names.indexOf(mapped.get(column) ?? column)] as const);
  const missing = columns.find(([column, at]) => at === -1 && mapped.has(column));
  if (missing !== undefined) return { code: 'no-column', message: `The first row has no column ${quoted(mapped.get(missing[0]) ?? '')}.` };
  const found = columns.filter(([, at]) => at !== -1);
  return found.some(([column]) => column === 'external id' || column === 'user name' || column === 'e-mail')
    ? found
    : {
        code: 'no-column',
        message: 'The first row has none of the columns external id, user name and e-mail, so nobody could be told from another.',
      };
}

/** What the row says, or what is wrong with it. */
function cellsOf(row: CsvRow, columns: Columns): PeopleRow['cells'] | string {
  const cells: Partial<Record<PeopleColumn, string | null>> = {};
  for (const [column, at] of columns) {
    // A leading apostrophe keeps spreadsheets from running a formula; it is none of the text.
    const text = (row.cells[at] ?? '').trim().replace(/^'(?=[=+\-@\t])/, '');
    if (/\p{Cc}/u.test(text)) return `The ${column} holds control characters.`;
    if (text.length > longest[column]) return `The ${column} is longer than ${String(longest[column])} characters.`;
    cells[column] = text === '' ? null : text;
  }
  const { 'user name': user, 'e-mail': email, 'external id': external, 'leaver date': leaves } = cells;
  if ((user ?? email ?? external ?? null) === null) return 'It says neither external id, user name nor e-mail.';
  if (user != null && /\s/.test(user)) return `${quoted(user)} is no user name, since it holds spaces.`;
  if (email != null && !/^[^\s@]{1,100}@[^\s@]{1,150}$/.test(email)) return `${quoted(email)} is no e-mail address.`;
  if (leaves != null && !isDay(leaves)) return `${quoted(leaves)} is no day like 2027-03-31.`;
  return cells;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function unreadable({ code, message }: { readonly code: string; readonly message: string }): PeopleReading {
  return { rows: [], rejected: 0, problems: [{ code, message, severity: 'error' }] };
}
