import type { Delivery } from '#model/licence.ts';
import type { Case } from './cases.ts';
import { isLapsed, isOver } from './cases.ts';
import type { Trigger } from './case-kind.ts';
import { majorOf } from './major.ts';
import { licenceKey } from './question-key.ts';

/** What is known now of what a case is about; null stands for what is not known, which never asks again. */
export type FactsNow = {
  /** Versions in use. */
  readonly versions: readonly string[] | null;
  /** Licences of these, as expressions. */
  readonly licences: readonly string[] | null;
  /** Every way in which it is delivered. */
  readonly deliveries: readonly Delivery[] | null;
};

/** The first reason for which a decided case is to be asked again; null while there is none. A refusal stands until its end, if it has one, or until somebody asks. */
export function triggerOf(of: Case, now: number, facts: FactsNow): Trigger | null {
  const last = of.decisions.at(-1);
  if (of.state !== 'decided' || last === undefined) return null;
  const asks = (trigger: Trigger): boolean => last.triggers.includes(trigger);
  if (isOver(last, now)) return asks('expired') ? 'expired' : null;
  // What is out of force waits for its condition.
  if (last.outcome === 'refused' || isLapsed(last, now)) return null;
  const { licence, version, delivery } = last.facts;
  const others = (values: readonly string[] | null, then: string): boolean => values?.some((each) => each !== then) === true;
  if (
    asks('licence-changed') &&
    licence !== null &&
    others(facts.licences?.map((each) => licenceKey(each) ?? each) ?? null, licenceKey(licence) ?? licence)
  )
    return 'licence-changed';
  if (asks('context-changed') && delivery !== null && others(facts.deliveries, delivery)) return 'context-changed';
  const isOtherMajor = version !== null && others(facts.versions?.map(majorOf) ?? null, majorOf(version));
  return asks('major-version') && isOtherMajor ? 'major-version' : null;
}
