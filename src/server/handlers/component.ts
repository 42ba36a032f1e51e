import { componentByRef } from '#estate/questions/listed.ts';
import { componentPage } from '#operations/component-page.ts';
import { decisionView } from '#operations/decision-view.ts';
import { keptDecisions } from '#operations/kept-decisions.ts';
import { keptExtents } from '#operations/kept-extents.ts';
import { saidOwners } from '#operations/triage/owner-certainty.ts';
import type { Handler } from '../asked.ts';
import { may } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { componentView } from '../views/component-view.ts';
import { ownershipView } from '../views/ownership-view.ts';

/** One component with what is known about it and by whom. */
export const component: Handler<'component'> = async ({ estate, visibility, findings, params, office, principal }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  const view = slot === null ? null : componentView(estate, findings, slot, office.estate.sourceOf);
  if (slot === null || view === null) throw new Refusal(404, 'There is no component with this ref.');
  const holder = estate.components[slot];
  if (holder === undefined) throw new Refusal(404, 'There is no component with this ref.');
  const subjects = [view.ref, view.source.origin];
  const [retirement] = view.retiredAt === null ? [] : await keptDecisions(office.store, { kinds: ['retire'], subjects, standing: true });
  return {
    ...view,
    ...(await componentPage(office.store, estate, findings, slot)),
    ownership: ownershipView({ office, principal }, holder, saidOwners(estate, office.desk.desk.ownership).get(slot)),
    retirement: retirement === undefined ? null : decisionView(retirement, await keptExtents(office.store), office.desk.desk.people),
    may: { retire: may(principal, 'components:retire'), delete: may(principal, 'components:delete'), erase: may(principal, 'erasures:write') },
  };
};
