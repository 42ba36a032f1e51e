import type { Action } from '#model/action.ts';
import type { Clocks } from '../policy/policy.ts';
import type { ClockKind } from './clock-kind.ts';

/** A finding as its clock stands now. Unix milliseconds. */
export type ClockStand = {
  /** Finding id. */
  readonly finding: string;
  readonly component: string;
  readonly team: string | null;
  readonly action: Action;
  readonly clock: ClockKind;
  readonly openedAt: number;
  /** Null where no clock runs. */
  readonly due: number | null;
};

/** Something that is to be said of a clock: at which moment it became so, and to whom (a level of the escalation, `team` for the team of the component). */
export type ClockNews = {
  readonly kind: 'clock-started' | 'due-soon' | 'breached' | 'escalated' | 'owner-question';
  readonly at: number;
  readonly to: string;
  readonly stand: ClockStand;
};

const dayMs = 86_400_000;

/**
 * What became due to be said of clocks after one moment and until another, oldest first. The same question gives the same answer, so that a notifier that
 * died in between says nothing twice and leaves nothing out; what belongs to the baseline is never in it.
 */
export function dueToSay(
  stands: readonly ClockStand[],
  clocks: Pick<Clocks, 'warnDays' | 'escalation'>,
  after: number,
  until: number,
): readonly ClockNews[] {
  const news = stands.flatMap((stand) => newsOf(stand, clocks).filter(({ at }) => at > after && at <= until));
  return news.sort((a, b) => a.at - b.at || (a.stand.finding < b.stand.finding ? -1 : a.stand.finding > b.stand.finding ? 1 : 0));
}

function newsOf(stand: ClockStand, { warnDays, escalation }: Pick<Clocks, 'warnDays' | 'escalation'>): readonly ClockNews[] {
  const { clock, openedAt, due } = stand;
  if (clock === 'question') return [{ kind: 'owner-question', at: openedAt, to: 'team', stand }];
  if (due === null || (clock !== 'running' && clock !== 'paused')) return [];
  const news: ClockNews[] = [{ kind: 'clock-started', at: openedAt, to: 'team', stand }];
  if (clock === 'paused') return news;
  const warnAt = due - warnDays * dayMs;
  if (warnAt > openedAt) news.push({ kind: 'due-soon', at: warnAt, to: 'team', stand });
  for (const { afterDays, to } of escalation) news.push({ kind: afterDays === 0 ? 'breached' : 'escalated', at: due + afterDays * dayMs, to, stand });
  return news;
}
