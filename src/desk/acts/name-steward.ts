import { z } from 'zod';
import { canonicalPurl, parsePurl } from '#language/purl.ts';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { isActive } from '../people/people.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** Purl without version. */
  package: z
    .string()
    .max(1000)
    .refine(
      (text) => canonicalPurl(text) === text && parsePurl(text)?.version == null,
      'A package is a purl without version, such as pkg:npm/lodash.',
    ),
  /** A person's pseudonym or `team:…`; null: nobody any more. */
  steward: z
    .string()
    .regex(/^(person:[a-z2-7]{26}|team:.{1,200})$/u)
    .nullable(),
  /** ISO 8601; at once when null. */
  from: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime().nullable().default(null),
});
type Body = z.infer<typeof Body>;

/** Says who is asked about a package, whichever component uses it. */
export const nameSteward = actKind<Body>({
  id: 'name-steward',
  summary: 'Say whom to ask about a package',
  permission: 'stewards:write',
  body: Body,
  words: null,
  subjectOf: (body) => body.package,
  judge(desk, { body, actor, at }) {
    if (!isAllowed(actor, 'stewards:write', [null])) return notAllowed('Stewards are named by the open source office.');
    if (body.steward?.startsWith('person:') === true) {
      const person = desk.people.get(body.steward);
      if (person === undefined || !isActive(person, at)) return unknown('Nobody here is this person, or they have left.');
    }
    const from = body.from === null ? at : Date.parse(body.from);
    return body.until !== null && Date.parse(body.until) <= from ? invalid('It would end before it begins.') : null;
  },
  fold(desk, act) {
    const { package: purl, steward, from, until } = act.body as Body;
    const said = {
      steward,
      from: from === null ? act.at : Date.parse(from),
      until: until === null ? null : Date.parse(until),
      ...{ by: act.actor, at: act.at, seq: act.seq },
    };
    desk.stewardships.set(purl, [...(desk.stewardships.get(purl) ?? []), said]);
  },
});
