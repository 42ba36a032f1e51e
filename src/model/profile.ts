/** How much the firm depends on a component, most first. */
export const tiers = ['tier-1', 'tier-2', 'tier-3', 'unknown'] as const;
export type Tier = (typeof tiers)[number];

/** From where a component can be reached, widest first. `isolated`: from no network. */
export const exposures = ['internet', 'internal', 'isolated', 'unknown'] as const;
export type Exposure = (typeof exposures)[number];

/** How the firm uses what it builds, as licences see it. */
export const contexts = ['distributed', 'network', 'internal', 'unknown'] as const;
export type UseContext = (typeof contexts)[number];

/** What is known of a component apart from what it contains. */
export type Profile = { readonly tier: Tier; readonly exposure: Exposure; readonly context: UseContext };

/** A component of which nobody said anything. */
export const unknownProfile: Profile = { tier: 'unknown', exposure: 'unknown', context: 'unknown' };
