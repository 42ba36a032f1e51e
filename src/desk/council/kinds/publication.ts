import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { ComponentRef, LicenceText, noFacts } from '../facts.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  component: ComponentRef.nullable().default(null),
  /** Under which it is to be published. */
  licence: LicenceText,
  /** Who looks after it afterwards. */
  upkeep: z.enum(['team', 'community', 'none']),
  thirdParty: z.boolean(),
  /** Personal or client data, or names of clients, were in it at some time. */
  heldPersonalData: z.boolean(),
});

/** May this become open source? */
export const publication = caseKind({
  id: 'publication',
  title: 'Publication',
  asks: 'Whether something of ours may be published as open source.',
  form: Form,
  factsOf: ({ component, licence }) => ({ ...noFacts, component, licence, delivery: 'published' }),
  evidence: [
    { id: 'secrets', title: 'A scan of the whole history for secrets', isNeeded: true },
    { id: 'licences', title: 'The licences of everything in it', isNeeded: true },
    { id: 'patents', title: 'A patent review', isNeeded: true },
    { id: 'name', title: 'A search for the name', isNeeded: true },
    { id: 'value', title: 'What the firm gains', isNeeded: false },
  ],
  routeOf({ upkeep, thirdParty, heldPersonalData }) {
    return routed(
      '',
      ['legal', 'patents', 'engineering', 'security', 'communications'],
      [
        { if: true, functions: [], because: 'What is published cannot be taken back.' },
        { if: thirdParty, functions: ['office'], because: 'It holds code of others.' },
        { if: heldPersonalData, functions: ['privacy'], because: 'Its history may hold personal data.' },
        { if: upkeep === 'none', functions: ['office'], because: 'Nobody looks after it afterwards.' },
      ],
    );
  },
  dueDays: 20,
  holdsDays: 365,
  triggers: ['expired', 'licence-changed', 'asked-again'],
});
