import { z } from 'zod';

/** What a person or team said they want to be told, or not, while it holds. */
export const NoticeWish = z.object({
  /** A pseudonym or `team:…`. */
  who: z.string(),
  kinds: z.array(z.string()),
  /** Null: on every channel. */
  channel: z.string().nullable(),
  isWanted: z.boolean(),
  /** Further teams of which they want to hear. */
  teams: z.array(z.string()),
  /** Null: until they say otherwise. */
  until: z.iso.datetime().nullable(),
  by: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
});
export type NoticeWish = z.infer<typeof NoticeWish>;

/** What the asker and their teams said, oldest first, so that the last one counts; and which kinds there are. */
export const NoticeWishes = z.object({
  items: z.array(NoticeWish),
  /** `never`: why it cannot be muted; null where it can. */
  kinds: z.array(z.object({ kind: z.string(), never: z.string().nullable() })),
});
export type NoticeWishes = z.infer<typeof NoticeWishes>;
