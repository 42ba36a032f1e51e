/** The postings of one evidence, by version slot. */
export type PostingRows = {
  readonly evidence: number;
  readonly count: number;
  readonly versions: Uint32Array;
  readonly flags: Uint8Array;
  readonly validFrom: Uint16Array;
};
