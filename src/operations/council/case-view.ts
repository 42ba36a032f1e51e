import { caseKindOf } from '#desk/council/case-kinds.ts';
import { seesCase } from '#desk/council/case-sight.ts';
import { decisionNow, dueOf, isLapsed, isOver, votesNow, type Bearer, type Case, type CaseDecision } from '#desk/council/cases.ts';
import { standingOfCase, votersOf } from '#desk/council/case-standing.ts';
import { conditionState, type Condition } from '#desk/council/conditions.ts';
import { functionTitles } from '#desk/council/functions.ts';
import { precedentsOf } from '#desk/council/precedents.ts';
import { adviceFor, mayReadPrivileged } from '#desk/council/privileged.ts';
import { conflictOf } from '#desk/council/roll.ts';
import { isSeated, type Seat } from '#desk/council/seats.ts';
import { givesVote } from '#desk/council/gives-vote.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';
import { isAllowed, isSameHand, type Actor } from '#model/actor.ts';
import { licenceView } from './licence-view.ts';

/** Who looks, and when. */
export type CouncilLook = { readonly desk: Desk; readonly actor: Actor; readonly now: number };

type NamedView = { readonly id: string; readonly name: string };

/** A case in a list. Times are ISO 8601. */
export type CaseRow = ReturnType<typeof caseRow>;

/** A case as a row of the queue. */
export function caseRow({ desk, actor, now }: CouncilLook, of: Case) {
  // Of thousands only a few are open, and counting asks for everybody's roles.
  const tally = of.state === 'open' ? standingOfCase(desk, of, now) : null;
  const last = of.decisions.at(-1);
  const standing = decisionNow(of, now);
  const due = dueOf(of, now);
  return {
    ...{ id: of.id, name: of.name, kind: of.kind, team: of.team, round: of.round },
    kindTitle: caseKindOf(of.kind)?.title ?? of.kind,
    title: of.words?.title ?? null,
    facts: of.facts,
    state: stateOf(of, now),
    outcome: of.state === 'decided' ? (last?.outcome ?? null) : null,
    until: standing === null ? null : isoOrNull(standing.until),
    asked: iso(of.askedAt),
    opened: iso(of.openedAt),
    due: iso(due),
    isOverdue: isOverdue(of, now),
    /** Functions that must be there: how many there are, and how many of them are served. */
    needed: of.route.functions.length,
    served: of.route.functions.length - (tally?.missing.length ?? 0),
    votes: tally?.counted.length ?? last?.counted.length ?? 0,
    waitsForMe: waitsFor({ desk, actor, now }, of),
    conditionsOpen: conditionsOf(desk, of).filter((each) => ['open', 'claimed', 'overdue'].includes(conditionState(each, now))).length,
  };
}

/** True when the asker may vote on a case and has not. */
export function waitsFor(look: CouncilLook, of: Case): boolean {
  return of.state === 'open' && !votesNow(of).has(look.actor.id) && whyNoVote(look, of) === null;
}

/** True for an open case whose day has passed, and that does not wait for facts. */
export function isOverdue(of: Case, now: number): boolean {
  return of.state === 'open' && of.waitingSince === null && of.due <= now;
}

/** How a case is called in the queue: `expired` is decided, but its decision holds no longer; `lapsed` is out of force until a condition is met. */
export function stateOf(of: Case, now: number): 'open' | 'waiting' | 'decided' | 'lapsed' | 'expired' | 'withdrawn' {
  if (of.state === 'open') return of.waitingSince === null ? 'open' : 'waiting';
  if (of.state !== 'decided' || decisionNow(of, now) !== null) return of.state;
  const last = of.decisions.at(-1);
  return last !== undefined && isLapsed(last, now) && !isOver(last, now) ? 'lapsed' : 'expired';
}

