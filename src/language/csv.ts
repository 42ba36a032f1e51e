/** What a cell may hold; null is an empty one. */
export type CsvCell = string | number | boolean | null;

/**
 * One line of CSV, ended by CRLF (https://www.rfc-editor.org/rfc/rfc4180). Text that a spreadsheet would run as a formula is led by an apostrophe,
 * since names come from outside (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^\s*[=+\-@]|^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
