import { componentByRef } from '#estate/questions/listed.ts';
import { componentPaths as pathsOf } from '#operations/component-paths.ts';
import type { Handler } from '../asked.ts';
import { wantedPackage } from '../filters.ts';
import { Refusal } from '../refusal.ts';

/** Why a package is in a component. */
export const componentPaths: Handler<'componentPaths'> = async ({ estate, visibility, params, query, office }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  const component = slot === null ? undefined : estate.components[slot];
  if (slot === null || component === undefined) throw new Refusal(404, 'There is no component with this ref.');
  const wanted = wantedPackage(estate, query.package);
  const uses =
    wanted.slot === null ? [] : await pathsOf(office.store, estate, slot, { package: wanted.slot, version: wanted.version, atMost: query.limit });
  return { component: { ref: component.ref, name: component.name }, uses };
};
