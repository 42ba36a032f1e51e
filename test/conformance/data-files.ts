import fs from 'node:fs';
import path from 'node:path';

/** Names of the files in a folder that end so, sorted; none when there is no such folder. */
export function filesIn(folder: string, ending: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** The lines of a text file. */
export function linesOf(folder: string, name: string): readonly string[] {
  return fs.readFileSync(path.join(folder, name), 'utf8').split('\n');
}

/** A JSON file as the shape its suite expects: the data is ours to trust, unlike what the product reads. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name, so that each suite says its shape once
export function jsonOf<T>(folder: string, name: string): T {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as T;
}

/** One line on stderr about data that is there and not read. */
export function leftOut(suite: string, names: readonly string[]): void {
  if (names.length > 0) process.stderr.write(`${suite}: not read by this build: ${[...new Set(names)].join(', ')}\n`);
}
