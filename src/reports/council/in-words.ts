import type { Bearer, Case, CaseDecision } from '#desk/council/cases.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';

/** What a case is about, in one line. */
export function subjectOf({ words, facts }: Case): string {
  const of = [facts.package, facts.licence, facts.component].filter((each) => each !== null).join(', ');
  return [words?.title ?? 'Words erased', of].filter((each) => each !== '').join(': ');
}

/** Who is to see to something. */
export function bearerName(desk: Desk, owner: Bearer): string {
  return owner.kind === 'team' ? owner.team : nameOf(desk.people, owner.id);
}

/** A day, UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** What was decided. */
export const outcomeWords: Readonly<Record<CaseDecision['outcome'], string>> = {
  approved: 'Approved',
  'approved-with-conditions': 'Approved with conditions',
  refused: 'Refused',
};

const words: Readonly<Record<string, string>> = {
  'request-review': 'asked',
  vote: 'voted',
  'declare-interest': 'declared an interest',
  'reopen-roll': 'took the roll anew',
  'route-case': 'sent it to more functions',
  'ask-facts': 'asked for facts',
  'answer-facts': 'answered',
  'attach-evidence': 'added evidence',
  'withdraw-case': 'withdrew it',
  'reopen-case': 'opened it again',
  'fulfil-condition': 'showed a condition met',
  'confirm-condition': 'judged what was shown',
  'choose-licence': 'chose the licences relied on',
};

/** What a kind of act did to a case, for a line of minutes. */
export function eventWords(kind: string): string {
  return words[kind] ?? kind;
}
