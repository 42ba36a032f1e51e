import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';

/** What names a policy, or another document that is approved whole: SHA-256 (hex) over it whole, so that what was approved is what takes effect. */
export function policyHash(policy: object): string {
  return hash('sha256', canonicalJson(policy), 'hex');
}
