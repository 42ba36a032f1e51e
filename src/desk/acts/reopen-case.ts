import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import { triggers } from '../council/case-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { isOver, note } from '../council/cases.ts';
import { isAskedByConditions } from '../council/case-conditions.ts';
import { endRuling } from '../council/council-rulings.ts';
import { conflictOf, rollAt } from '../council/roll.ts';
import type { RollEntry } from '../council/roll-entry.ts';
import type { Route } from '../council/route.ts';
import { widened } from '../council/route.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const dayMs = 86_400_000;

const Body = z.strictObject({ case: GivenId, because: z.enum(triggers) });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000).nullable().default(null) });
type Kept = Body & { readonly roll: readonly RollEntry[]; readonly route: Route; readonly due: number };

/** Opens a decided case again: its decision no longer holds, its conditions fall away, and the council votes anew. */
export const reopenCase = actKind<Body, z.infer<typeof Words>>({
  id: 'reopen-case',
  summary: 'Open a decided case again',
  permission: 'council:write',
  body: Body,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, words, actor, at }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (actor.kind === 'machine') return notAllowed('Only a person opens a case again.');
    if (conflictOf(desk, of, actor.id) !== null) return notAllowed('Who has a part in what is asked does not open it again.');
    if (of.state !== 'decided') return invalid('This case is not decided.');
    const last = of.decisions.at(-1);
    if (body.because === 'expired' && (last === undefined || !isOver(last, at))) return invalid('Its decision still holds.');
    if (body.because === 'condition-late' && !isAskedByConditions(desk.council, of, at)) return invalid('No condition that asks again is late.');
    return body.because === 'asked-again' && words.reason === null ? invalid('Say why it is asked again.') : null;
  },
  kept(desk, { body, at }): Kept {
    const of = desk.council.cases.get(body.case);
    const kind = of === undefined ? undefined : caseKindOf(of.kind);
    const route = of?.route ?? { track: 'full', functions: ['legal'], because: [] };
    return {
      ...body,
      roll: rollAt(desk, at),
      route: of === undefined || kind === undefined ? route : widened(route, kind.routeOf(of.form)),
      due: at + (kind?.dueDays ?? 0) * dayMs,
    };
  },
  fold(desk, act) {
    const { case: id, because, roll, route, due } = act.body as Kept;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    const last = of.decisions.at(-1);
    if (last !== undefined) last.ended = { at: act.at, because };
    for (const each of desk.council.conditions.values()) if (each.case === id) each.dropped ??= act.at;
    endRuling(desk, of);
    of.state = 'open';
    of.round += 1;
    of.openedAt = act.at;
    of.votesFrom = act.seq;
    of.roll = roll;
    of.route = route;
    of.due = due;
    note(of, act);
  },
});
