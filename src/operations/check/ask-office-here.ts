import { ipPolicyInForce } from '#desk/ip-policy/ip-policies.ts';
import { seesAll } from '#model/visibility.ts';
import { componentNamed } from '../component-named.ts';
import type { Context } from '../context.ts';
import { loadEstate } from '../follow-estate.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import { openLiveDesk } from '../live-desk.ts';
import { verdictsFor } from '../verdicts/verdicts-for.ts';
import type { AskOffice } from './check.ts';

/** Asks the office whose store is at hand. */
export function askOfficeHere({ store, clock }: Pick<Context, 'store' | 'clock'>): AskOffice {
  return async (packages, component) => {
    const [estate, desk, now] = [await loadEstate(store), await openLiveDesk().catchUp(store), clock()];
    const slot = component === null ? null : componentNamed(estate, seesAll, component);
    const judge = licenceJudge(estate, desk, now);
    const verdicts = verdictsFor({ estate, desk, visibility: seesAll, judge, now }, { packages, component: slot, artifacts: null });
    const nameOf = (person: string): string => desk.people.get(person)?.words?.name ?? person;
    return {
      ...verdicts,
      isBuiltIn: ipPolicyInForce(desk.ipPolicies).approvedBy === null,
      ask: { team: verdicts.ask.team, counsel: verdicts.ask.counsel.map(nameOf) },
    };
  };
}
