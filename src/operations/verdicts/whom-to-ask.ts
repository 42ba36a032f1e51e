import { rank } from '#analysis/licences/verdict.ts';
import type { Desk } from '#desk/desk.ts';
import { isDisclaimed, saidOf } from '#desk/ownership/ownership.ts';
import { stewardOf } from '#desk/ownership/stewardships.ts';
import { isActive } from '#desk/people/people.ts';
import type { Estate } from '#estate/estate.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { PolicyVerdict } from '#model/licence.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { saidOwners } from '../triage/owner-certainty.ts';

/** Whom to ask. */
export type WhomToAsk = {
  /** Team of the component; null when none owns it, the team says so itself, or no component was named. */
  readonly team: string | null;
  /** Pseudonym of who confirmed that it is the team's; null when nobody did, or they left. */
  readonly owner: string | null;
  /** Who was named to be asked about packages that are not simply permitted: a pseudonym or `team:…`, by purl without version. */
  readonly stewards: readonly { readonly package: string; readonly steward: string }[];
  /** People who are counsel now. */
  readonly counsel: readonly string[];
};

/** Who answers for a component and for packages, and who is counsel now. */
export function whomToAsk(
  { estate, desk, now }: { readonly estate: Estate; readonly desk: Desk; readonly now: number },
  component: number | null,
  packages: readonly { readonly purl: string; readonly verdict: PolicyVerdict }[],
): WhomToAsk {
  const team = component === null ? null : (estate.components[component]?.team ?? null);
  const last = component === null || desk.ownership.size === 0 ? undefined : saidOwners(estate, desk.ownership).get(component);
  const said = saidOf(last, team);
  const by = said?.said === 'confirmed' ? desk.people.get(said.by) : undefined;
  return {
    team: isDisclaimed(last, team) ? null : team,
    owner: by !== undefined && isActive(by, now) ? by.id : null,
    stewards: stewardsOf(desk, packages, now),
    counsel: counselOf(desk, now),
  };
}

function stewardsOf(
  { stewardships }: Pick<Desk, 'stewardships'>,
  packages: readonly { readonly purl: string; readonly verdict: PolicyVerdict }[],
  now: number,
): WhomToAsk['stewards'] {
  if (stewardships.size === 0) return [];
  const found = new Map<string, string>();
  for (const { purl, verdict } of packages) {
    const parts = rank(verdict) > 1 ? packageOfPurl(purl) : null;
    if (parts === null) continue;
    const own = purlOfPackage(parts.ecosystem ?? '', parts.name);
    const steward = stewardOf(stewardships, own, now)?.steward ?? null;
    if (steward !== null) found.set(own, steward);
  }
  return [...found].map(([own, steward]) => ({ package: own, steward }));
}

/** People who are counsel at a moment. */
export function counselOf({ access }: Pick<Desk, 'access'>, now: number): readonly string[] {
  const people = [...access.grants.values()].filter(
    ({ role, revoked, from, until }) => role === 'counsel' && revoked === null && from <= now && (until === null || until > now),
  );
  return [...new Set(people.map((grant) => grant.person))].sort();
}
