import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { componentRule } from '../rule.ts';

/** A component that belongs to nobody. */
export const noOwner = componentRule({
  id: 'no-owner',
  title: 'No owner',
  finds: 'A component of which no source says who owns it.',
  cannotSee: 'Whether whoever is named still works here; who owned it on a past day.',
  explain: 'What is found in it goes to nobody.',
  remedy: 'Name an owner in `catalog-info.yaml` or CODEOWNERS, or retire the component.',
  past: 'Who owns a component is known as it is now only.',
  settings: z.strictObject({ severity: z.enum(severityLevels).default('medium') }),
  judge({ owner, firstSeen }) {
    if (owner !== null) return { kind: 'fine' };
    return { kind: 'found', findings: [{ subject: 'owner', reason: 'No source says who owns it.', since: firstSeen }] };
  },
});
