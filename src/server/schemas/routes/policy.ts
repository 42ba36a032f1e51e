import { PolicyPreview, PolicyStatus, PreviewWanted } from '../policy.ts';
import { RuleRowList, RuleRowQuery, RuleStatuses } from '../rule.ts';
import { byId, list, read, type Routes } from './route.ts';

/** The policy, and the rules it may use. */
export const policyRoutes = {
  policy: { ...read, path: '/v1/policy', summary: 'By what the office judges', permission: 'estate:read', reply: PolicyStatus },
  previewPolicy: {
    ...read,
    method: 'POST',
    path: '/v1/policy/preview',
    summary: 'What a policy would change, over the estate as it is and as it was',
    permission: 'findings:read',
    body: PreviewWanted,
    reply: PolicyPreview,
  },
  rules: { ...read, path: '/v1/rules', summary: 'Ways of judging, and what each finds', permission: 'findings:read', reply: RuleStatuses },
  ruleRows: {
    ...list,
    path: '/v1/rules/:id/rows',
    summary: 'What an observed rule finds now, dealt with or only counted',
    permission: 'findings:read',
    params: byId,
    query: RuleRowQuery,
    reply: RuleRowList,
  },
} as const satisfies Routes;
