import { componentByRef } from '#estate/questions/listed.ts';
import { storedJson } from '#language/readers/json.ts';
import { vexFacts, vexReports } from '#operations/vex-facts.ts';
import type { Handler } from '../asked.ts';
import { Refusal } from '../refusal.ts';

/** What was decided about the vulnerabilities of one component, as VEX. */
export const componentVex: Handler<'componentVex'> = async ({ office, estate, visibility, params, query }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  const wanted = { scope: { kind: 'component', slot }, office: office.name, visibility, now: office.clock() } as const;
  const facts = await vexFacts(office.store, estate, office.desk.desk, wanted);
  if (facts === null) throw new Refusal(404, 'Nothing was decided about this component yet, and VEX says nothing else.');
  const report = vexReports.find(({ id }) => id === query.format);
  if (report === undefined) throw new Refusal(400, `There is no form of VEX ${query.format}.`);
  return storedJson(report.write(facts)) as Readonly<Record<string, unknown>>;
};
