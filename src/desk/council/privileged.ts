import { isAllowed, type Actor } from '#model/actor.ts';
import type { Advice, Council } from './council.ts';

/** Kinds of acts whose words are privileged: legal advice, which leaves no office but by a decision of counsel. Every door but `adviceFor` keeps them in. */
export const privilegedKinds: ReadonlySet<string> = new Set(['advise-case']);

/** True for a person who holds the permission by a role; programs, links and the office itself read nothing privileged. */
export function mayReadPrivileged(actor: Actor): boolean {
  return actor.kind === 'person' && isAllowed(actor, 'council:privileged', [null]);
}

/** What counsel wrote about a case; null, as if there were none, for everybody else. */
export function adviceFor({ advice }: Council, caseId: string, actor: Actor): readonly Advice[] | null {
  return mayReadPrivileged(actor) ? (advice.get(caseId) ?? []) : null;
}
