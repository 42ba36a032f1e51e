import { explainFinding } from '#operations/explain-finding.ts';
import { decisionsOn } from '#operations/decisions-on.ts';
import { placeById } from '#operations/find-finding.ts';
import type { Handler } from '../asked.ts';
import { priorityView } from '#operations/triage/desk-fields.ts';
import { Refusal } from '../refusal.ts';
import { findingWithDesk } from '../views/finding-with-desk.ts';
import { pastDayOf } from '../views/past-day.ts';

/** One finding and the chain it rests on. */
export const finding: Handler<'finding'> = async ({ office, estate, visibility, params, query }) => {
  const on = pastDayOf(query.asOf, office.clock());
  const explained = await explainFinding(office.store, estate, visibility, { id: params.id, on });
  if (explained === null)
    throw new Refusal(404, on !== null ? 'There was no such finding on that day, as known now.' : 'There is no finding with this id.');
  const place = placeById(estate, visibility, params.id);
  const triage = await office.estate.triage(estate);
  return {
    ...findingWithDesk(triage, explained, place),
    decisions: place === null ? [] : decisionsOn(estate, office.desk.desk, place, office.clock()),
    priority: place === null ? null : priorityView(triage, place),
  };
};
