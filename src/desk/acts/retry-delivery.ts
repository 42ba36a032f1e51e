import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { unknown } from '../refused.ts';

const Body = z.strictObject({ deliveries: z.array(z.string().min(1).max(100)).min(1).max(1000) });
type Body = z.infer<typeof Body>;

/** Lets deliveries that were given up be tried again. */
export const retryDelivery = actKind<Body>({
  id: 'retry-delivery',
  summary: 'Try again to deliver what was given up',
  permission: 'deliveries:write',
  body: Body,
  words: null,
  deliveriesOf: ({ deliveries }) => deliveries,
  subjectOf: ({ deliveries }) => (deliveries.length === 1 ? `delivery:${deliveries[0] ?? ''}` : 'deliveries'),
  judge: (_desk, { body, givenUp = 0 }) =>
    givenUp === new Set(body.deliveries).size ? null : unknown('One of these deliveries does not exist, or was not given up.'),
  // Deliveries on their way are no part of the desk: they are tried again in the same transaction.
  fold: () => undefined,
});
