import {
  CouncilCaseDetail,
  CouncilCaseList,
  CouncilCaseQuery,
  CouncilConditionList,
  CouncilConditionQuery,
  CouncilKinds,
  CouncilSeatList,
  CouncilSeatQuery,
} from '../council.ts';
import { byId, list, read, type Routes } from './route.ts';

/** The council: its cases, conditions and seats. */
export const councilRoutes = {
  councilCases: {
    ...list,
    path: '/v1/council/cases',
    summary: 'Cases of the council',
    permission: 'council:read',
    query: CouncilCaseQuery,
    reply: CouncilCaseList,
  },
  councilCase: {
    ...read,
    path: '/v1/council/cases/:id',
    summary: 'One case of the council, by its id or name',
    permission: 'council:read',
    params: byId,
    reply: CouncilCaseDetail,
  },
  councilConditions: {
    ...list,
    path: '/v1/council/conditions',
    summary: 'Conditions of what the council approved',
    permission: 'council:read',
    query: CouncilConditionQuery,
    reply: CouncilConditionList,
  },
  councilSeats: {
    ...list,
    path: '/v1/council/seats',
    summary: 'Seats in the council, held and ended',
    permission: 'council:read',
    query: CouncilSeatQuery,
    reply: CouncilSeatList,
  },
  councilKinds: {
    ...read,
    path: '/v1/council/kinds',
    summary: 'What can be asked of the council, with the forms',
    permission: 'council:ask',
    reply: CouncilKinds,
  },
} as const satisfies Routes;
