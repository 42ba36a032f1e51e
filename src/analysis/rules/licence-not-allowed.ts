import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { useRule } from '../rule.ts';

/** A use that the IP policy denies, or leaves to counsel. */
export const licenceNotAllowed = useRule({
  id: 'licence-not-allowed',
  title: 'Licence not allowed',
  finds: 'A package version whose licence the IP policy denies for the way in which its component is delivered, or whose use the council refused.',
  cannotSee: 'What is used without a package: copied files and snippets. A context that nobody declared is judged only where it makes no difference.',
  explain: 'Its licence asks for more than the firm will do for what is delivered so, or gives no right to use it at all.',
  remedy: 'Use an alternative, the last version under the earlier licence, or ask counsel for an exception.',
  past: 'Contexts and the IP policy of a past day are not laid over it.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('high'),
    /** Also what the policy leaves to counsel. */
    review: z.boolean().default(true),
  }),
  judge({ name, version, verdict, policy, refusal }, { review }) {
    if (verdict.verdict === 'unknown')
      return { kind: 'unknown', because: verdict.asks.includes('licence') ? 'Its licence is unknown.' : 'Nobody said how it is used.' };
    const isFound = verdict.verdict === 'denied' || (review && verdict.verdict === 'review');
    if (!isFound) return { kind: 'fine' };
    const word = verdict.verdict === 'denied' ? 'denied' : 'for review by counsel';
    const reason =
      refusal === null ? `${name} ${version}: policy verdict under ${policy}: ${word}. ${verdict.because}` : `${name} ${version}: ${refusal}.`;
    return { kind: 'found', findings: [{ subject: verdict.licence ?? 'unknown', reason, since: null }] };
  },
});
