/** One measured figure beside its goal; `setup` says what was measured on what. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Null where no goal was set. */
  readonly goal: number | null;
  readonly ok: boolean;
  readonly setup: string;
};

/** What every bench is given. */
export type BenchOptions = {
  /** Folder in which large set-ups are kept from one run to the next. */
  readonly cache: string;
  /** Also measure on a PostgreSQL server at default durability. */
  readonly postgres: boolean;
};

/** A figure that is good when it is at most its goal. */
export function figure(name: string, value: number, unit: string, goal: number | null, setup: string): Figure {
  const rounded = Math.round(value * 1000) / 1000;
  return { name, value: rounded, unit, goal, ok: goal === null || rounded <= goal, setup };
}

/** The value below which this share of them lies; 0 when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** How long some work takes, in milliseconds. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** How long some asynchronous work takes, in milliseconds. */
export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Small seeded generator (mulberry32) of whole numbers from 0: the same ones every time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
