/** What a person decided about what the office keeps. The last three each end another decision, which they name. */
export type DecisionKind = 'retire' | 'delete' | 'erase' | 'hold' | 'return' | 'readmit' | 'release';

/**
 * What a decision is about, by its natural key: a component by its first ref, a source by its origin, an upload by the id of its receipt, bytes by their
 * hash.
 */
export type DecisionAbout = 'component' | 'origin' | 'upload' | 'raw';

/** Kind by kind, the decision that ends it. */
export const endedBy = { retire: 'return', delete: 'readmit', erase: 'readmit', hold: 'release' } as const;

/** What a decision touched when it was carried out, counted. `bytes` are those no longer kept, uncompressed. */
export type Extent = {
  readonly components: number;
  readonly findings: number;
  readonly receipts: number;
  readonly readings: number;
  readonly files: number;
  readonly bytes: number;
};

/** Nothing. */
export const noExtent: Extent = { components: 0, findings: 0, receipts: 0, readings: 0, files: 0, bytes: 0 };

/** A decision about what the office keeps, as an act of the ledger says it. Times are Unix milliseconds. */
export type KeptDecision = {
  /** Number of the act. */
  readonly seq: number;
  readonly id: string;
  readonly kind: DecisionKind;
  readonly about: DecisionAbout;
  readonly subject: string;
  /** Pseudonym of who did it, or as whom somebody at the machine named themselves. */
  readonly author: string;
  /** Null once erased, like the reason. */
  readonly authority: string | null;
  readonly reason: string | null;
  readonly at: number;
  /** The decision that this one ended; null for one by itself. */
  readonly supersedes: string | null;
};
