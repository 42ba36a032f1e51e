import type { IpPolicy } from '#model/ip-policy.ts';

/** A part of the form: shows a policy, and says what is to be changed of it. */
export type FormPart = { readonly policy: IpPolicy; readonly change: (policy: IpPolicy) => void };
