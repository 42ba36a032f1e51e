import type { NoticeKind } from './notice.ts';

/** What a person or team wants to be told, or not. Unix milliseconds. */
export type Wish = {
  readonly kinds: readonly NoticeKind[];
  /** Name of a channel; null: on each. */
  readonly channel: string | null;
  /** False: nothing of it. */
  readonly isWanted: boolean;
  /** A person also hears of these teams, as far as they may see them. */
  readonly teams: readonly string[];
  /** Null: until they say otherwise. */
  readonly until: number | null;
  readonly by: string;
  readonly at: number;
};

/** What everybody said they want, by pseudonym or `team:…`, oldest first. */
export type Wishes = Map<string, readonly Wish[]>;

/** What is said whatever anybody wishes, and why. */
export const neverMuted: ReadonlyMap<NoticeKind, string> = new Map([
  ['incident', 'every owner answers an incident'],
  ['malicious', 'a malicious package is already inside'],
  ['second-person', 'somebody waits for you to confirm it'],
]);

/** Goes from a team to others, who are not silenced by it. */
export const notForTeams: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['escalated', 'decision-ending']);

/** Whether somebody wants to hear of a kind on a channel now, as they last said it; null where they said nothing that still holds. */
export function wantsOf(wishes: Wishes, who: string, kind: NoticeKind, channel: string, now: number): boolean | null {
  if (neverMuted.has(kind)) return null;
  return (wishes.get(who) ?? []).findLast((wish) => wish.teams.length === 0 && holds(wish, kind, channel, now))?.isWanted ?? null;
}

/** Persons who asked to hear of one of these teams, whoever else does. Whether they may see them is not judged here. */
export function subscribersTo(wishes: Wishes, teams: readonly (string | null)[], kind: NoticeKind, channel: string, now: number): readonly string[] {
  const isAbout = (wish: Wish): boolean => teams.some((team) => team !== null && wish.teams.includes(team));
  return [...wishes].flatMap(([who, of]) =>
    of.findLast((wish) => isAbout(wish) && holds(wish, kind, channel, now))?.isWanted === true ? [who] : [],
  );
}

function holds({ kinds, channel, until }: Wish, kind: NoticeKind, on: string, now: number): boolean {
  return kinds.includes(kind) && (channel === null || channel === on) && (until === null || until > now);
}
