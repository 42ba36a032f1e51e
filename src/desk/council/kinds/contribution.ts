import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { ComponentRef, Country, LicenceText, noFacts, PackageName } from '../facts.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  /** What is contributed to. */
  package: PackageName,
  licence: LicenceText.nullable().default(null),
  what: z.enum(['fix', 'feature', 'documentation', 'maintainer']),
  /** In the firm's time, or in one's own. */
  time: z.enum(['firm', 'own']),
  /** Whose law of employment and of authors counts. */
  countries: z.array(Country).min(1).max(50),
  agreement: z.enum(['none', 'dco', 'cla', 'unknown']),
  /** It shows something that the firm does better than others. */
  sensitive: z.boolean().default(false),
  component: ComponentRef.nullable().default(null),
});

/** May this person or team contribute to that project, in whose time, under which law? */
export const contribution = caseKind({
  id: 'contribution',
  title: 'Contribution',
  asks: 'Whether people may contribute to a project, in firm or own time, and under which law.',
  form: Form,
  factsOf: ({ package: named, licence, time, countries, component }) => ({
    ...noFacts,
    ...{ package: named, licence, time, countries, component, delivery: 'published' as const },
  }),
  evidence: [
    { id: 'agreement', title: 'The text that contributors sign, if any', isNeeded: true },
    { id: 'content', title: 'What is to be contributed', isNeeded: true },
    { id: 'manager', title: 'That the manager agrees', isNeeded: false },
  ],
  routeOf({ what, time, agreement, sensitive }) {
    return routed(
      'A fix in firm time, and nothing is signed for it.',
      ['legal', 'engineering'],
      [
        {
          if: time === 'own',
          functions: ['hr'],
          because: 'It is made in own time: whose it is depends on the contract of employment and the country.',
        },
        { if: agreement === 'cla' || agreement === 'unknown', functions: ['office'], because: 'Something is signed, or it is not known whether.' },
        { if: sensitive, functions: ['patents', 'security'], because: 'It shows something that the firm does better than others.' },
        { if: what === 'maintainer', functions: ['office', 'hr'], because: 'It is a lasting duty and not one change.' },
      ],
    );
  },
  dueDays: 5,
  holdsDays: 365,
  triggers: ['expired', 'licence-changed', 'asked-again'],
});
