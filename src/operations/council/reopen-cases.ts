import type { Case } from '#desk/council/cases.ts';
import { isAskedByConditions } from '#desk/council/case-conditions.ts';
import type { CaseFacts } from '#desk/council/facts.ts';
import { questionKey } from '#desk/council/question-key.ts';
import { triggerOf, type FactsNow } from '#desk/council/triggers.ts';
import type { Desk } from '#desk/desk.ts';
import { artifactsOf } from '#desk/licences/artifacts.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { useAt, versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { seesAll } from '#model/visibility.ts';
import type { Context } from '../context.ts';
import { loadEstate } from '../follow-estate.ts';
import { licenceJudge, type LicenceJudge } from '../licences/licence-judge.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { officeActor } from '../office-actor.ts';
import { performAct } from '../perform-act.ts';

/**
 * Opens decided cases again whose end has come, whose package has another major version, licence or way of delivery than they were decided for, or of which a
 * condition that asks again is late. That a decision has ended does not wait for this: it asks the council. Gives how many were opened.
 */
export async function reopenCases(context: Context): Promise<number> {
  const live = openLiveDesk();
  const desk = await live.catchUp(context.store);
  const decided = [...desk.council.cases.values()].filter((each) => each.state === 'decided');
  const kind = actKindOf('reopen-case');
  if (decided.length === 0 || kind === undefined) return 0;
  const estate = await loadEstate(context.store);
  const asked = new Set([...desk.council.cases.values()].filter((each) => each.state === 'open').map(keyOf));
  const judge = licenceJudge(estate, desk, context.clock());
  let count = 0;
  for (const each of decided) {
    const isAsked = isAskedByConditions(desk.council, each, context.clock());
    const because = isAsked ? 'condition-late' : triggerOf(each, context.clock(), factsNow(estate, desk, each.facts, judge));
    // Who asked the same since is asked already.
    if (because === null || (keyOf(each) !== null && asked.has(keyOf(each)))) continue;
    const wanted = { kind, body: { case: each.id, because }, words: { reason: null }, actor: officeActor, visibility: seesAll, expects: null };
    const done = await performAct(context, live, estate, wanted);
    if (!('refusal' in done)) count += 1;
  }
  return count;
}

function keyOf({ kind, facts, team }: Case): string | null {
  return questionKey(kind, facts, team);
}

/** What is known now of a package in the component of a case; null where nothing is. */
function factsNow(estate: Estate, desk: Desk, { package: named, component }: CaseFacts, judge: LicenceJudge): FactsNow {
  if (component === null) return { versions: null, licences: null, deliveries: null };
  const deliveries = artifactsOf(desk.artifacts, component).flatMap((each) => each.deliveries);
  const slots = named === null ? [] : versionsIn(estate, named, component);
  const versions = slots.map((slot) => estate.versions[slot]?.version ?? '').filter((version) => version !== '');
  const licences = slots.flatMap((slot) => judge.licenceOf(slot).text ?? []);
  return { versions: knownOf(versions), licences: knownOf(licences), deliveries: knownOf(deliveries) };
}

function knownOf<Value>(values: readonly Value[]): readonly Value[] | null {
  return values.length === 0 ? null : values;
}

/** Version slots of a package that a component uses. */
function versionsIn(estate: Estate, purl: string, component: string): readonly number[] {
  const parts = packageOfPurl(purl);
  const ecosystem = parts?.ecosystem ?? '';
  const slot = parts === null ? undefined : estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name)));
  if (slot === undefined) return [];
  const uses = whoUses(estate, seesAll, versionsOf(estate, slot));
  const found = new Set<number>();
  for (let at = 0; at < uses.evidence.length; at += 1) {
    const use = useAt(estate, uses, at);
    if (use.component.ref === component) found.add(use.version);
  }
  return [...found];
}
