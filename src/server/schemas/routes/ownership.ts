import { AttestationList, AttestationQuery } from '../ownership.ts';
import { list, type Routes } from './route.ts';

/** Who owns what, and how sure that is. */
export const ownershipRoutes = {
  attestations: {
    ...list,
    path: '/v1/attestations',
    summary: 'Owners to be confirmed, and why',
    permission: 'estate:read',
    query: AttestationQuery,
    reply: AttestationList,
  },
} as const satisfies Routes;
