/** What one case came to. */
export type CaseResult = {
  /** Enough to find the case in the data. */
  readonly name: string;
  readonly ok: boolean;
  /** What came out instead, for a case that is not ok. */
  readonly why?: string;
};

/** The figures of one suite for one format or scheme. */
export type SuiteResult = {
  /** Where the cases come from, e.g. `osv-scalibr`. */
  readonly suite: string;
  /** Which format, scheme or type they are about. */
  readonly format: string;
  readonly cases: number;
  readonly ok: number;
  readonly missed: readonly string[];
};

/** Conformance cases over one part of the data. */
export type Suite = {
  readonly id: string;
  /** Runs every case under the data folder; no results when its part of the data is not there. Says on stderr what it leaves out. */
  run(dir: string): readonly SuiteResult[];
};

/** The figures of a list of cases. */
export function summed(suite: string, format: string, results: readonly CaseResult[]): SuiteResult {
  const missed = results.filter((result) => !result.ok).map((result) => (result.why === undefined ? result.name : `${result.name}: ${result.why}`));
  return { suite, format, cases: results.length, ok: results.length - missed.length, missed };
}
