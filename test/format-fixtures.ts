import fs from 'node:fs';
import path from 'node:path';
import type { Format, Neighbours } from '#model/format.ts';
import type { ReadingResult } from '#model/reading.ts';

const root = path.join(import.meta.dirname, '..', 'src', 'formats', 'fixtures');

/** What a format says of one file of `src/formats/fixtures/<id>/<case>/`, the other files of the case as its neighbours. */
export function readFixture(format: Format, name: string, file: string): ReadingResult {
  const folder = path.join(root, format.id, name);
  return format.parse({ path: file, bytes: fs.readFileSync(path.join(folder, file)) }, neighboursIn(folder));
}

/** What a format says of a text that is written out in the test; `others` by path. */
export function readText(format: Format, file: string, text: string, others: Readonly<Record<string, string>> = {}): ReadingResult {
  const bytes = new TextEncoder();
  return format.parse(
    { path: file, bytes: bytes.encode(text) },
    { read: (wanted) => (Object.hasOwn(others, wanted) ? bytes.encode(others[wanted]) : null) },
  );
}

/** One line for each package: `name version scope`, then `direct` or `indirect` where it is known. An unresolved version stands as `?range`. */
export function packageLines(result: ReadingResult): readonly string[] {
  return result.packages.map((pkg) => {
    const version = pkg.version ?? `?${pkg.range ?? ''}`;
    const direct = pkg.direct === null ? [] : [pkg.direct ? 'direct' : 'indirect'];
    return [pkg.name, version, pkg.scope, ...direct].join(' ');
  });
}

/** One line for each edge: `user -> used`, by name and version. */
export function edgeLines(result: ReadingResult): readonly string[] {
  const called = (index: number): string => `${result.packages[index]?.name ?? ''}@${result.packages[index]?.version ?? ''}`;
  return result.edges.map(([from, to]) => `${called(from)} -> ${called(to)}`);
}

/** One line for each problem: `severity code`, then `path:line` where the problem has a line. */
export function problemLines(result: ReadingResult): readonly string[] {
  return result.problems.map((each) => `${each.severity} ${each.code}${each.line === undefined ? '' : ` ${each.path ?? ''}:${String(each.line)}`}`);
}

function neighboursIn(folder: string): Neighbours {
  return {
    read: (wanted) => {
      const file = path.join(folder, wanted);
      return fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file) : null;
    },
  };
}
