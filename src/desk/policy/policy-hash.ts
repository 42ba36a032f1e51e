import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import type { Policy } from './policy.ts';

/** What names a policy: SHA-256 (hex) over it whole, so that what was approved is what takes effect. */
export function policyHash(policy: Policy): string {
  return hash('sha256', canonicalJson(policy), 'hex');
}
