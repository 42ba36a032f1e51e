import type { Access } from '../tables.ts';

/** One step of the layout. It runs once, in the transaction that records it, and is never edited after a release. */
export type Migration = {
  /** The layout it leads to, from 1. */
  readonly layout: number;
  up(access: Access): Promise<void>;
};
