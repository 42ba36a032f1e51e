import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';

const longestSearch = 2000;

/** What a person says of a view: its name, who shall see it, and the list it names. */
export const SavedViewContent = z.strictObject({
  /** Without control characters, which no reader would see. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'must have no invisible characters'),
  /** `own`: seen by whoever made it; `office`: by everyone. */
  scope: z.enum(['own', 'office']),
  /** Path of the list in the web. */
  page: z.enum(['/components', '/packages', '/findings', '/upgrades', '/sources', '/changes']),
  /** Filters, order and columns as the page has them behind its `?`, which is left out. The day that is asked about is not among them. */
  search: z.string().max(longestSearch),
});
export type SavedViewContent = z.infer<typeof SavedViewContent>;

/** A list that somebody has named. */
export const SavedView = SavedViewContent.extend({
  id: z.string(),
  // As stored: what was once accepted is shown, whatever is accepted now.
  name: z.string(),
  page: z.string(),
  search: z.string(),
  /** Whether it was made by whoever asks. */
  isMine: z.boolean(),
  created: z.iso.datetime(),
  changed: z.iso.datetime(),
  /** Words of its search that its page no longer understands; empty when it holds as a whole. */
  notUnderstood: z.array(z.string()),
  /** To send as `If-Match` when changing or deleting it. */
  etag: z.string(),
});
export type SavedView = z.infer<typeof SavedView>;

/** Filters of the saved views. */
export const SavedViewQuery = ListQuery.extend({
  page: z.string().optional(),
  scope: z.enum(['own', 'office']).optional(),
  sort: sortBy(['name', 'page', 'changed'], 'name'),
});
export type SavedViewQuery = z.infer<typeof SavedViewQuery>;

/** One page of saved views. */
export const SavedViewList = listOf(SavedView);
export type SavedViewList = z.infer<typeof SavedViewList>;
