import type { Trigger } from './case-kind.ts';
import type { CaseFacts } from './facts.ts';
import type { LateWay } from './late-ways.ts';
import type { RollEntry } from './roll-entry.ts';
import type { Route } from './route.ts';
import type { Says, Tally } from './tally.ts';

/** Who is to see to something: a person by pseudonym, or a team. */
export type Bearer = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'team'; readonly team: string };

/** A condition as a vote asks for it. */
export type AskedCondition = {
  readonly id: string;
  readonly owner: Bearer;
  /** Unix milliseconds. */
  readonly due: number;
  /** That it is fulfilled is confirmed by a second person. */
  readonly second: boolean;
  readonly late: LateWay;
  /** Null once erased. */
  readonly text: string | null;
};

/** A vote; the last one of a person counts. Every one stays. */
export type Vote = {
  readonly seq: number;
  readonly at: number;
  readonly person: string;
  readonly says: Says;
  readonly conditions: readonly AskedCondition[];
  /** The end that the decision should have; null leaves it to the kind. */
  readonly until: number | null;
  /** Null once erased. */
  readonly reason: string | null;
};

/** What the council decided in one round. */
export type CaseDecision = {
  readonly round: number;
  readonly seq: number;
  readonly at: number;
  readonly outcome: 'approved' | 'approved-with-conditions' | 'refused';
  readonly counted: Tally['counted'];
  /** Ids of its conditions. */
  readonly conditions: readonly string[];
  /** Null for a refusal that holds until somebody asks again. */
  readonly until: number | null;
  readonly triggers: readonly Trigger[];
  /** The facts that it rested on. */
  readonly facts: CaseFacts;
  /** From when it is out of force, by the first condition that is not met and says so; null while there is none. It comes back once that is met. */
  lapses: number | null;
  /** When and why it was asked again; null while it was not. */
  ended: { readonly at: number; readonly because: Trigger } | null;
};

/** Something that was asked of whoever asked, and the answer. */
export type CaseQuestion = {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly text: string | null;
  /** Fields of the form that are asked for; empty where words say it all. */
  readonly fields: readonly string[];
  answer: { readonly at: number; readonly by: string; readonly text: string | null } | null;
};

/** Evidence for what a kind wants to see. */
export type Evidence = {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  /** Id of what is wanted; null for what nobody asked for. */
  readonly for: string | null;
  readonly text: string | null;
  readonly link: string | null;
};

/** A question to the council, with everything that became of it. Times are Unix milliseconds. */
export type Case = {
  readonly id: string;
  /** As people call it, `IP-12`: in the order in which they were asked. */
  readonly name: string;
  readonly kind: string;
  readonly askedAt: number;
  /** Everybody who asked: the first one, then who asked the same. */
  readonly requesters: string[];
  /** Who made the change that it is about; null when it is not known, or whoever asked. */
  readonly author: string | null;
  readonly team: string | null;
  form: unknown;
  facts: CaseFacts;
  /** Null once erased. */
  readonly words: { readonly title: string; readonly details: string } | null;
  round: number;
  state: 'open' | 'decided' | 'withdrawn';
  openedAt: number;
  due: number;
  /** Since when it waits for facts, so that its clock stands; null while it does not. */
  waitingSince: number | null;
  route: Route;
  roll: readonly RollEntry[];
  /** Number of the act since which votes count: others were on other facts. */
  votesFrom: number;
  readonly votes: Vote[];
  /** Who said that they have an interest in it, and why; null once erased. */
  readonly interests: Map<string, { readonly at: number; readonly reason: string | null }>;
  readonly questions: CaseQuestion[];
  readonly evidence: Evidence[];
  /** One for each round that was decided, the latest last. */
  readonly decisions: CaseDecision[];
  /** What happened, in order, by the kinds of acts; for timeline and minutes. */
  readonly events: CaseEvent[];
};

/** Something that happened to a case. */
export type CaseEvent = { readonly seq: number; readonly at: number; readonly by: string; readonly kind: string };

/** The vote that counts of each person: their last since facts changed. */
export function votesNow(of: Case): ReadonlyMap<string, Vote> {
  return new Map(of.votes.filter((vote) => vote.seq > of.votesFrom).map((vote) => [vote.person, vote]));
}

/** The decision that stands; null while there is none, or it was asked again. One whose end came, or that hangs on a condition that is late, does not stand, whoever noticed. */
export function decisionNow(of: Case, now: number): CaseDecision | null {
  const last = of.decisions.at(-1);
  if (of.state !== 'decided' || last === undefined || last.ended !== null) return null;
  return isOver(last, now) || isLapsed(last, now) ? null : last;
}

/** True once the end of a decision came. */
export function isOver({ until }: CaseDecision, now: number): boolean {
  return until !== null && until <= now;
}

/** True while a decision is out of force, since a condition on which it hangs is late. */
export function isLapsed({ lapses }: CaseDecision, now: number): boolean {
  return lapses !== null && lapses <= now;
}

/** When it is due, the time it waited for facts not counted. */
export function dueOf(of: Case, now: number): number {
  return of.waitingSince === null ? of.due : of.due + (now - of.waitingSince);
}

/** Notes that something happened. */
export function note(
  of: Case,
  { seq, at, actor, kind }: { readonly seq: number; readonly at: number; readonly actor: string; readonly kind: string },
): void {
  of.events.push({ seq, at, by: actor, kind });
}
