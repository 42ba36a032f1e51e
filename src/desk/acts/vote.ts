import { z } from 'zod';
import type { Act } from '#model/act.ts';
import { isSameHand } from '#model/actor.ts';
import { actKind, type Command } from '../act-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import type { Trigger } from '../council/case-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note, votesNow, type AskedCondition, type Case, type CaseDecision } from '../council/cases.ts';
import { standingOfCase } from '../council/case-standing.ts';
import { ruleOnUse } from '../council/council-rulings.ts';
import { conflictOf } from '../council/roll.ts';
import { Bearer } from '../council/schemas.ts';
import { lateWays } from '../council/late-ways.ts';
import { givesVote } from '../council/gives-vote.ts';
import type { Desk } from '../desk.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown, type Refused } from '../refused.ts';

const dayMs = 86_400_000;
const longestConditionMs = 3 * 366 * dayMs;

const Body = z.strictObject({
  case: GivenId,
  says: z.enum(['yes', 'no', 'abstain']),
  /** What must be done, with a yes. What it is stands in the words, by id. */
  conditions: z
    .array(
      z.strictObject({
        id: GivenId,
        owner: Bearer,
        due: z.iso.datetime(),
        second: z.boolean().default(false),
        /** What follows when it is late. */
        late: z.enum(lateWays).default('told'),
      }),
    )
    .max(20)
    .default([]),
  /** ISO 8601: with a yes an earlier end than the kind gives, with a no the day from which it may be asked anew. */
  until: z.iso.datetime().nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().min(3).max(10_000), conditions: z.record(GivenId, z.string().min(3).max(2000)).default({}) });
type Words = z.infer<typeof Words>;

/** What the vote came to with those before it, as it was counted under the ledger's lock. */
type Closing = Pick<CaseDecision, 'outcome' | 'counted' | 'conditions' | 'until' | 'triggers'>;
type Kept = Body & { readonly closes: Closing | null };

/** Votes on a case. The case is decided by the vote with which the votes that count are enough, and by nothing else. */
export const vote = actKind<Body, Words>({
  id: 'vote',
  summary: 'Vote on a case of the council',
  permission: 'council:vote',
  body: Body,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, command) {
    const { body, actor, at } = command;
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (actor.kind !== 'person') return notAllowed('Only a person votes.');
    if (of.state !== 'open') return invalid('This case is not open.');
    const seats = of.roll.filter((each) => each.person === actor.id);
    if (seats.length === 0) return notAllowed('You had no seat when the roll of this case was taken.');
    if (conflictOf(desk, of, actor.id) !== null || isSameHand(actor, ...of.requesters, of.author))
      return notAllowed('Who asked, made the change, belongs to its team or has an interest in it does not vote.');
    if (!seats.some((each) => givesVote(desk, each.seat, at))) return notAllowed('You have no seat, or nothing that gives you a vote, any more.');
    return misfit(desk, of, command);
  },
  kept: (desk, command): Kept => ({ ...command.body, closes: closingOf(desk, command) }),
  fold(desk, act) {
    const { case: id, says, until, closes } = act.body as Kept;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    const words = act.words as Words | null;
    of.votes.push({
      ...{ seq: act.seq, at: act.at, person: act.actor, says },
      conditions: askedConditions(act.body as z.input<typeof Body>, words),
      until: until === null ? null : Date.parse(until),
      reason: words?.reason ?? null,
    });
    note(of, act);
    if (closes !== null) close(desk, of, closes, act);
  },
});

function misfit(desk: Desk, of: Case, { body, words, at }: Command<Body, Words>): Refused | null {
  const { conditions, until } = body;
  if (body.says !== 'yes' && conditions.length > 0) return invalid('Conditions go with a yes.');
  if (body.says === 'abstain' && until !== null) return invalid('An end goes with a yes or a no.');
  const taken = new Set([...of.votes.flatMap((each) => each.conditions.map(({ id }) => id)), ...desk.council.conditions.keys()]);
  for (const { id, due } of conditions) {
    if (taken.has(id)) return invalid('A condition has an id that another has.');
    taken.add(id);
    if (words.conditions[id] === undefined) return invalid('Say what each condition is.');
    if (Date.parse(due) <= at || Date.parse(due) > at + longestConditionMs) return invalid('A condition is due later than now, within three years.');
  }
  for (const { owner } of conditions)
    if (owner.kind === 'person' && !desk.people.has(owner.id)) return unknown('There is no such person to see to a condition.');
  if (until === null) return null;
  if (Date.parse(until) <= at) return invalid('It would end before it begins.');
  if (body.says === 'no') return null;
  const days = caseKindOf(of.kind)?.holdsDays ?? 0;
  return Date.parse(until) > at + days * dayMs ? invalid(`It holds for ${String(days)} days at most.`) : null;
}

/** What the votes come to with this one. Terms are the strictest that are asked for: every condition of a yes and the earliest end, or the latest end of a no. */
function closingOf(desk: Desk, { body, actor, at }: Command<Body, Words>): Closing | null {
  const of = desk.council.cases.get(body.case);
  if (of === undefined) return null;
  const tally = standingOfCase(desk, of, at, new Map([[actor.id, body.says]]));
  if (tally.outcome === null) return null;
  const triggers: readonly Trigger[] = caseKindOf(of.kind)?.triggers ?? [];
  const own = { conditions: body.conditions.map(({ id }) => id), until: body.until === null ? null : Date.parse(body.until) };
  const before = votesNow(of);
  const agreed = tally.counted
    .filter((each) => each.says === (tally.outcome === 'refused' ? 'no' : 'yes'))
    .map(({ person }) => {
      const said = person === actor.id ? undefined : before.get(person);
      return said === undefined ? own : { conditions: said.conditions.map(({ id }) => id), until: said.until };
    });
  const ends = agreed.flatMap((each) => (each.until === null ? [] : [each.until]));
  // It stands until somebody asks again where one who said no names no day.
  if (tally.outcome === 'refused') {
    const until = ends.length < agreed.length ? null : Math.max(...ends);
    return { outcome: 'refused', counted: tally.counted, conditions: [], until, triggers };
  }
  const conditions = agreed.flatMap((each) => each.conditions);
  return {
    outcome: conditions.length === 0 ? 'approved' : 'approved-with-conditions',
    ...{ counted: tally.counted, conditions, triggers },
    until: Math.min(at + (caseKindOf(of.kind)?.holdsDays ?? 0) * dayMs, ...ends),
  };
}

function askedConditions({ conditions = [] }: z.input<typeof Body>, words: Words | null): readonly AskedCondition[] {
  // Votes of before there was `late` say nothing of it.
  return conditions.map(({ id, owner, due, second = false, late = 'told' }) => ({
    ...{ id, owner, second, late },
    due: Date.parse(due),
    text: words?.conditions[id] ?? null,
  }));
}

function close(desk: Desk, of: Case, closes: Closing, { seq, at, actor }: Pick<Act, 'seq' | 'at' | 'actor'>): void {
  of.state = 'decided';
  of.waitingSince = null;
  of.decisions.push({ ...closes, round: of.round, seq, at, facts: of.facts, lapses: null, ended: null });
  for (const each of of.votes.flatMap(({ conditions }) => conditions)) {
    if (!closes.conditions.includes(each.id)) continue;
    desk.council.conditions.set(each.id, { ...each, case: of.id, round: of.round, claim: null, confirmed: null, dropped: null });
  }
  ruleOnUse(desk, of, actor);
}
