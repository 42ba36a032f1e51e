/**
 * What may be said of the use of a package or a licence. `concluded` says under which licence a package is; `denied` permits nothing and is taken over so that
 * it is seen beside what others approved.
 */
export const approvalWords = ['approved', 'conditions', 'denied', 'concluded'] as const;
export type ApprovalWord = (typeof approvalWords)[number];

/** What somebody decided elsewhere about the use of a package or a licence, in whatever format: a waiver, an ignored licence issue, a cleared release, a curation. */
export type Approval = {
  readonly says: ApprovalWord;
  /** Purl, with the version where one is said; null where a licence is meant, whatever is under it. */
  readonly package: string | null;
  /** Versions meant, native or `vers:`, where it is no single one. */
  readonly range: string | null;
  /** The licence it is approved under, or the one concluded: as written, an SPDX expression or any name; null: whatever it is. */
  readonly licence: string | null;
  /** What it is used in: a component's ref, a project's name, as written; null when the file does not say. */
  readonly product: string | null;
  /** Whether it holds wherever it is used when there is no product. False: the file lies beside what it speaks of. */
  readonly everywhere: boolean;
  /** Under which conditions. Free text. */
  readonly conditions: string | null;
  /** Free text. */
  readonly reason: string | null;
  /** Who approved it there, as written. */
  readonly by: string | null;
  /** When it was said first, ISO 8601 in UTC; null when the file does not say. */
  readonly at: string | null;
  /** When it ends, ISO 8601 in UTC; null when the file does not say. */
  readonly until: string | null;
  /** One-based line in the file, where known. */
  readonly line: number | null;
};
