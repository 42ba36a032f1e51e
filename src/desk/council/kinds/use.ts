import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { ComponentRef, DeliveryWord, LicenceText, LinkingWord, noFacts, PackageName } from '../facts.ts';
import { licenceFamilies } from '../licence-family.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  package: PackageName,
  version: z.string().min(1).max(200).nullable().default(null),
  licence: LicenceText.nullable().default(null),
  component: ComponentRef.nullable().default(null),
  delivery: DeliveryWord.nullable().default(null),
  linking: LinkingWord.nullable().default(null),
  modified: z.boolean().nullable().default(null),
  /** Money is paid for it. */
  paid: z.boolean().default(false),
});

const leaves = new Set(['browser', 'mobile', 'client-sdk', 'client-image', 'other-legal-entity', 'outsourcer', 'published']);

/** May we use this package, under this licence, in this way? */
export const use = caseKind({
  id: 'use',
  title: 'Use',
  asks: 'Whether a package may be used under its licence, in the way it is to be used.',
  form: Form,
  factsOf: ({ package: named, version, licence, component, delivery, linking, modified }) => ({
    ...noFacts,
    ...{ package: named, version, licence, component, delivery, linking, modified },
  }),
  evidence: [
    { id: 'licence-text', title: 'The licence text as it comes with the package', isNeeded: true },
    { id: 'how-used', title: 'How it is linked and delivered', isNeeded: true },
    { id: 'alternatives', title: 'What else was looked at', isNeeded: false },
    { id: 'contract', title: 'A contract or quotation', isNeeded: false },
  ],
  routeOf({ licence, delivery, modified, paid }) {
    const families = licenceFamilies(licence);
    const copyleft = families.has('strong-copyleft') || families.has('network-copyleft');
    return routed(
      'A licence that asks for little, used in a way that asks for no more.',
      ['legal', 'engineering'],
      [
        { if: families.has('unknown') || families.has('unlicensed'), functions: ['office'], because: 'The licence is not known.' },
        { if: delivery === null, functions: ['office'], because: 'How it is delivered is not known.' },
        {
          if: families.has('network-copyleft') && delivery !== 'internal',
          functions: ['security', 'office'],
          because: 'Its source is owed to those who use it over a network.',
        },
        {
          if: copyleft && delivery !== null && leaves.has(delivery),
          functions: ['patents', 'office'],
          because: 'It leaves the firm, and its licence reaches our own code and patents.',
        },
        { if: copyleft && modified === true, functions: ['patents'], because: 'It is modified, and what we change falls under its licence.' },
        { if: families.has('source-available'), functions: ['procurement', 'office'], because: 'The licence limits for what it may be used.' },
        { if: paid || families.has('commercial'), functions: ['finance', 'procurement'], because: 'It is paid for.' },
      ],
    );
  },
  dueDays: 5,
  holdsDays: 365,
  triggers: ['expired', 'licence-changed', 'major-version', 'context-changed', 'asked-again'],
});
