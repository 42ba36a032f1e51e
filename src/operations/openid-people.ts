import { isLive } from '#desk/access/actors.ts';
import type { RoleId } from '#desk/access/roles.ts';
import { isActive, personByExternal, type Person } from '#desk/people/people.ts';
import type { Refused } from '#desk/refused.ts';
import { emptyEstate } from '#estate/estate.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Identity } from '#outbound/openid.ts';
import type { Context } from './context.ts';
import { actKindOf, type LiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct, type Done } from './perform-act.ts';

/** What belonging to a group of the provider means here. */
export type GroupMeaning = { readonly group: string; readonly team?: string | undefined; readonly role?: RoleId | undefined };

/** How people of the provider become people here. */
export type OpenIdPeople = {
  readonly groups: readonly GroupMeaning[];
  /** `create`: who is not known is added, without roles but those of their groups; `refuse`: they must have been recorded before. */
  readonly unknownPeople: 'create' | 'refuse';
};

/**
 * The person that a proven identity is, by issuer and subject and never by mail address; added when unknown and that is allowed. Teams and roles follow
 * the groups at each sign-in: those that the mapping names are given and taken by the office, in the ledger. Null when they may not come in.
 */
export async function personOfIdentity(context: Context, live: LiveDesk, identity: Identity, settings: OpenIdPeople): Promise<string | null> {
  const desk = await live.catchUp(context.store);
  const known = personByExternal(desk.people, identity.issuer, identity.subject);
  if (known !== null && !isActive(known, context.clock())) return null;
  if (known === null && settings.unknownPeople === 'refuse') return null;
  const meant = settings.groups.filter(({ group }) => identity.groups.includes(group));
  const teams = [...new Set(meant.flatMap(({ team }) => team ?? []))];
  const id = known?.id ?? `person:${context.randomId().slice(0, 26)}`;
  if (known === null || isChanged(known, identity, teams)) {
    const recorded = await perform(context, live, 'record-people', bodyOf(id, known, teams), wordsOf(id, known, identity));
    if ('refusal' in recorded) return null;
  }
  await followRoles(context, live, id, new Set(meant.flatMap(({ role }) => role ?? [])));
  return id;
}

/** People that another source keeps are in the teams it says. */
function isChanged(known: Person, { name, email }: Identity, teams: readonly string[]): boolean {
  if (known.source !== 'oidc') return false;
  const sameTeams = known.teams.length === teams.length && teams.every((team) => known.teams.includes(team));
  return !sameTeams || (name !== null && known.words?.name !== name) || (email !== null && known.words?.email !== email);
}

function bodyOf(id: string, known: Person | null, teams: readonly string[]): object {
  const kept = known === null ? {} : { entity: known.entity, function: known.function, costCentre: known.costCentre, manager: known.manager };
  const leaves = known?.leaves == null ? null : new Date(known.leaves).toISOString();
  return { source: 'oidc', people: [{ id, teams, ...kept, leaves }] };
}

function wordsOf(id: string, known: Person | null, { issuer, subject, name, email }: Identity): object {
  const external = known?.words?.external ?? [{ system: issuer, id: subject }];
  // An address that is none is left out rather than keeping somebody out.
  const mail = email !== null && /^[^\s@\p{Cc}]{1,100}@[^\s@\p{Cc}]{1,150}$/u.test(email) ? email : null;
  return { people: [{ id, name: name === '' ? null : name, user: known?.words?.user ?? null, email: mail, external }] };
}

/** Gives what the groups mean and takes what the office gave before and they mean no more. A role that excludes one held is not given. */
async function followRoles(context: Context, live: LiveDesk, person: string, wanted: ReadonlySet<RoleId>): Promise<void> {
  const { access, people } = live.desk;
  const held = (access.grantsOf.get(person) ?? []).filter(
    (grant) => grant.by === officeActor.id && isLive({ access, people }, grant, context.clock()),
  );
  for (const grant of held) if (!wanted.has(grant.role)) await perform(context, live, 'revoke-role', { grant: grant.id }, {});
  for (const role of wanted) {
    if (held.some((grant) => grant.role === role)) continue;
    await perform(context, live, 'grant-role', { id: context.randomId().slice(0, 26), person, role }, {});
  }
}

async function perform(context: Context, live: LiveDesk, id: string, body: object, words: object): Promise<Done | Refused> {
  const kind = actKindOf(id);
  if (kind?.words == null) throw new Error(`The act ${id} is not in this build.`);
  const wanted = { kind, body: kind.body.parse(body), words: kind.words.parse(words), actor: officeActor, visibility: seesNothing, expects: null };
  return performAct(context, live, emptyEstate(), wanted);
}
