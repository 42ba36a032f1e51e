import { actKinds } from '#desk/acts/all.ts';
import { routes } from '#server/schemas/routes.ts';
import type { Route } from '#server/schemas/routes/route.ts';
import { reach, type Want } from './oracle.ts';
import type { Operation } from './operations.ts';

/** What the drill calls what a route or act asks for. A permission that is not here is one that the drill does not know yet. */
const wantOf: Readonly<Record<string, Want | null>> = {
  session: null,
  'estate:read': 'catalogue',
  'findings:read': 'findings',
  'sources:read': 'sources',
  'sources:write': 'stopReading',
  'incidents:write': 'incidents',
  'deliveries:read': 'deliveries',
  'deliveries:write': 'resend',
  'sboms:write': 'upload',
  'views:write': 'views',
  'views:share': 'officeViews',
  'ledger:read': 'ledger',
  'findings:propose': 'propose',
  'findings:decide': 'decide',
  'findings:approve': 'approve',
  'components:profile': 'profile',
  'owners:confirm': 'confirmOwner',
  'stewards:write': 'steward',
  'policy:write': 'writePolicy',
  'policy:approve': 'approvePolicy',
  'ip-policy:write': 'writeIpPolicy',
  'ip-policy:approve': 'approveIpPolicy',
  'licences:conclude': 'conclude',
  'artifacts:write': 'artifacts',
  'people:read': 'people',
  'people:write': 'keepPeople',
  'people:provision': 'provision',
  'access:read': 'review',
  'access:grant': 'handOut',
  'access:write': 'handOutAll',
  'access:break-glass': 'breakGlass',
  'tokens:write': 'token',
  'components:retire': 'retire',
  'components:delete': 'delete',
  'decisions:read': 'lastThings',
  'erasures:write': 'erase',
  'raw:read': 'raw',
  'council:read': 'readCouncil',
  'council:ask': 'askCouncil',
  'council:vote': 'vote',
  'council:write': 'runCouncil',
  'council:privileged': 'privileged',
  'gates:pass': 'passGate',
};

/**
 * Routes and acts for which nobody has written down what must come of them, asked with nothing in them: who lacks the permission is forbidden, others are
 * let in. It says nothing of whose things they reach: that is written in `operations.ts`.
 */
export function byPermission(asked: ReadonlySet<string>): readonly Operation[] {
  const table = Object.entries(routes).map(([name, route]: [string, Route]) => ({
    of: name,
    method: route.method,
    url: route.path.replace(/:\w+/g, 'nothing'),
    permission: route.permission,
  }));
  const acts = actKinds.map(({ id, permission }) => ({ of: id, method: 'POST' as const, url: `/v1/acts/${id}`, permission }));
  return [...table, ...acts].flatMap(({ of, method, url, permission }): readonly Operation[] => {
    if (asked.has(of)) return [];
    const want = wantOf[permission];
    if (want === undefined)
      throw new Error(`The drill does not know the permission ${permission} of ${of}: write down in test/drills/authz/oracle.ts who has it.`);
    return [
      {
        of,
        name: `${of}, with nothing in it`,
        method,
        url: () => url,
        ...(method === 'POST' || method === 'PUT' ? { body: () => ({}) } : {}),
        must: (asker) => (want !== null && reach(asker, want) === 'no' ? 'forbidden' : 'let in'),
      },
    ];
  });
}
