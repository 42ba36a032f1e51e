import { z } from 'zod';
import { isAllowed, type Actor } from '#model/actor.ts';
import type { Desk } from '../desk.ts';
import { PersonId } from '../people/schemas.ts';
import { notAllowed, type Refused } from '../refused.ts';
import { noticeKinds } from './notice.ts';
import type { Wish } from './wishes.ts';

/** What `mute` and `subscribe` have in common. */
export const wishBody = {
  /** The own pseudonym, or `team:…`. */
  who: z.union([PersonId, z.string().regex(/^team:.{1,200}$/u)]),
  kinds: z.array(z.enum(noticeKinds)).min(1).max(noticeKinds.length),
  /** Name of a channel; null: on each. */
  channel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
    .nullable()
    .default(null),
  /** ISO 8601; null: until somebody says otherwise. */
  until: z.iso.datetime().nullable().default(null),
};

/** Everybody wishes for themselves, and who decides for a team for that team; null lets it happen. */
export function refusedToWish(who: string, actor: Actor): Refused | null {
  if (!who.startsWith('team:')) return who === actor.id ? null : notAllowed('Everybody says for themselves what they want to hear.');
  return isAllowed(actor, 'findings:decide', [who.slice('team:'.length)]) ? null : notAllowed('You may not decide for this team.');
}

/** Adds a wish; those that were over when it came are forgotten. */
export function addWish(desk: Desk, who: string, wish: Wish): void {
  const before = (desk.wishes.get(who) ?? []).filter(({ until }) => until === null || until > wish.at);
  desk.wishes.set(who, [...before, wish]);
}
