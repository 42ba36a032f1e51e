import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { componentRule } from '../rule.ts';

/** A component of which nothing was heard for long. */
export const notScanned = componentRule({
  id: 'not-scanned',
  title: 'Not scanned',
  finds: 'A component that no source has shown for so many days.',
  cannotSee: 'Components that were never scanned at all.',
  explain: 'All that is said of it is as old as that: a package taken up since then is in no list here.',
  remedy: 'Look at the source’s last problem and scan again, or retire the component.',
  past: 'When a component was last shown is known as it is now only.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('medium'),
    days: z.number().int().min(1).max(3650).default(30),
  }),
  judge({ confirmed, firstSeen }, { days }, today) {
    if (confirmed === null) return { kind: 'found', findings: [{ subject: 'scan', reason: 'No source could ever show it.', since: firstSeen }] };
    const age = today - confirmed;
    if (age < days) return { kind: 'fine' };
    return {
      kind: 'found',
      findings: [
        { subject: 'scan', reason: `No source has shown it since ${dayOf(confirmed)}; ${String(days)} days are allowed.`, since: confirmed + days },
      ],
    };
  },
});

function dayOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
