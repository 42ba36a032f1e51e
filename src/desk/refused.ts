/** Why something was not done. `unknown`: it does not exist, or not for this actor; the two are never told apart. */
export type Refused = { readonly refusal: 'not-allowed' | 'unknown' | 'changed' | 'invalid'; readonly reason: string };

/** The actor may not do it. */
export function notAllowed(reason: string): Refused {
  return { refusal: 'not-allowed', reason };
}

/** It does not exist for the actor. */
export function unknown(reason: string): Refused {
  return { refusal: 'unknown', reason };
}

/** It makes no sense as things stand. */
export function invalid(reason: string): Refused {
  return { refusal: 'invalid', reason };
}
