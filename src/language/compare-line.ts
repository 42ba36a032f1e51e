import { quoted } from '#model/problem.ts';
import type { VersionScheme } from './version-scheme.ts';

/** What `versions compare` prints for a line `A<TAB>B`: `-1`, `0`, `1`, or `error: …` with the reason. */
export function compareLine(scheme: VersionScheme, line: string): string {
  const [a, b, ...rest] = line.split('\t');
  if (a === undefined || b === undefined || rest.length > 0) return 'error: a line is two versions with a tab between them';
  const sign = scheme.compare(a, b);
  if (sign !== null) return String(sign);
  return `error: ${quoted(scheme.isVersion(a) ? b : a)} is no ${scheme.id} version`;
}
