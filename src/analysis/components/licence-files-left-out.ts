import type { Format } from '#model/format.ts';
import type { Problem } from '#model/problem.ts';
import { licenceFilesAtMost } from './discover.ts';

/** A warning where a source has more files with licences than are read of one; none otherwise. */
export function licenceFilesLeftOut(paths: readonly string[], formats: readonly Format[]): readonly Problem[] {
  const readers = formats.filter(({ kind }) => kind === 'licence');
  const count = paths.filter((path) => readers.some((format) => format.matchesPath(path))).length;
  if (count <= licenceFilesAtMost) return [];
  const message = `Of ${String(count)} files with licences at most ${String(licenceFilesAtMost)} are read, those of copied packages last: of others nothing is known.`;
  return [{ code: 'too-many-licence-files', message, severity: 'warning' }];
}