/** A case with everything that the asker may know of it. */
export function caseDetail(look: CouncilLook, of: Case) {
  const { desk, actor, now } = look;
  const named = (id: string): NamedView => ({ id, name: nameOf(desk.people, id) });
  const kind = caseKindOf(of.kind);
  const tally = standingOfCase(desk, of, now);
  const said = votesNow(of);
  const wanted = kind?.evidence ?? [];
  return {
    ...caseRow(look, of),
    details: of.words?.details ?? null,
    asks: kind?.asks ?? '',
    form: of.form as Readonly<Record<string, unknown>>,
    requesters: of.requesters.map(named),
    author: of.author === null ? null : named(of.author),
    route: { track: of.route.track, functions: of.route.functions, because: of.route.because },
    tally: {
      ...{ yes: tally.yes, no: tally.no, abstain: tally.abstain, missing: tally.missing, hasQuorum: tally.hasQuorum },
      hindrance: of.state === 'open' ? tally.hindrance : null,
      counted: tally.counted.map((each) => each.person),
    },
    roll: votersOf(desk, of, now).map((entry) => ({
      person: named(entry.person),
      function: entry.function,
      functionTitle: functionTitles[entry.function],
      deputyOf: entry.deputyOf === null ? null : named(entry.deputyOf),
      conflict: conflictOf(desk, of, entry.person),
      hasVote: givesVote(desk, entry.seat, now),
      says: of.state === 'decided' ? (of.decisions.at(-1)?.counted.find((each) => each.person === entry.person)?.says ?? null) : entry.says,
      votedAt: isoOrNull(said.get(entry.person)?.at ?? null),
    })),
    votes: of.votes.map((vote) => ({
      ...{ seq: vote.seq, at: iso(vote.at), person: named(vote.person), says: vote.says, reason: vote.reason, until: isoOrNull(vote.until) },
      counts: tally.counted.some((each) => each.person === vote.person) && said.get(vote.person)?.seq === vote.seq,
      conditions: vote.conditions.map((each) => ({
        id: each.id,
        text: each.text,
        owner: bearerView(desk, each.owner),
        due: iso(each.due),
        second: each.second,
        late: each.late,
      })),
    })),
    interests: [...of.interests].map(([person, interest]) => ({ person: named(person), at: iso(interest.at), reason: interest.reason })),
    questions: of.questions.map((each) => ({
      ...{ at: iso(each.at), by: named(each.by), text: each.text, fields: each.fields },
      answer: each.answer === null ? null : { at: iso(each.answer.at), by: named(each.answer.by), text: each.answer.text },
    })),
    wanted: wanted.map((each) => ({ ...each, isThere: of.evidence.some((evidence) => evidence.for === each.id) })),
    evidence: of.evidence.map((each) => ({ at: iso(each.at), by: named(each.by), for: each.for, text: each.text, link: each.link })),
    decisions: of.decisions.map((each) => decisionView(each)),
    conditions: conditionsOf(desk, of).map((each) => conditionView(look, each)),
    precedents: precedentsOf(
      of,
      [...desk.council.cases.values()].filter((each) => seesCase(desk, actor, each)),
    ).map((each) => ({
      ...{ id: each.case.id, name: each.case.name, title: each.case.words?.title ?? null, outcome: each.decision.outcome, at: iso(each.decision.at) },
      ...{ score: each.score, matched: each.matched },
    })),
    licence: licenceView(desk, of.facts),
    events: of.events.map((each) => ({ seq: each.seq, at: iso(each.at), by: named(each.by), kind: each.kind })),
    advice: adviceFor(desk.council, of.id, actor)?.map((each) => ({ at: iso(each.at), by: named(each.by), text: each.text })) ?? null,
    holdsDays: kind?.holdsDays ?? 0,
    version: desk.versions.get(`case:${of.id}`) ?? 0,
    may: mayDo(look, of),
  };
}

function mayDo(look: CouncilLook, of: Case) {
  const { desk, actor } = look;
  const isOpen = of.state === 'open';
  const isApart = conflictOf(desk, of, actor.id) === null;
  const isTheirs = of.requesters.includes(actor.id) || (of.team !== null && isAllowed(actor, 'council:ask', [of.team]));
  const voteNot = whyNoVote(look, of);
  const looksAfter = isAllowed(actor, 'council:write') && actor.kind !== 'machine' && isApart;
  return {
    ...{ vote: isOpen && voteNot === null, voteNot: isOpen ? voteNot : 'This case is not open.' },
    askFacts: isOpen && isAllowed(actor, 'council:vote') && isApart,
    answer: isOpen && isTheirs,
    addEvidence: isOpen && (isTheirs || isAllowed(actor, 'council:vote')) && isAllowed(actor, 'council:ask'),
    withdraw: isOpen && isAllowed(actor, 'council:ask') && (of.requesters[0] === actor.id || isAllowed(actor, 'council:write')),
    declareInterest: isOpen && isApart && actor.kind === 'person' && of.roll.some((each) => each.person === actor.id),
    route: isOpen && looksAfter,
    reopen: of.state === 'decided' && looksAfter,
    advise: mayReadPrivileged(actor),
    choose: actor.kind === 'person' && isAllowed(actor, 'licences:conclude') && of.facts.package !== null,
  };
}

