import { z } from 'zod';
import { caseKind } from '../case-kind.ts';
import { ComponentRef, DeliveryWord, LicenceText, noFacts, PackageName } from '../facts.ts';
import { licenceFamily } from '../licence-family.ts';
import { routed } from '../route.ts';

const Form = z.strictObject({
  /** Where it was taken from. */
  origin: z.enum(['project', 'question-and-answer', 'book', 'generated', 'unknown']),
  /** The project it is of, where it is one. */
  package: PackageName.nullable().default(null),
  licence: LicenceText.nullable().default(null),
  component: ComponentRef.nullable().default(null),
  delivery: DeliveryWord.nullable().default(null),
  lines: z.number().int().min(1).max(1_000_000).nullable().default(null),
});

const trivialLines = 20;

/** May this piece of somebody else's code stand in ours? */
export const snippet = caseKind({
  id: 'snippet',
  title: 'Snippet',
  asks: 'Whether a piece of code of others may stand in ours.',
  form: Form,
  factsOf: ({ package: named, licence, component, delivery }) => ({
    ...noFacts,
    ...{ package: named, licence, component, delivery },
  }),
  evidence: [
    { id: 'origin', title: 'Where it comes from, with date and revision', isNeeded: true },
    { id: 'match', title: 'What a scanner says it is like', isNeeded: false },
    { id: 'rewrite', title: 'What writing it anew would cost', isNeeded: false },
  ],
  routeOf({ origin, licence, lines }) {
    const family = licenceFamily(licence);
    return routed(
      'Of a licence that asks for little, and its origin is known.',
      ['legal', 'engineering'],
      [
        { if: origin === 'unknown' || origin === 'generated', functions: ['office'], because: 'Who wrote it is not known.' },
        { if: family === 'unknown', functions: ['office'], because: 'The licence is not known.' },
        {
          if: (family === 'strong-copyleft' || family === 'network-copyleft') && (lines ?? Infinity) > trivialLines,
          functions: ['patents'],
          because: 'Its licence reaches the file it stands in.',
        },
      ],
    );
  },
  dueDays: 5,
  holdsDays: 1095,
  triggers: ['expired', 'context-changed', 'asked-again'],
});
