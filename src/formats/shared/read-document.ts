import type { InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import type { Read } from '#language/readers/decoded.ts';
import { packageList, type PackageList } from './package-list.ts';
import { problemLog, type ProblemLog } from './problem-log.ts';

/** The reading of a file that is one document: `fill` says what it holds. Bytes that make no document give their problem and nothing else. */
export function readDocument<T>(
  file: InputFile,
  read: (bytes: Uint8Array) => Read<T>,
  fill: (document: T, list: PackageList, log: ProblemLog) => void,
): ReadingResult {
  const log = problemLog(file.path);
  const document = read(file.bytes);
  if (!document.ok) {
    log.unreadable(document.error);
    return unread(...log.problems());
  }
  const list = packageList();
  fill(document.value, list, log);
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}
