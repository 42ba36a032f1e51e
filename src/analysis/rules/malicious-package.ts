import { z } from 'zod';
import type { MatchRule } from '../rule.ts';

/** A package version that somebody published to do harm. */
export const maliciousPackage: MatchRule = {
  id: 'malicious-package',
  of: 'match',
  title: 'Malicious package',
  finds: 'A package version that was published to do harm, as a `MAL-` record of the OpenSSF malicious packages list says.',
  cannotSee: 'What nobody reported yet, and whether its code was run.',
  explain: 'It is no fault but an attack: whoever installed it may be compromised, whatever the package was used for.',
  remedy: 'Take the package out, treat the machines that installed it as compromised, and change every secret they could reach.',
  past: true,
  settings: z.strictObject({}),
  judge: ({ key, title, malicious }) => (malicious ? { kind: 'found', findings: [{ subject: key, reason: title, since: null }] } : { kind: 'fine' }),
};
