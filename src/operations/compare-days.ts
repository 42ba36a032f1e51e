import type { Estate } from '#estate/estate.ts';
import { changesBetween, type Comparison } from '#estate/questions/changes.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';

const dayMs = 86_400_000;

/** Two estates of the store compared: `before` is as of the UTC day `from`, `after` of a later one or of now. */
export async function compareDays(
  store: Pick<StoreReads, 'firstObservations'>,
  days: { readonly before: Estate; readonly after: Estate; readonly from: number },
  visibility: Visibility,
): Promise<Comparison> {
  const firsts = await store.firstObservations();
  const firstDays = new Map(Array.from(firsts, ([origin, at]) => [origin, Math.floor(at / dayMs)]));
  return changesBetween(days.before, days.after, visibility, { from: days.from, firstDays });
}
