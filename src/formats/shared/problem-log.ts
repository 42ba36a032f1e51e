import type { Problem } from '#model/problem.ts';
import type { Unreadable } from '#language/readers/decoded.ts';

/** Where in which file; `path` only when it is not the file being read. */
export type ProblemPlace = { readonly line?: number; readonly path?: string };

/** Collects the problems of one file. */
export type ProblemLog = {
  /** Part of the file was not read. */
  error(code: string, message: string, place?: ProblemPlace): void;
  /** Read, but doubtful. */
  warning(code: string, message: string, place?: ProblemPlace): void;
  /** The whole file, or an included one, was not readable. */
  unreadable(error: Unreadable, place?: ProblemPlace): void;
  /** All problems in the order they were met; past the limit one more says how many were left out. */
  problems(): readonly Problem[];
};

/** A log for the file at this path. At most `limit` problems are kept, so that a hostile file cannot fill the store with them. */
export function problemLog(path: string, limit = 200): ProblemLog {
  const kept: Problem[] = [];
  let leftOut = 0;
  let worst: Problem['severity'] = 'warning';
  const add = (severity: Problem['severity'], code: string, message: string, place: ProblemPlace = {}): void => {
    if (kept.length < limit) {
      kept.push({ code, message, path: place.path ?? path, ...(place.line === undefined ? {} : { line: place.line }), severity });
      return;
    }
    leftOut += 1;
    if (severity === 'error') worst = 'error';
  };
  return {
    error: (code, message, place) => {
      add('error', code, message, place);
    },
    warning: (code, message, place) => {
      add('warning', code, message, place);
    },
    unreadable: (error, place) => {
      add('error', error.code, error.message, { ...place, ...(error.line === undefined ? {} : { line: error.line }) });
    },
    problems: () =>
      leftOut === 0 ? kept : [...kept, { code: 'more-problems', message: `${String(leftOut)} more problems are not listed.`, path, severity: worst }],
  };
}
