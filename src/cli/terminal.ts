import { escaped } from '#language/escaped.ts';
import { escapedLine } from './escape.ts';

/** Prints one line of an answer on stdout; text from outside is made safe. */
export function print(line = ''): void {
  process.stdout.write(`${escapedLine(line)}\n`);
}

/** Prints one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints one line for people on stderr. */
export function say(line: string): void {
  clearProgress();
  process.stderr.write(`${escapedLine(line)}\n`);
}

let shown = false;

/** Shows where long work stands: one line that is overwritten on a terminal; elsewhere nothing, since each step prints its own line. */
export function progress(line: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001b[2K${escaped(line).slice(0, Math.max(20, process.stderr.columns - 1))}`);
  shown = true;
}

/** Removes the progress line. */
export function clearProgress(): void {
  if (!shown) return;
  process.stderr.write('\r\u001b[2K');
  shown = false;
}

/** Rows in columns as wide as their widest cell; the first row is the header. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const safe = rows.map((row) => row.map(escaped));
  const widths = (safe[0] ?? []).map((_, column) => Math.max(...safe.map((row) => row[column]?.length ?? 0)));
  for (const row of safe)
    print(
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
}

/** All of standard input as lines without their ends, as they come. */
export async function* inputLines(): AsyncGenerator<string> {
  let rest = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}
