import type { FindingColumns } from './estate.ts';

/**
 * How the open findings of one component stand on the desk, in columns as long as its finding columns. What the codes mean is the desk's:
 * they are places in its lists.
 */
export type TriageColumns = {
  /** The findings that these columns are about; others are out of date. */
  readonly of: FindingColumns;
  readonly state: Uint8Array;
  readonly action: Uint8Array;
  readonly clock: Uint8Array;
  /** Tenths. */
  readonly risk: Uint16Array;
  /** Minutes since 1970; 0: nothing is due. */
  readonly due: Uint32Array;
  /** Scope and directness (language/packed/flags.ts) in the lower five bits, the stages in which it is hit in the upper three. */
  readonly use: Uint8Array;
  /** The stages of which there is evidence, as bits. */
  readonly shown: number;
  readonly certainty: number;
  /** Who deals with a row; rows that nobody was given are left out. */
  readonly assignees: ReadonlyMap<number, string>;
};

const nobody: ReadonlyMap<number, string> = new Map();

/** Columns over one buffer, all zero. */
export function triageColumnsFor(of: FindingColumns, rest: Pick<TriageColumns, 'use' | 'shown' | 'certainty'>): TriageColumns {
  const count = of.group.length;
  const buffer = new ArrayBuffer(count * 9);
  return {
    of,
    due: new Uint32Array(buffer, 0, count),
    risk: new Uint16Array(buffer, count * 4, count),
    state: new Uint8Array(buffer, count * 6, count),
    action: new Uint8Array(buffer, count * 7, count),
    clock: new Uint8Array(buffer, count * 8, count),
    ...rest,
    assignees: nobody,
  };
}
