import { builtInProducts } from '#analysis/end-of-life/built-in.ts';
import { endOfLifeData, type EndOfLifeData } from '#analysis/end-of-life/end-of-life-data.ts';
import type { Estate } from '#estate/estate.ts';

const made = new WeakMap<Estate['endOfLife'], EndOfLifeData>();

/** What is known of the end of support: by the feed, and of products that it does not tell of by this build. */
export function endOfLifeOf({ endOfLife }: Pick<Estate, 'endOfLife'>): EndOfLifeData {
  let data = made.get(endOfLife);
  if (data === undefined) made.set(endOfLife, (data = endOfLifeData([...endOfLife, ...builtInProducts])));
  return data;
}
