import { quoted } from '#model/problem.ts';
import { readCsvRows, type CsvRow } from '#language/readers/csv.ts';
import { decodeText } from '#language/readers/decoded.ts';
import type { ProblemLog } from './problem-log.ts';

/** One row of a table whose columns are known. `cell` gives null where it is empty or there is no such column. */
export type MappedRow<Field extends string> = { readonly line: number; cell(field: Field): string | null };

/** A table by the names of its columns. */
export type MappedCsv<Field extends string> = {
  readonly rows: readonly MappedRow<Field>[];
  has(field: Field): boolean;
  /** Names the columns that stand for nothing, once it is sure that the table is the one expected. */
  nameUnknown(): void;
};

/**
 * Reads a table whose first row names its columns. A line `#columns advisory=CVE,state=Status` before it says which column stands for which field; otherwise
 * `names` says how a field may be called beside its own name, `unused` which other columns are known. `separator` divides both. Null when it is no text.
 */
export function readMappedCsv<Field extends string>(
  bytes: Uint8Array,
  names: Readonly<Record<Field, readonly string[]>>,
  log: ProblemLog,
  unused: readonly string[] = [],
  separator = ',',
): MappedCsv<Field> | null {
  const text = decodeText(bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return null;
  }
  const [first, ...others] = readCsvRows(text.value, separator);
  const mapping = mappingOf(first);
  const header = mapping === null ? first : others[0];
  const columns = columnsOf(header, names, mapping ?? new Map());
  return {
    has: (field) => columns.has(field),
    nameUnknown() {
      const used = new Set(columns.values());
      const known = new Set(unused.map(keyOf));
      for (const [at, name] of (header?.cells ?? []).entries())
        if (!used.has(at) && !known.has(keyOf(name)) && name.trim() !== '')
          log.warning('unknown-column', `The column ${quoted(name.trim())} stands for nothing here and was not read.`, { line: header?.line ?? 1 });
    },
    rows: (mapping === null ? others : others.slice(1)).map(({ cells, line }) => ({
      line,
      cell(field) {
        // A leading apostrophe keeps spreadsheets from running a formula; it is none of the text.
        const cell = (cells[columns.get(field) ?? -1] ?? '').trim().replace(/^'(?=[=+\-@\t])/, '');
        return cell === '' ? null : cell;
      },
    })),
  };
}

/** Which column stands for which field; null when the first row does not say. */
function mappingOf(row: CsvRow | undefined): ReadonlyMap<string, string> | null {
  const [first = ''] = row?.cells ?? [];
  if (row === undefined || !first.startsWith('#columns')) return null;
  const pairs = row.cells.map((cell, index) => (index === 0 ? cell.slice('#columns'.length) : cell).trim());
  return new Map(
    pairs.flatMap((pair): [string, string][] => (pair.includes('=') ? [[pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]] : [])),
  );
}

function columnsOf<Field extends string>(
  header: CsvRow | undefined,
  names: Readonly<Record<Field, readonly string[]>>,
  mapping: ReadonlyMap<string, string>,
): ReadonlyMap<Field, number> {
  const heads = (header?.cells ?? []).map(keyOf);
  return new Map(
    (Object.keys(names) as Field[]).flatMap((field): [Field, number][] => {
      const called = mapping.get(field);
      const at = [field, ...names[field]].map((name) => heads.indexOf(keyOf(called ?? name))).find((index) => index !== -1);
      return at === undefined ? [] : [[field, at]];
    }),
  );
}

function keyOf(name: string): string {
  return name
    .replace(/^\ufeff/, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();
}
