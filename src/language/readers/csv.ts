/** One row of CSV with the line it begins on, from 1. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

/** The rows of CSV text (https://www.rfc-editor.org/rfc/rfc4180); a cell may be quoted and then hold anything. Empty rows are left out, an unclosed quote ends with the text. */
export function readCsvRows(text: string, separator = ','): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let [cells, cell, line, begun, isQuoted]: [string[], string, number, number, boolean] = [[], '', 1, 1, false];
  const endRow = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cell !== '') rows.push({ cells, line: begun });
    [cells, cell, begun] = [[], '', line];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\n') line += 1;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') endRow();
    else if (sign !== '\r' || text.charAt(at + 1) !== '\n') cell += sign;
  }
  endRow();
  return rows;
}
