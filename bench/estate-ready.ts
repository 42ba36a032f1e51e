// Loads the estate of one store in a process of its own and prints how long that took and what it holds: `estate-ready.ts <location as JSON>`.
import { openStore, type StoreLocation } from '#store/open-store.ts';
import { loadEstate } from '../src/operations/follow-estate.ts';

/** What one process measured: milliseconds from the first question to the store, on the clock and of its thread's processor time, resident bytes right after and at most. */
export type Ready = { readonly ms: number; readonly cpuMs: number; readonly rss: number; readonly peak: number; readonly occurrences: number };

const store = await openStore(JSON.parse(process.argv[2] ?? '{}') as StoreLocation);
const start = performance.now();
const cpu = process.threadCpuUsage();
const estate = await loadEstate(store);
const { user, system } = process.threadCpuUsage(cpu);
const ready: Ready = {
  ms: performance.now() - start,
  cpuMs: (user + system) / 1000,
  rss: process.memoryUsage.rss(),
  peak: process.resourceUsage().maxRSS * 1024,
  occurrences: estate.postings.size(),
};
process.stdout.write(JSON.stringify(ready));
await store.close();
