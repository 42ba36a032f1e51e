import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { componentRule } from '../rule.ts';

const shown = 3;

/** A component that uses what nobody can say to be allowed. */
export const licenceUnknown = componentRule({
  id: 'licence-unknown',
  title: 'Licences unknown',
  finds:
    'A component that uses package versions of whose licence nothing is known, or nothing that is a licence expression, or that the IP policy does not name.',
  cannotSee: 'Whether what is declared is true: texts in the packages themselves are not looked at.',
  explain: 'Nobody knows whether they may be used; unknown is not allowed.',
  remedy: 'Ask counsel to conclude their licences, or to name them in the IP policy; send an SBOM that says licences.',
  past: 'What sources said on a past day is not kept.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('medium'),
    /** From so many package versions on. */
    atLeast: z.number().int().min(1).max(100_000).default(1),
  }),
  judge({ unknownLicences: { count, some, total } }, { atLeast }) {
    if (total === 0) return { kind: 'unknown', because: 'It shows no package version.' };
    if (count < atLeast) return { kind: 'fine' };
    const names = some.slice(0, shown).join(', ');
    const reason = `Of ${String(count)} of its ${String(total)} package versions the licence is unknown: ${names}${count > shown ? ' and others' : ''}.`;
    return { kind: 'found', findings: [{ subject: 'licences', reason, since: null }] };
  },
});
