import type { Refused } from '#desk/refused.ts';
import { unknown } from '#desk/refused.ts';
import { personNamed } from '#desk/people/people.ts';
import { emptyEstate } from '#estate/estate.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { loginLink } from './login-link.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';

/** A login link that signs in as a person, named by user name, mail address or pseudonym. That it was made stands in the ledger. */
export async function loginLinkAs(context: Context, base: string, user: string): Promise<{ readonly link: string } | Refused> {
  const live = openLiveDesk();
  const person = personNamed((await live.catchUp(context.store)).people, user);
  if (person === null) return unknown(`Nobody here is called ${user}, or more than one. Give a user name, a mail address or a pseudonym.`);
  const kind = actKindOf('issue-login-link');
  if (kind === undefined) throw new Error('The act issue-login-link is not in this build.');
  const wanted = { kind, body: { person: person.id }, words: null, actor: officeActor, visibility: seesNothing, expects: null };
  const done = await performAct(context, live, emptyEstate(), wanted);
  return 'refusal' in done ? done : { link: await loginLink(context.store, base, context.clock(), person.id) };
}
