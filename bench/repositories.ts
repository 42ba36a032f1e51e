import fs from 'node:fs';
import path from 'node:path';

/** Where real repositories to measure on lie: `GUILDHALL_BENCH_REPOSITORIES` names a folder of git directories or checkouts; null without it. */
export function benchRepositories(): readonly string[] | null {
  const folder = process.env['GUILDHALL_BENCH_REPOSITORIES'];
  if (folder === undefined) return null;
  return fs
    .readdirSync(folder)
    .sort()
    .map((name) => fs.realpathSync(path.join(folder, name)));
}

/** Says in one line why a bench, or a part of it, gives no figure. */
export function notRun(what: string, why: string): readonly [] {
  process.stderr.write(`${what} not run: ${why}\n`);
  return [];
}
