import type { InputFile } from '#model/format.ts';
import { emptySbom, type SbomDocument } from '#model/sbom.ts';
import type { Unreadable } from '#language/readers/decoded.ts';
import { BrokenPart } from '#language/readers/json-parts.ts';
import { problemLog, type ProblemLog } from '../problem-log.ts';

/** The document in a file; one that says nothing but why, where the file is none or breaks off in the middle. */
export function readSbom(
  standard: SbomDocument['standard'],
  { path }: InputFile,
  read: (log: ProblemLog) => SbomDocument | Unreadable,
): SbomDocument {
  const unreadable = (error: Unreadable): SbomDocument => {
    const log = problemLog(path);
    log.unreadable(error);
    return emptySbom(standard, log.problems());
  };
  try {
    const said = read(problemLog(path));
    return 'components' in said ? said : unreadable(said);
  } catch (error) {
    if (error instanceof BrokenPart) return unreadable(error.unreadable);
    throw error;
  }
}
