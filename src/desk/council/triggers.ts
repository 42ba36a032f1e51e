import type { Case } from './cases.ts';
import { decisionNow } from './cases.ts';
import type { Trigger } from './case-kind.ts';
import type { CaseFacts } from './facts.ts';
import { majorOf } from './use-decisions.ts';

/** What is known now of what a case is about; null stands for what is not known, which never asks again. */
export type FactsNow = {
  readonly versions: readonly string[] | null;
  readonly licence: string | null;
  readonly delivery: CaseFacts['delivery'];
};

/** The first reason for which a decided case is to be asked again; null while there is none. A refusal stands until somebody asks. */
export function triggerOf(of: Case, now: number, facts: FactsNow): Trigger | null {
  const last = of.decisions.at(-1);
  if (of.state !== 'decided' || last === undefined || last.outcome === 'refused') return null;
  const asks = (trigger: Trigger): boolean => last.triggers.includes(trigger);
  if (decisionNow(of, now) === null) return asks('expired') ? 'expired' : null;
  const { licence, version, delivery } = last.facts;
  if (asks('licence-changed') && licence !== null && facts.licence !== null && facts.licence !== licence) return 'licence-changed';
  if (asks('context-changed') && delivery !== null && facts.delivery !== null && facts.delivery !== delivery) return 'context-changed';
  const isOtherMajor = version !== null && facts.versions !== null && facts.versions.some((each) => majorOf(each) !== majorOf(version));
  return asks('major-version') && isOtherMajor ? 'major-version' : null;
}