/** Why the asker has no vote on a case, in words; null when they have one. The act itself judges again. */
function whyNoVote({ desk, actor, now }: CouncilLook, of: Case): string | null {
  if (actor.kind !== 'person' || !isAllowed(actor, 'council:vote')) return 'Members of the council vote.';
  const seats = of.roll.filter((each) => each.person === actor.id);
  if (seats.length === 0) return 'You had no seat when the roll of this case was taken.';
  const conflict = conflictOf(desk, of, actor.id);
  if (conflict !== null || isSameHand(actor, ...of.requesters, of.author)) return 'You have a part in what is asked, and so no vote.';
  return seats.some((each) => givesVote(desk, each.seat, now)) ? null : 'You have no seat any more.';
}

function conditionsOf(desk: Desk, of: Case): readonly Condition[] {
  return of.decisions.flatMap((each) => each.conditions).flatMap((id) => desk.council.conditions.get(id) ?? []);
}

function decisionView(each: CaseDecision) {
  return {
    ...{ round: each.round, at: iso(each.at), outcome: each.outcome, until: isoOrNull(each.until), triggers: each.triggers },
    ended: each.ended === null ? null : { at: iso(each.ended.at), because: each.ended.because },
  };
}

/** A condition as clients see it. */
export function conditionView({ desk, actor, now }: CouncilLook, each: Condition) {
  const of = desk.council.cases.get(each.case);
  const named = (id: string): NamedView => ({ id, name: nameOf(desk.people, id) });
  const state = conditionState(each, now);
  const isTheirs = each.owner.kind === 'person' ? each.owner.id === actor.id : desk.people.get(actor.id)?.teams.includes(each.owner.team) === true;
  const waits = each.claim === null && (state === 'open' || state === 'overdue');
  const isSecond = actor.kind === 'person' && isAllowed(actor, 'council:vote') && !isTheirs && each.claim?.by !== actor.id;
  return {
    ...{ id: each.id, text: each.text, state, second: each.second, late: each.late, due: iso(each.due), owner: bearerView(desk, each.owner) },
    case: { id: each.case, name: of?.name ?? each.case, title: of?.words?.title ?? null },
    component: of?.facts.component ?? null,
    claim: each.claim === null ? null : { at: iso(each.claim.at), by: named(each.claim.by), text: each.claim.text, link: each.claim.link },
    confirmed: each.confirmed === null ? null : { at: iso(each.confirmed.at), by: named(each.confirmed.by) },
    may: {
      fulfil: waits && actor.kind !== 'machine' && isAllowed(actor, 'council:ask') && (isTheirs || isAllowed(actor, 'council:write')),
      confirm: each.second && each.claim !== null && each.confirmed === null && each.dropped === null && isSecond,
    },
  };
}

/** A seat as clients see it. */
export function seatView({ desk, now }: CouncilLook, seat: Seat) {
  const named = (id: string): NamedView => ({ id, name: nameOf(desk.people, id) });
  const of = seat.deputyOf === null ? undefined : desk.council.seats.get(seat.deputyOf);
  return {
    ...{ id: seat.id, person: named(seat.person), function: seat.function, functionTitle: functionTitles[seat.function] },
    deputyOf: of === undefined ? null : named(of.person),
    from: iso(seat.from),
    until: isoOrNull(seat.until),
    isHeld: isSeated(desk.council.seats, seat, now),
    hasVote: givesVote(desk, seat.id, now),
    ended: isoOrNull(seat.ended?.at ?? null),
  };
}

function bearerView(desk: Desk, owner: Bearer) {
  return owner.kind === 'team'
    ? { kind: 'team' as const, id: owner.team, name: owner.team }
    : { kind: 'person' as const, id: owner.id, name: nameOf(desk.people, owner.id) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
