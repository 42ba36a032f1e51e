import type { FeedSynced } from '#operations/take-feed.ts';
import { print, say } from './terminal.ts';

/** One line of what a feed gave, and on stderr what was refused of it. */
export function printSynced(synced: FeedSynced): void {
  print(`${synced.feed} from ${synced.from}: ${synced.outcome}, ${String(synced.taken)} taken, ${String(synced.refused)} refused`);
  for (const problem of synced.problems.slice(0, 20)) say(`${problem.path ?? synced.from}: ${problem.message} [${problem.code}]`);
  if (synced.problems.length > 20) say(`… and ${String(synced.problems.length - 20)} more; --json lists them all`);
}
