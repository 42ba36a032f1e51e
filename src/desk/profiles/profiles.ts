import type { Profile } from '#model/profile.ts';

/** What people said of components, by ref: each part as it was said last, and when anything of it changed. */
export type Profiles = Map<string, SaidProfile>;

export type SaidProfile = Partial<Profile> & { readonly by: string; readonly at: number };

/** The profile of a component: what people said of it before what its files declare. */
export function profileOf(said: SaidProfile | undefined, declared: Profile): Profile {
  return {
    tier: said?.tier ?? declared.tier,
    exposure: said?.exposure ?? declared.exposure,
    context: said?.context ?? declared.context,
  };
}
