import { z } from 'zod';
import {
  Comparison,
  ComparisonQuery,
  ImportOutcome,
  ImportQuery,
  ImportedDecisionList,
  ImportedDecisionQuery,
  VexDocument,
  VexQuery,
} from '../imported-decision.ts';
import { list, read, type Routes } from './route.ts';

/** What is said about vulnerabilities in VEX and in decisions of other tools. */
export const statementsRoutes = {
  componentVex: {
    ...read,
    path: '/v1/components/:ref/vex',
    summary: 'What was decided about the vulnerabilities of a component, as VEX',
    permission: 'findings:read',
    params: z.object({ ref: z.string() }),
    query: VexQuery,
    reply: VexDocument,
  },
  componentComparison: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/comparison',
    summary: 'What another tool finds in a component beside what is open here: its findings are sent, nothing is kept',
    permission: 'findings:read',
    params: z.object({ ref: z.string() }),
    query: ComparisonQuery,
    body: 'stream',
    reply: Comparison,
  },
  importDecisions: {
    ...read,
    method: 'POST',
    path: '/v1/decision-imports',
    summary: 'Take over the decisions of a VEX document, an ignore file or another tool, unconfirmed',
    permission: 'findings:propose',
    query: ImportQuery,
    body: 'stream',
    status: 201,
    reply: ImportOutcome,
  },
  importedDecisions: {
    ...list,
    path: '/v1/imported-decisions',
    summary: 'Decisions that came from files, and whether somebody here stands behind them',
    permission: 'findings:read',
    query: ImportedDecisionQuery,
    reply: ImportedDecisionList,
  },
} as const satisfies Routes;
