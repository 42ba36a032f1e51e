import { componentByRef } from '#estate/questions/listed.ts';
import { componentPage } from '#operations/component-page.ts';
import type { Handler } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { componentView } from '../views/component-view.ts';

/** One component with what is known about it and by whom. */
export const component: Handler<'component'> = async ({ estate, visibility, findings, params, office }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  const view = slot === null ? null : componentView(estate, findings, slot, office.estate.sourceOf);
  if (slot === null || view === null) throw new Refusal(404, 'There is no component with this ref.');
  return { ...view, ...(await componentPage(office.store, estate, findings, slot)) };
};
