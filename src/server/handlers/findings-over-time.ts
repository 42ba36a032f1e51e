import { findingsOverTime as openOverTime } from '#operations/findings-over-time.ts';
import type { Handler } from '../asked.ts';

const dayMs = 86_400_000;

/** How many findings were open, week by week. */
export const findingsOverTime: Handler<'findingsOverTime'> = async ({ office, estate, visibility, query }) => {
  const now = office.clock();
  const since = await office.store.firstObservation();
  const end = query.asOf === undefined ? Infinity : Date.parse(query.asOf) + dayMs;
  const span = { weeks: query.weeks, now, ...(end > now ? {} : { until: end }) };
  const points = since === null ? [] : await openOverTime(office.store, estate, visibility, { since, ...span });
  return {
    generatedAt: new Date(now).toISOString(),
    epoch: estate.epoch,
    seq: estate.seq,
    points: points.map(({ at, counts }) => ({ at: new Date(at).toISOString(), findings: counts })),
  };
};
