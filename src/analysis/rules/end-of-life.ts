import { z } from 'zod';
import { packageKey } from '#language/package-key.ts';
import { severityLevels } from '#model/advisory.ts';
import { cycleOf } from '../end-of-life/end-of-life-data.ts';
import { versionRule } from '../rule.ts';

/** A release line that its makers support no more. */
export const endOfLife = versionRule({
  id: 'end-of-life',
  title: 'End of life',
  finds: 'A package version of a release line that its makers support no more.',
  cannotSee: 'Packages whose makers announce no end, and those of which no data says so: they are unknown, not fine.',
  explain: 'What is found in it from now on is not fixed any more.',
  remedy: 'Move to a release line that is supported, or buy support for this one.',
  past: true,
  directOnly: false,
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('high'),
    /** So many days before the end it is found already. */
    daysBefore: z.number().int().min(0).max(3650).default(0),
  }),
  judge({ ecosystem, name, version, endOfLife: data }, { daysBefore }, today) {
    const product = data.get(`${ecosystem} ${packageKey(ecosystem, name)}`);
    if (product === undefined) return { kind: 'unknown', because: 'No data says until when it is supported.' };
    const cycle = cycleOf(product, version);
    if (cycle === null) return { kind: 'unknown', because: `Nothing is known of this release line of ${product.label}.` };
    if (cycle.endsOn === null) return { kind: 'unknown', because: `Nobody named a day for the end of ${product.label} ${cycle.name}.` };
    if (cycle.endsOn - daysBefore > today) return { kind: 'fine' };
    const day = new Date(cycle.endsOn * 86_400_000).toISOString().slice(0, 10);
    const reason = `${product.label} ${cycle.name} is supported ${cycle.endsOn > today ? 'until' : 'no more since'} ${day} (${product.source}).`;
    return { kind: 'found', findings: [{ subject: `${product.product} ${cycle.name}`, reason, since: cycle.endsOn - daysBefore }] };
  },
});
