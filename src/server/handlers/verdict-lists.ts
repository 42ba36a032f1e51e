import { hash } from 'node:crypto';
import { ipPolicyInForce } from '#desk/ip-policy/ip-policies.ts';
import type { Delivery } from '#model/licence.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { deniedPathsFor } from '#operations/verdicts/denied-paths-for.ts';
import type { Asked, Handler } from '../asked.ts';
import { sightKey } from '../principal.ts';

type ListAsked = Pick<Asked<'artifactoryList'>, 'office' | 'estate' | 'visibility' | 'principal'> & {
  readonly query: { readonly delivery?: Delivery | undefined };
};

/** Exclude patterns for repositories of Artifactory. */
export const artifactoryList: Handler<'artifactoryList'> = (asked) => {
  const { common, repositories } = listOf(asked);
  return tagged(asked, {
    ...common,
    repositories: repositories.map(({ ecosystem, format, versions, paths }) => ({
      ecosystem,
      packageType: format,
      versions,
      excludesPattern: paths.join(','),
    })),
  });
};

/** Routing rules for repositories of Nexus. */
export const nexusList: Handler<'nexusList'> = (asked) => {
  const { common, repositories } = listOf(asked);
  return tagged(asked, {
    ...common,
    rules: repositories.map(({ ecosystem, format, versions, regexes }) => ({
      ecosystem,
      versions,
      rule: {
        name: `guildhall-${format}`,
        description: `Denied by ${common.policy}; kept by Guildhall`,
        mode: 'BLOCK' as const,
        matchers: regexes,
      },
    })),
  });
};

function listOf({ office, estate, visibility, query }: ListAsked) {
  const desk = office.desk.desk;
  const now = office.clock();
  const delivery = query.delivery ?? null;
  const judge = licenceJudge(estate, desk, now);
  const { repositories, left } = deniedPathsFor({ estate, desk, visibility, judge, now }, delivery);
  const isBuiltIn = ipPolicyInForce(desk.ipPolicies).approvedBy === null;
  return { common: { policy: judge.policyName, isBuiltIn, delivery, left }, repositories };
}

/** With a tag of what it says and for whose eyes, so that who pulls it every few minutes gets it only when it changed. */
function tagged<List extends object>({ principal }: ListAsked, list: List): List & { readonly etag: string } {
  return { ...list, etag: `"${hash('sha256', JSON.stringify([sightKey(principal), list]), 'base64url').slice(0, 22)}"` };
}
