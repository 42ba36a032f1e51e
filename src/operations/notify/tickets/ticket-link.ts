import { z } from 'zod';
import { storedJson } from '#language/readers/json.ts';

/** What a delivery knows of its ticket in the other system. Unix milliseconds. */
const Link = z.object({
  id: z.string(),
  url: z.string(),
  /** As we last made it there. */
  isOpen: z.boolean(),
  /** Ids of the findings it names. */
  told: z.array(z.string()),
  /** When it was seen that somebody closed it there by hand; null when nobody has. */
  closedByHand: z.number().nullable(),
});
export type TicketLink = z.infer<typeof Link>;

/** The link of a delivery; null when there is none yet. */
export function linkOf({ remote }: { readonly remote: string | null }): TicketLink | null {
  return remote === null ? null : Link.parse(storedJson(remote));
}

/** As it is stored. */
export function linkText(link: TicketLink): string {
  return JSON.stringify(link);
}
