import { z } from 'zod';

/** Who owns a component and how we know. Wherever this is null, no source names an owner: shown as "No owner", never left blank. */
export const Owner = z.object({
  /** Team name as the winning source writes it. */
  team: z.string(),
  how: z.enum(['codeowners', 'catalog-info', 'configured']),
  /** File that says so, inside its source; null when configured. */
  path: z.string().nullable(),
  /** One-based line; null when the format has no lines of its own. */
  line: z.number().int().positive().nullable(),
});
export type Owner = z.infer<typeof Owner>;
