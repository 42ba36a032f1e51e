import { packageOfPurl } from '#language/purl.ts';
import type { Obligation } from '#model/ip-policy.ts';
import { policyHash } from '../policy/policy-hash.ts';

/** That a duty was fulfilled for one package version in one artifact, or that this was taken back. Times are Unix milliseconds. */
export type Fulfilment = {
  readonly isFulfilled: boolean;
  /** What the duty asked for when it was fulfilled, as `obligationHash` gives it: another duty of the same id is open again. */
  readonly asked: string;
  /** Where it can be seen; null when its words were erased. */
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
  readonly seq: number;
};

/** What was said last, by ref of the component, artifact, duty and package version. */
export type Fulfilments = Map<string, Fulfilment>;

/** One duty of one package version; `artifact` is null where the component declares none. */
export type FulfilmentKey = { readonly component: string; readonly artifact: string | null; readonly obligation: string; readonly purl: string };

/** Natural key of a duty of a package version, the same however its purl is written. */
export function fulfilmentKey({ component, artifact, obligation, purl }: FulfilmentKey): string {
  const named = packageOfPurl(purl);
  const version = named === null ? [purl] : [named.ecosystem ?? '', named.name, named.version ?? ''];
  return [component, artifact ?? '', obligation, ...version].join('\0');
}

/** What names a duty as it is asked for now. */
export function obligationHash(obligation: Obligation): string {
  return policyHash(obligation);
}

/** How a duty was fulfilled that is asked for so now; null while it is not. */
export function fulfilmentOf(fulfilments: Fulfilments, key: FulfilmentKey, obligation: Obligation): Fulfilment | null {
  const found = fulfilments.get(fulfilmentKey(key));
  return found?.isFulfilled === true && found.asked === obligationHash(obligation) ? found : null;
}
