import { DeliveryList, DeliveryQuery } from '../delivery.ts';
import { list, type Routes } from './route.ts';

/** Routes about what the office tells people and other systems. */
export const deliveriesRoutes = {
  deliveries: {
    ...list,
    path: '/v1/deliveries',
    summary: 'What the office told people and other systems, what is on its way, and why something did not arrive',
    permission: 'deliveries:read',
    query: DeliveryQuery,
    reply: DeliveryList,
  },
} as const satisfies Routes;
