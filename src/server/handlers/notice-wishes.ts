import { noticeKinds } from '#desk/notices/notice.ts';
import { neverMuted } from '#desk/notices/wishes.ts';
import { nameOf } from '#desk/people/people.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { Handler } from '../asked.ts';

/** What the asker and their teams want to be told, as they said it and while it holds. */
export const noticeWishes: Handler<'noticeWishes'> = ({ office, principal }) => {
  const { desk } = office.desk;
  const now = office.clock();
  const teams = desk.people.get(principal.subject)?.teams ?? [];
  const items = [principal.subject, ...teams.map((team) => `team:${team}`)].flatMap((who) =>
    (desk.wishes.get(who) ?? [])
      .filter(({ until }) => until === null || until > now)
      .map(({ until, at, by, ...wish }) => ({
        ...{ who, ...wish, until: isoOf(until), at: new Date(at).toISOString() },
        by: { id: by, name: nameOf(desk.people, by) },
      })),
  );
  return { items, kinds: noticeKinds.map((kind) => ({ kind, never: neverMuted.get(kind) ?? null })) };
};
