/** What could not be read or done, as data: shown to people, kept beside the facts, never thrown. */
export type Problem = {
  /** Stable kebab-case word a program can branch on, e.g. `not-json`, `too-deep`, `missing-blob`. */
  readonly code: string;
  /** A full sentence: what is wrong and, where there is one, the next step. Text from outside is quoted, never trusted. */
  readonly message: string;
  /** Path of the file inside its source; absent when the problem is not about one file. */
  readonly path?: string;
  /** One-based line in that file, where known. */
  readonly line?: number;
  /** `error`: (part of) the file was not read. `warning`: read, but something in it is doubtful. */
  readonly severity: 'error' | 'warning';
};

/** Cuts text from outside to a length that is safe to quote in a message. */
export function quoted(text: string, limit = 120): string {
  const one = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return JSON.stringify(one);
}
