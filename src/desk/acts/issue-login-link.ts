import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { isActive } from '../people/people.ts';
import { PersonId } from '../people/schemas.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ person: PersonId });

/** Notes that somebody at the machine made a login link for a person: whoever has it signs in as them. */
export const issueLoginLink = actKind<z.infer<typeof Body>>({
  id: 'issue-login-link',
  summary: 'Note that a login link was made for a person; only the command line does',
  permission: 'access:write',
  body: Body,
  words: null,
  subjectOf: (body) => body.person,
  judge(desk, { body, actor, at }) {
    if (actor.kind !== 'office') return notAllowed('Login links are made on the machine: guildhall login-link --as <user>.');
    const person = desk.people.get(body.person);
    return person !== undefined && isActive(person, at) ? null : unknown('There is no such person.');
  },
  fold() {
    // It is only told.
  },
});
