import { z } from 'zod';
import { Clocks, ClocksQuery, ClosedClockList, ClosedClockQuery } from '../clocks.ts';
import { DeskDecisionList, DeskDecisionQuery, FindingDesk } from '../desk-decision.ts';
import { FindingDetail, FindingList, FindingQuery, FindingsOverTime, FindingsOverTimeQuery } from '../finding.ts';
import { asOf, list, read, type Routes } from './route.ts';

/** Findings, what people decided about them, and their clocks. */
export const findingsRoutes = {
  findings: { ...list, path: '/v1/findings', summary: 'Findings', permission: 'findings:read', query: FindingQuery, reply: FindingList },
  findingsOverTime: {
    ...read,
    path: '/v1/findings/over-time',
    summary: 'How many findings were open, week by week',
    permission: 'findings:read',
    query: FindingsOverTimeQuery,
    reply: FindingsOverTime,
  },
  finding: {
    ...read,
    path: '/v1/findings/:id',
    summary: 'One finding and the chain it rests on',
    permission: 'findings:read',
    params: z.object({ id: z.string() }),
    query: asOf,
    reply: FindingDetail,
  },
  findingDesk: {
    ...read,
    path: '/v1/findings/:id/desk',
    summary: 'What people did about an open finding, and what you may do',
    permission: 'findings:read',
    params: z.object({ id: z.string() }),
    reply: FindingDesk,
  },
  deskDecisions: {
    ...list,
    path: '/v1/finding-decisions',
    summary: 'Decisions about findings, and those that wait for a second person',
    permission: 'findings:read',
    query: DeskDecisionQuery,
    reply: DeskDecisionList,
  },
  clocks: {
    ...read,
    path: '/v1/clocks',
    summary: 'How clocks are kept: ageing, burn-down, time to close, attainment by team',
    permission: 'findings:read',
    query: ClocksQuery,
    reply: Clocks,
  },
  closedClocks: {
    ...list,
    path: '/v1/clocks/closed',
    summary: 'Clocks that ended within 90 days: the rows behind days to close and attainment',
    permission: 'findings:read',
    query: ClosedClockQuery,
    reply: ClosedClockList,
  },
} as const satisfies Routes;
