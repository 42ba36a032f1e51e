import { z } from 'zod';

/** What every list understands (an unknown filter is an error, since ignoring one would show wrong rows): how many rows, from where, in what order, and free text to narrow by. */
export const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The `next` of the page before, opaque and signed; another estate epoch answers 410. */
  cursor: z.string().max(2048).optional(),
  /** Free text over names; words are joined by "and". */
  q: z.string().max(200).optional(),
  /** `csv` and `jsonl` (one JSON object a line) give every filtered row, not one page, as a download. */
  format: z.enum(['json', 'csv', 'jsonl']).default('json'),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** A day of valid time, `YYYY-MM-DD`: the answer is the state at the end of that UTC day, as known now. Absent means now. */
export const AsOf = z.iso.date().optional();
export type AsOf = z.infer<typeof AsOf>;

/** One page of rows in a stable order. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** Cursor of the next page; null on the last one. */
    next: z.string().nullable(),
    /** Rows that match the filters, over all pages. */
    total: z.number().int().nonnegative(),
  });
}

/** The sort orders a list offers: a column name, or the same with a leading `-` for descending. */
export function sortBy<const Column extends string>(columns: readonly Column[], first: Column | `-${Column}`) {
  const words = columns.flatMap((column) => [column, `-${column}` as const]);
  return z.enum(words as [Column | `-${Column}`, ...(Column | `-${Column}`)[]]).default(first as never);
}

/** A yes or no in a query string. */
export const YesNo = z.enum(['true', 'false']);
export type YesNo = z.infer<typeof YesNo>;
