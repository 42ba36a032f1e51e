import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import { decisionNow, note, type Case } from '../council/cases.ts';
import type { CaseFacts } from '../council/facts.ts';
import { noFacts } from '../council/facts.ts';
import { caseKinds } from '../council/kinds/all.ts';
import { questionKey } from '../council/question-key.ts';
import { rollAt } from '../council/roll.ts';
import type { RollEntry } from '../council/roll-entry.ts';
import type { Route } from '../council/route.ts';
import type { Desk } from '../desk.ts';
import { GivenId, PersonId, TeamName } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const dayMs = 86_400_000;

type Question = z.ZodObject<{ kind: z.ZodLiteral<string>; form: z.ZodType }, z.core.$strict>;
const questions = caseKinds.map((kind): Question => z.strictObject({ kind: z.literal(kind.id), form: kind.form }));

const Body = z.strictObject({
  /** 26 characters of base32, given by who asks. It also names the case that it joins. */
  id: GivenId,
  question: z.discriminatedUnion('kind', questions as [Question, ...Question[]]),
  /** Whose business it is, where it names no component. */
  team: TeamName.nullable().default(null),
  /** Who made the change that it is about. */
  author: PersonId.nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ title: z.string().min(3).max(300), details: z.string().max(20_000).default('') });
type Words = z.infer<typeof Words>;

/** What the ledger keeps beside what was asked: the way and the roll of the case, or the case that it joined. */
type Kept = Body & {
  readonly joined: string | null;
  readonly team: string | null;
  readonly facts: CaseFacts;
  readonly route: Route;
  readonly roll: readonly RollEntry[];
  /** Unix milliseconds. */
  readonly due: number;
};

/** Asks the council. Who asks what is being asked already joins that case. */
export const requestReview = actKind<Body, Words>({
  id: 'request-review',
  summary: 'Ask the council, or join the case that asks the same',
  permission: 'council:ask',
  body: Body,
  words: Words,
  componentsOf: (body) => {
    const { component } = factsOf(body);
    return component === null ? [] : [component];
  },
  subjectOf: (body) => `case:${body.id}`,
  judge(desk, { body, actor, teams }) {
    const { cases, joined } = desk.council;
    if (cases.has(body.id) || joined.has(body.id)) return invalid('This was asked already.');
    const team = teamOf(body, teams);
    const whose = teams.length === 0 && team === null ? [] : [team];
    if (!isAllowed(actor, 'council:ask', whose)) return notAllowed('You may not ask for this team, or for what nobody owns.');
    const same = sameCase(desk, body, team);
    if (same === undefined) return null;
    if (same.requesters.includes(actor.id) && same.state === 'open') return invalid(`You asked that already: ${same.name}.`);
    return same.state === 'open' ? null : invalid(`${same.name} decided that. Look there, or ask for it to be opened again.`);
  },
  kept(desk, { body, at, teams }): Kept {
    const kind = caseKindOf(body.question.kind);
    const team = teamOf(body, teams);
    const joined = sameCase(desk, body, team)?.id ?? null;
    return {
      ...body,
      ...{ team, joined },
      facts: factsOf(body),
      route: kind?.routeOf(body.question.form) ?? { track: 'full', functions: ['legal'], because: [] },
      roll: joined === null ? rollAt(desk, at) : [],
      due: at + (kind?.dueDays ?? 0) * dayMs,
    };
  },
  fold(desk, act) {
    const { id, question, team, author, joined, facts, route, roll, due } = act.body as Kept;
    const { cases } = desk.council;
    const other = joined === null ? undefined : cases.get(joined);
    if (other !== undefined) {
      desk.council.joined.set(id, other.id);
      if (!other.requesters.includes(act.actor)) other.requesters.push(act.actor);
      note(other, act);
      return;
    }
    const asked: Case = {
      ...{ id, author, team, facts, route, roll, due },
      name: `IP-${String(cases.size + 1)}`,
      kind: question.kind,
      form: question.form,
      askedAt: act.at,
      openedAt: act.at,
      requesters: [act.actor],
      words: act.words as Words | null,
      round: 1,
      state: 'open',
      waitingSince: null,
      votesFrom: act.seq,
      votes: [],
      interests: new Map(),
      questions: [],
      evidence: [],
      decisions: [],
      events: [],
    };
    note(asked, act);
    cases.set(id, asked);
  },
});

function factsOf({ question }: Body): CaseFacts {
  return caseKindOf(question.kind)?.factsOf(question.form) ?? noFacts;
}

function teamOf({ team }: Body, teams: readonly (string | null)[]): string | null {
  return teams.length > 0 ? (teams[0] ?? null) : team;
}

/** The case that asks the same and is open, or whose approval stands. */
function sameCase(desk: Desk, body: Body, team: string | null): Case | undefined {
  const facts = factsOf(body);
  const key = questionKey(body.question.kind, facts, team);
  if (key === null) return undefined;
  for (const each of desk.council.cases.values()) {
    if (each.state === 'withdrawn' || each.facts.package !== facts.package || questionKey(each.kind, each.facts, each.team) !== key) continue;
    const last = each.decisions.at(-1);
    if (each.state === 'open' || (last !== undefined && last.outcome !== 'refused' && decisionNow(each, last.at) !== null)) return each;
  }
  return undefined;
}
