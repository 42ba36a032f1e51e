import { startReader, type ReaderProcess } from './reader-process.ts';

/** A fixed number of warm reader processes; a dead or worn one is replaced before its next job. */
export type ReaderPool = {
  /** Runs one job on a free process, `preferred` if it is free; waits in turn when all are busy. Null once the pool is closed. */
  use<T>(job: (reader: ReaderProcess) => Promise<T>, preferred?: ReaderProcess | null): Promise<T | null>;
  close(): void;
};

/** Opens a pool; its processes start at once, side by side with whatever comes next. */
export function openReaderPool(workers: number, memoryMb: number, parsers: URL | null): ReaderPool {
  const start = () => startReader(memoryMb, parsers);
  const free = Array.from({ length: Math.max(1, workers) }, start);
  const busy = new Set<ReaderProcess>();
  const waiting: ((reader: ReaderProcess | null) => void)[] = [];
  let closed = false;

  const take = async (preferred: ReaderProcess | null): Promise<ReaderProcess | null> => {
    if (closed) return null;
    const at = preferred === null ? -1 : free.indexOf(preferred);
    const reader = at === -1 ? free.pop() : free.splice(at, 1)[0];
    return reader ?? (await new Promise((resolve) => waiting.push(resolve)));
  };
  const giveBack = (reader: ReaderProcess) => {
    busy.delete(reader);
    if (closed) return;
    if (!reader.isFit()) reader.kill();
    const next = reader.isFit() ? reader : start();
    const first = waiting.shift();
    if (first === undefined) free.push(next);
    else first(next);
  };
  return {
    async use(job, preferred = null) {
      const taken = await take(preferred);
      if (taken === null) return null;
      // One that died while it was idle is replaced here, so that nobody meets a corpse.
      const reader = taken.isFit() ? taken : start();
      busy.add(reader);
      try {
        return await job(reader);
      } finally {
        giveBack(reader);
      }
    },
    close() {
      closed = true;
      for (const reader of [...free, ...busy]) reader.kill();
      free.length = 0;
      for (const resolve of waiting.splice(0)) resolve(null);
    },
  };
}
