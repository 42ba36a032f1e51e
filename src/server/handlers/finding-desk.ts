import { placeById } from '#operations/find-finding.ts';
import { findingDesk as deskOf } from '#operations/finding-desk.ts';
import type { Handler } from '../asked.ts';
import { Refusal } from '../refusal.ts';

/** What people did about a finding, and what the asker may do. */
export const findingDesk: Handler<'findingDesk'> = ({ office, estate, visibility, principal, params }) => {
  const place = placeById(estate, visibility, params.id);
  const view = place === null ? null : deskOf({ desk: office.desk.desk, estate, actor: principal.actor, visibility, now: office.clock() }, place);
  if (view === null) throw new Refusal(404, 'There is no open finding with this id.');
  return view;
};
