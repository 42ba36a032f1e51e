import { z } from 'zod';
import { Problem } from './problem.ts';

/** One observation of one source, as other resources cite it. */
export const ReceiptSummary = z.object({
  /** Stable id of the receipt; never the store's own number. */
  id: z.string(),
  source: z.enum(['git', 'folder', 'file', 'image', 'upload', 'osv', 'kev', 'epss', 'registry', 'end-of-life', 'attestation']),
  /** Repository, folder, upload slot or feed, without credentials. */
  origin: z.string(),
  /** Commit id, ETag or upload digest; null when the source has none. */
  revision: z.string().nullable(),
  outcome: z.enum(['complete', 'partial', 'failed']),
  /** When what it shows was true. */
  validAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  /** Last time the same was observed again. */
  confirmedAt: z.iso.datetime(),
});
export type ReceiptSummary = z.infer<typeof ReceiptSummary>;

/** A receipt with what was looked at. */
export const Receipt = ReceiptSummary.extend({
  /** Every path looked at, in path order, at most 1000 of them. */
  tree: z.array(
    z.object({
      path: z.string(),
      state: z.enum(['read', 'absent', 'unreadable']),
      /** Hash of the raw bytes kept; null unless `read`. */
      hash: z.string().nullable(),
    }),
  ),
  /** Paths in the whole tree, those left out above included. */
  paths: z.number().int().nonnegative(),
  problems: z.array(Problem),
  /** SBOMs that it showed and that were judged: how good they are, and whether they are proved. */
  sboms: z.array(
    z.object({
      component: z.string(),
      path: z.string(),
      score: z.number().int().nullable(),
      signature: z.object({ state: z.enum(['verified', 'not-verified', 'fails', 'none']), key: z.string().nullable(), because: z.string() }),
    }),
  ),
  /** Whether whoever asks may have the bytes of its files. */
  mayReadRaw: z.boolean(),
});
export type Receipt = z.infer<typeof Receipt>;
