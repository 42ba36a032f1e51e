import { isLive } from '#desk/access/actors.ts';
import { roles } from '#desk/access/roles.ts';
import { isoOf } from '#operations/finding-view.ts';
import { isRightPassword, keepPassword, passwordFault } from '#operations/passwords.ts';
import type { Handler } from '../asked.ts';
import { permissionsOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { deskNow } from '../sign-in.ts';

/** Who is asking. */
export const session: Handler<'session'> = async ({ principal, findings, office }) => {
  const desk = await deskNow(office);
  const held = (desk.access.grantsOf.get(principal.subject) ?? []).filter((grant) => isLive(desk, grant, office.clock()));
  return {
    principal: {
      kind: principal.kind,
      name: principal.name,
      id: principal.subject,
      how: principal.how,
      teams: [...(desk.people.get(principal.subject)?.teams ?? [])],
      roles: held.map(({ role, how, until }) => ({ role, title: roles[role].title, how, until: isoOf(until) })),
    },
    permissions: [...permissionsOf(principal)],
    findings: findings.kind === 'teams' ? (findings.teams.size === 0 ? 'none' : 'some') : findings.kind === 'all' ? 'all' : 'some',
    expires: isoOf(principal.expires),
  };
};

/** Ends the session; a token has none and stays. */
export const signOut: Handler<'signOut'> = async ({ principal, office }) => {
  if (principal.session !== null) await office.store.auth.deleteSession(principal.session);
  return null;
};

/** Gives the asker a password. Who signs in elsewhere has none here, or leaving there would not end it. */
export const setPassword: Handler<'setPassword'> = async ({ principal, office, body }) => {
  const person = (await deskNow(office)).people.get(principal.subject);
  if (person === undefined || principal.session === null) throw new Refusal(403, 'Only a person has a password. Sign in as yourself.');
  if (!office.signIn.passwords) throw new Refusal(403, 'This office takes no passwords.');
  const elsewhere = office.signIn.openId?.issuer;
  if (person.source === 'oidc' || person.words?.external.some(({ system }) => system === elsewhere) === true)
    throw new Refusal(403, 'You sign in with your account elsewhere, and have no password here.');
  const isKept = (await office.store.auth.credentialOf(person.id)) !== null;
  if (isKept && principal.how !== 'link' && !(await isRightPassword(office, person.id, body.current ?? '')))
    throw new Refusal(403, 'The present password is not right, or the account is locked for a while.');
  const fault = passwordFault(body.password, person.words?.user ?? null);
  if (fault !== null) throw new Refusal(400, fault);
  await keepPassword(office, person.id, body.password);
  await office.store.auth.deleteSessionsOf(person.id, principal.session);
  return null;
};
