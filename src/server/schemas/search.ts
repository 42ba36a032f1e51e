import { z } from 'zod';
import { Severity } from './severity.ts';

/** What is being looked for, from the first letter on. */
export const SearchQuery = z.strictObject({ q: z.string().min(1).max(200), limit: z.coerce.number().int().min(1).max(20).default(6) });
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Hits by kind, best first; groups without hits are left out. */
export const SearchResult = z.object({
  q: z.string(),
  groups: z.array(
    z.object({
      kind: z.enum(['component', 'package', 'advisory', 'team']),
      total: z.number().int().nonnegative(),
      items: z.array(
        z.object({
          title: z.string(),
          /** What tells it from its namesakes: purl, namespace, alias ids. */
          detail: z.string(),
          /** Path of its page in the web. */
          href: z.string().startsWith('/'),
          severity: Severity.nullable(),
        }),
      ),
    }),
  ),
});
export type SearchResult = z.infer<typeof SearchResult>;
