import { ipPolicyInForce } from '#desk/ip-policy/ip-policies.ts';
import { seesAll } from '#model/visibility.ts';
import { componentNamed } from '../component-named.ts';
import type { Context } from '../context.ts';
import { requestReviews, reviewOf } from '../council/reviews.ts';
import { loadEstate } from '../follow-estate.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import { openLiveDesk } from '../live-desk.ts';
import { officeActor } from '../office-actor.ts';
import type { PackageAsker } from '../verdicts/package-asker.ts';
import { notPermitted, verdictsFor } from '../verdicts/verdicts-for.ts';
import { waysInto } from '../verdicts/ways-into.ts';
import { withRegistries } from '../verdicts/with-registries.ts';
import type { AskOffice } from './check.ts';

/** Asks the office whose store is at hand; what it asks of the council is asked by the office itself. */
export function askOfficeHere(context: Context, asker: PackageAsker | null): AskOffice {
  const { store, clock } = context;
  return async (packages, component, request) => {
    const [estate, live] = [await loadEstate(store), openLiveDesk()];
    const asked = await withRegistries({ estate, visibility: seesAll }, packages, asker);
    const [desk, now] = [await live.catchUp(store), clock()];
    const slot = component === null ? null : componentNamed(estate, seesAll, component);
    const wanted = { component: slot, artifacts: null };
    const judge = licenceJudge(estate, desk, now);
    const verdicts = verdictsFor({ estate, desk, visibility: seesAll, judge, now }, { packages: asked, ...wanted });
    const by = { actor: officeActor, visibility: seesAll, estateVisibility: seesAll };
    if (request !== null) await requestReviews(context, live, estate, by, verdicts.packages, wanted, request);
    const nameOf = (person: string): string => desk.people.get(person)?.words?.name ?? person;
    const { team, owner, stewards, counsel } = verdicts.ask;
    const paths = slot === null ? new Map<string, readonly string[]>() : await waysInto(store, estate, slot, notPermitted(verdicts));
    return {
      ...verdicts,
      packages: verdicts.packages.map((each) => ({
        ...each,
        review: reviewOf(estate, live.desk, officeActor, each, wanted, now),
        path: paths.get(each.purl) ?? [],
      })),
      isBuiltIn: ipPolicyInForce(desk.ipPolicies).approvedBy === null,
      ask: {
        team,
        owner: owner === null ? null : nameOf(owner),
        stewards: stewards.map((each) => ({ package: each.package, name: nameOf(each.steward.replace(/^team:/, '')) })),
        counsel: counsel.map(nameOf),
      },
    };
  };
}
