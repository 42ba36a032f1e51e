import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { Country, noFacts, PackageName } from '../facts.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  /** For whose contributions it is signed. */
  package: PackageName,
  /** `corporate` binds the firm, `individual` a person. */
  signs: z.enum(['corporate', 'individual']),
  grants: z.enum(['licence', 'assignment', 'unknown']),
  patentGrant: z.boolean().nullable().default(null),
  countries: z.array(Country).max(50).default([]),
});

/** May we sign this contributor licence agreement? */
export const cla = caseKind({
  id: 'cla',
  title: 'CLA',
  asks: 'Whether a contributor licence agreement may be signed, and by whom.',
  form: Form,
  factsOf: ({ package: named, countries }) => ({ ...noFacts, package: named, countries }),
  evidence: [
    { id: 'text', title: 'The text of the agreement', isNeeded: true },
    { id: 'list', title: 'Who would contribute under it', isNeeded: true },
  ],
  routeOf({ signs, grants, patentGrant }) {
    return routed(
      '',
      ['legal', 'engineering'],
      [
        { if: true, functions: [], because: 'It is signed.' },
        { if: signs === 'corporate', functions: ['office'], because: 'It binds the firm.' },
        { if: grants !== 'licence', functions: ['patents', 'finance'], because: 'Rights are given away for good, or it is not known whether.' },
        { if: patentGrant !== false, functions: ['patents'], because: 'It grants patents, or it is not known whether.' },
      ],
    );
  },
  dueDays: 10,
  holdsDays: 1095,
  triggers: ['expired', 'asked-again'],
});
