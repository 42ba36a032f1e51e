import { setTimeout as pause } from 'node:timers/promises';
import type { Fetched, GetOptions, HttpClient } from '#outbound/http.ts';

/** How often and how many at once its keepers accept. */
export type Pace = { readonly perSecond: number; readonly atOnce: number };

/** One registry as it is asked: no faster than its keepers accept, and not at all once it said that it is asked too much. */
export type PoliteClient = {
  get(url: string, options: GetOptions): Promise<Fetched>;
  /** True once it refused to answer for being asked too much: whoever asks leaves the rest for later. */
  isTired(): boolean;
};

/** Asks through `http`; requests beyond the pace wait for their turn. */
export function politeClient(http: HttpClient, { perSecond, atOnce }: Pace): PoliteClient {
  let [nextAt, underWay, isTired] = [0, 0, false];
  const waiting: (() => void)[] = [];
  const turn = async (): Promise<void> => {
    if (underWay >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay += 1;
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + 1000 / perSecond;
    if (at > now) await pause(at - now);
  };
  const done = (): void => {
    const next = waiting.shift();
    if (next === undefined) underWay -= 1;
    else next();
  };
  return {
    async get(url, options) {
      await turn();
      try {
        const answer = await http.get(url, options);
        if (answer.kind === 'failed' && answer.status === 429) isTired = true;
        return answer;
      } finally {
        done();
      }
    },
    isTired: () => isTired,
  };
}
