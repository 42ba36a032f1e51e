import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { ComponentRef, Country, noFacts } from '../facts.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  /** Whose the name or mark is. */
  whose: z.enum(['ours', 'project', 'unclear']),
  what: z.enum(['name', 'logo', 'domain', 'package-name']),
  use: z.enum(['naming', 'marketing', 'fork', 'registration']),
  countries: z.array(Country).max(50).default([]),
  component: ComponentRef.nullable().default(null),
});

/** May this name or mark be used so? */
export const trademark = caseKind({
  id: 'trademark',
  title: 'Trademark',
  asks: 'Whether a name or mark may be used in this way.',
  form: Form,
  factsOf: ({ countries, component }) => ({ ...noFacts, countries, component }),
  evidence: [
    { id: 'search', title: 'A search in the registers of marks', isNeeded: true },
    { id: 'policy', title: 'The trademark policy of the project', isNeeded: false },
  ],
  routeOf({ use, whose }) {
    return routed(
      '',
      ['legal', 'communications'],
      [
        { if: true, functions: [], because: 'A mark is a matter of law and of how the firm is seen.' },
        { if: use === 'registration', functions: ['finance'], because: 'Registering a mark costs money each year.' },
        { if: whose === 'project', functions: ['office'], because: 'The mark is that of a project with which we want to go on working.' },
      ],
    );
  },
  dueDays: 10,
  holdsDays: 1095,
  triggers: ['expired', 'asked-again'],
});
