import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';

const State = z.enum(['waiting', 'sent', 'dead']);
const count = z.number().int().nonnegative();

/** Something that the office says on a channel. Times are ISO 8601. */
export const Delivery = z.object({
  id: z.string(),
  channel: z.string(),
  /** Kind of notice; `issue` for what keeps a ticket in step. */
  kind: z.string(),
  /** A person by name, a list of addresses by its team (empty: the office's own), or whoever reads the channel. */
  to: z.object({ kind: z.enum(['person', 'list', 'channel']), name: z.string() }),
  /** Null for who may not see every finding: it names advisories and components. */
  title: z.string().nullable(),
  state: State,
  tries: count,
  /** Why the last try failed; null when none did. */
  problem: z.string().nullable(),
  created: z.iso.datetime(),
  /** When it is tried next; null when it was sent or given up. */
  next: z.iso.datetime().nullable(),
  sent: z.iso.datetime().nullable(),
  /** Where it is a ticket that was made; null for all others, and for who may not see every finding. */
  ticket: z.object({ url: z.string(), isOpen: z.boolean(), closedByHand: z.iso.datetime().nullable() }).nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Filters of the deliveries. */
export const DeliveryQuery = ListQuery.extend({
  state: State.optional(),
  channel: z.string().min(1).max(60).optional(),
  kind: z.string().min(1).max(60).optional(),
  /** `true`: tickets that somebody closed by hand while findings in them are open. */
  closedByHand: z.enum(['true']).optional(),
  sort: sortBy(['created', 'next', 'tries'], '-created'),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;

/** One page of deliveries, the last 10,000 of each state. */
export const DeliveryList = listOf(Delivery).extend({
  /** How many there are of each state, whatever the filters. */
  states: z.object({ waiting: count, sent: count, dead: count }),
  channels: z.array(z.string()),
  kinds: z.array(z.string()),
});
export type DeliveryList = z.infer<typeof DeliveryList>;
