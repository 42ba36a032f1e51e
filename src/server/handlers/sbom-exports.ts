import { componentByRef } from '#estate/questions/listed.ts';
import type { SbomScope } from '#operations/sbom/estate-sbom.ts';
import type { Asked, Handler, StreamedAnswer } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { sbomAnswer } from '../sbom-answer.ts';

/** A component, or one artifact of it, as an SBOM. */
export const componentSbom: Handler<'componentSbom'> = (asked) => {
  const { estate, visibility, params, query } = asked;
  const slot = componentByRef(estate, visibility, params.ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  return answer(asked, { kind: 'component', slot, artifact: query.artifact ?? null, sbom: query.slot ?? null });
};

/** All components of a system as an SBOM. */
export const systemSbom: Handler<'systemSbom'> = (asked) => answer(asked, { kind: 'system', system: asked.params.name });

/** All components of a team as an SBOM. */
export const teamSbom: Handler<'teamSbom'> = (asked) => answer(asked, { kind: 'team', team: asked.params.name });

function answer(asked: Asked<'componentSbom' | 'systemSbom' | 'teamSbom'>, scope: SbomScope): Promise<StreamedAnswer> {
  const { office, estate, visibility, findings, query } = asked;
  return sbomAnswer(office, estate, { scope, visibility, findings, ...query });
}
