import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { componentRule, type ConditionFacts } from '../rule.ts';

/** A condition of the council that nobody has shown to be met. */
export const councilCondition = componentRule({
  id: 'council-condition',
  title: 'Condition of the council',
  finds: 'A component in which the council permits something on a condition that is not met yet, due when the council said.',
  cannotSee:
    'Conditions of cases that name no component: they stand on the page of the council. What is asked for stands there, too, since it can be erased.',
  explain: 'What is permitted on a condition is permitted because somebody sees to it.',
  remedy: 'Do what the case asks for and show it there; or ask the council again.',
  past: 'Cases of a past day are not laid over it.',
  settings: z.strictObject({ severity: z.enum(severityLevels).default('high') }),
  judge({ conditions }, _settings, today) {
    if (conditions.length === 0) return { kind: 'fine' };
    return { kind: 'found', findings: conditions.map((each) => ({ subject: each.place, reason: reasonOf(each, today), since: each.since })) };
  },
});

const follows: Readonly<Record<ConditionFacts['late'], readonly [before: string, after: string]>> = {
  told: ['', ''],
  'asked-again': [' The council is asked again when it is late.', ' The council is asked again.'],
  ends: [' The approval is out of force when it is late.', ' The approval is out of force until it is met.'],
};

function reasonOf({ case: name, permits, due, isShown, late }: ConditionFacts, today: number): string {
  const isLate = due <= today;
  const day = new Date(due * 86_400_000).toISOString().slice(0, 10);
  const what = `${name} permits ${permits} on a condition that ${isLate ? `was due on ${day} and is not met` : `is due on ${day}`}.`;
  return `${what}${isShown ? ' It was shown to be met and waits for a second person.' : ''}${follows[late][isLate ? 1 : 0]}`;
}
