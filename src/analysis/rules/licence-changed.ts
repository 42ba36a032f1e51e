import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { useRule } from '../rule.ts';

/** A version whose licence is of another category than that of the versions before it. */
export const licenceChanged = useRule({
  id: 'licence-changed',
  title: 'Licence changed between versions',
  finds:
    'A package version whose licence is of another category than that of an earlier version of the same package, with the last version before the change; where the IP policy names changes, only those.',
  cannotSee: 'Versions that neither anybody here uses nor a registry was asked about; a change within one category.',
  explain: 'Projects that were open source have gone over to licences that keep some uses for their makers (BUSL, SSPL): an upgrade took it along.',
  remedy: 'Stay on, or go back to, the last version under the earlier licence, or move to a fork.',
  past: 'What sources said on a past day is not kept.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('medium'),
    /** Only where the IP policy does not allow it as it is. */
    notAllowedOnly: z.boolean().default(true),
  }),
  judge(facts, { notAllowedOnly }) {
    const { name, version, verdict } = facts;
    if (verdict.licence === null) return { kind: 'unknown', because: 'Its licence is unknown.' };
    if (notAllowedOnly && (verdict.verdict === 'allowed' || verdict.verdict === 'conditions')) return { kind: 'fine' };
    // Looked up only where it matters: it takes every version known of the package.
    const before = facts.earlier.findLast((each) => each.licence !== null && each.category !== verdict.category);
    if (before === undefined) return { kind: 'fine' };
    const meant = facts.changes?.find(({ from, to }) => from.includes(before.category ?? '') && to.includes(verdict.category ?? ''));
    if (facts.changes !== null && meant === undefined) return { kind: 'fine' };
    const why = meant === undefined ? '' : ` ${meant.because}`;
    const reason = `${name} ${version} is under ${verdict.licence}; the last version known here under ${before.licence ?? ''} is ${before.version}.${why}`;
    return { kind: 'found', findings: [{ subject: `${before.licence ?? ''} -> ${verdict.licence}`, reason, since: null }] };
  },
});
