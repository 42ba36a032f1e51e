import { DeliveryList, DeliveryQuery } from '../delivery.ts';
import { NoticeWishes } from '../notice-wish.ts';
import { list, read, type Routes } from './route.ts';

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
  noticeWishes: {
    ...read,
    path: '/v1/session/notices',
    summary: 'What the asker and their teams want to be told, and what cannot be muted',
    permission: 'session',
    reply: NoticeWishes,
  },
} as const satisfies Routes;
