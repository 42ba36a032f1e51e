import { nameOf, personByExternal, personNamed, type Person } from '#desk/people/people.ts';
import { directorySystem } from '#desk/acts/provision-person.ts';
import { isDeleted, teamNamed } from '#desk/provisioning/provisioning.ts';
import type { Resource, ScimProblem } from '#language/scim/attributes.ts';
import type { Values } from '#language/scim/filter.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { actKindOf } from '#operations/live-desk.ts';
import { isoOf } from '#operations/finding-view.ts';
import { performed } from '../perform.ts';
import { Refusal } from '../refusal.ts';
import { idOf, isHere, knownPersons, personOfId, userNameOf, versioned, type Call, type Versioned } from './directory.ts';
import { ScimRefusal } from './scim-refusal.ts';
import { enterpriseUrn, userUrn } from './scim-schemas.ts';

/** A person as SCIM shows a user. */
export function userView(call: Call, person: Person): Versioned {
  const { words, jobRole, manager } = person;
  const externalId = externalIdOf(person);
  const [given, family] = [words?.given ?? null, words?.family ?? null];
  const name = words?.name ?? null;
  const resource = {
    schemas: [userUrn, enterpriseUrn],
    id: idOf(person.id),
    ...said({ externalId }),
    userName: userNameOf(person),
    ...(name === null && given === null && family === null
      ? {}
      : { name: said({ formatted: name, givenName: given, familyName: family }), ...said({ displayName: name }) }),
    ...said({ title: jobRole }),
    active: isHere(call, person),
    ...(words?.email == null ? {} : { emails: [{ value: words.email, type: 'work', primary: true }] }),
    groups: groupsOf(call, person),
    [enterpriseUrn]: {
      ...said({ department: person.function, costCenter: person.costCentre, organization: person.entity }),
      ...(manager === null
        ? {}
        : { manager: { value: idOf(manager), $ref: `${call.base}/Users/${idOf(manager)}`, displayName: nameOf(call.desk.people, manager) } }),
    },
  };
  return versioned(call, resource, { kind: 'User', id: idOf(person.id), since: person.since, at: person.at });
}

/** The values at a path of a user, without making the whole of it: filters look at everybody. */
export function userValues(call: Call, person: Person): Values {
  const { words, manager } = person;
  const one = (value: string | boolean | null | undefined): readonly unknown[] => (value === null || value === undefined ? [] : [value]);
  const mails = words?.email == null ? [] : [{ value: words.email, type: 'work', primary: true }];
  const ways: Readonly<Record<string, () => readonly unknown[]>> = {
    id: () => [idOf(person.id)],
    externalid: () => one(externalIdOf(person)),
    username: () => [userNameOf(person)],
    displayname: () => one(words?.name),
    'name.formatted': () => one(words?.name),
    'name.givenname': () => one(words?.given),
    'name.familyname': () => one(words?.family),
    title: () => one(person.jobRole),
    active: () => [isHere(call, person)],
    emails: () => mails,
    'emails.value': () => mails.map(({ value }) => value),
    'emails.type': () => mails.map(({ type }) => type),
    'emails.primary': () => mails.map(({ primary }) => primary),
    groups: () => groupsOf(call, person),
    'groups.value': () => groupsOf(call, person).map(({ value }) => value),
    'groups.display': () => groupsOf(call, person).map(({ display }) => display),
    department: () => one(person.function),
    costcenter: () => one(person.costCentre),
    organization: () => one(person.entity),
    manager: () => one(manager === null ? null : idOf(manager)),
    'manager.value': () => one(manager === null ? null : idOf(manager)),
    'meta.created': () => [new Date(person.since).toISOString()],
    'meta.lastmodified': () => [new Date(person.at).toISOString()],
    'meta.resourcetype': () => ['User'],
  };
  return (path) => ways[path]?.() ?? [];
}

/** A user as changes are made to it: without what is shown of one and the same thing twice, so that whatever is said counts. */
export function userToChange(view: Resource): Resource {
  const { displayName: _, ...rest } = view;
  const { formatted: __, ...name } = asObject(view['name']) ?? {};
  const { organization: ___, ...enterprise } = asObject(view[enterpriseUrn]) ?? {};
  return { ...rest, name, [enterpriseUrn]: enterprise };
}

/**
 * Makes a person what the resource says, as one act; none where it says nothing new. `isWhole`: an attribute that is absent is empty. The extension as a
 * whole may be absent, and whether somebody is active: both are then as before.
 */
export async function takeUser(call: Call, before: Person | null, resource: Resource, isWhole: boolean): Promise<Person> {
  const person = before ?? returning(call, resource);
  const wanted = personSaid(call, person, resource, isWhole);
  const id = person?.id ?? `person:${call.office.context.randomId().slice(0, 26)}`;
  const { words } = wanted;
  const taken = knownPersons(call).find((each) => each.id !== id && userNameOf(each).toLowerCase() === words.user.toLowerCase());
  if (taken !== undefined) throw new ScimRefusal(409, { scimType: 'uniqueness', detail: 'Somebody else has this userName.' });
  const body = { id, ...wanted.body, deleted: false };
  if (before === null || isNews(before, body, words)) {
    await perform(call, before ?? person, body, words);
  }
  return personNow(call, id);
}

/** Lets a person leave, whom the directory deleted. What they did, and who they were, stays. */
export async function deleteUser(call: Call, person: Person): Promise<void> {
  const { id, entity, costCentre, jobRole, manager } = person;
  const leaves = person.leaves !== null && person.leaves <= call.now ? person.leaves : call.now;
  const body = { id, entity, function: person.function, costCentre, jobRole, manager, active: person.active, leaves: isoOf(leaves), deleted: true };
  await perform(call, person, body, null);
}

type Words = {
  readonly user: string;
  readonly name: string | null;
  readonly given: string | null;
  readonly family: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
};

type Body = Pick<Person, 'entity' | 'function' | 'costCentre' | 'jobRole' | 'manager' | 'active'> & { readonly leaves: string | null };

/** Whom a new resource means among those whom the directory deleted before; null for somebody new. */
function returning({ desk, now }: Call, resource: Resource): Person | null {
  const [user, external] = [asString(resource['userName']), asString(resource['externalId'])];
  const byExternal = external === null ? null : personByExternal(desk.people, directorySystem, external);
  const byUser = user === null ? null : personNamed(desk.people, user);
  const meant = byExternal ?? byUser;
  if (meant === null || !isDeleted(desk, meant, now)) return null;
  const known = externalIdOf(meant);
  // Another human being who got the user name of one who left is somebody else.
  return known === null || external === null || known === external ? meant : null;
}

function personSaid(call: Call, before: Person | null, resource: Resource, isWhole: boolean): { readonly body: Body; readonly words: Words } {
  const name = asObject(resource['name']) ?? {};
  const [given, family] = [textAt(name, 'givenName'), textAt(name, 'familyName')];
  const joined = [given, family].filter((each) => each !== null).join(' ') || null;
  const display = textAt(resource, 'displayName') ?? textAt(name, 'formatted');
  const isDisplaySaid = isWhole || 'displayName' in resource || 'formatted' in name;
  const isSameName = given === (before?.words?.given ?? null) && family === (before?.words?.family ?? null);
  const user = textAt(resource, 'userName');
  if (user === null) throw new ScimRefusal(400, { scimType: 'invalidValue', detail: 'userName is missing.' });
  const { active, isBack } = activeSaid(call, before, resource);
  return {
    body: {
      ...enterpriseSaid(call, before, resource, isWhole),
      jobRole: textAt(resource, 'title'),
      active,
      leaves: isBack ? null : isoOf(before?.leaves ?? null),
    },
    words: {
      ...{ user, given, family },
      name: isDisplaySaid ? (display ?? joined) : isSameName ? (before?.words?.name ?? joined) : joined,
      email: emailSaid(resource),
      externalId: 'externalId' in resource || before === null ? textAt(resource, 'externalId') : externalIdOf(before),
    },
  };
}

/** Whoever was deleted and is said again is back; a leaver date that somebody else gave stands. */
function activeSaid({ desk, now }: Call, before: Person | null, resource: Resource): { readonly active: boolean; readonly isBack: boolean } {
  const value = resource['active'];
  const small = typeof value === 'string' ? value.toLowerCase() : String(value);
  if (value !== undefined && small !== 'true' && small !== 'false')
    throw new ScimRefusal(400, { scimType: 'invalidValue', detail: 'active is true or false.' });
  const isBack = before !== null && isDeleted(desk, before, now);
  if (value === undefined || before === null) return { active: value === undefined ? (before?.active ?? true) : small === 'true', isBack };
  // It is shown as inactive for the leaver date already; that it is so does not make it so for good.
  const isGone = before.leaves !== null && before.leaves <= now;
  return { active: isGone && !isBack && small === 'false' ? before.active : small === 'true', isBack };
}

function enterpriseSaid(
  call: Call,
  before: Person | null,
  resource: Resource,
  isWhole: boolean,
): Pick<Body, 'entity' | 'function' | 'costCentre' | 'manager'> {
  const said = asObject(resource[enterpriseUrn]);
  if (said === null)
    return {
      entity: before?.entity ?? null,
      function: before?.function ?? null,
      costCentre: before?.costCentre ?? null,
      manager: before?.manager ?? null,
    };
  const isEntitySaid = isWhole || 'organization' in said || 'division' in said;
  return {
    entity: isEntitySaid ? (textAt(said, 'organization') ?? textAt(said, 'division')) : (before?.entity ?? null),
    function: textAt(said, 'department'),
    costCentre: textAt(said, 'costCenter'),
    manager: managerSaid(call, before, textAt(asObject(said['manager']) ?? {}, 'value')),
  };
}

/** A manager who is not known here, or not yet, is passed over: a directory must not fail for the order in which it sends people. */
function managerSaid(call: Call, before: Person | null, value: string | null): string | null {
  if (value === null) return null;
  const { people } = call.desk;
  const found = personOfId(call, value) ?? personByExternal(people, directorySystem, value) ?? personNamed(people, value);
  return found === null || found.id === before?.id ? (before?.manager ?? null) : found.id;
}

/** The primary address, else the one for work, else the first. */
function emailSaid(resource: Resource): string | null {
  const all = asArray(resource['emails']).map((each) => asObject(each) ?? {});
  const meant = all.find((each) => String(each['primary']).toLowerCase() === 'true') ?? all.find((each) => each['type'] === 'work') ?? all[0];
  return meant === undefined ? null : textAt(meant, 'value');
}

function textAt(holder: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = holder[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || /\p{Cc}/u.test(value))
    throw new ScimRefusal(400, { scimType: 'invalidValue', detail: `${name} is a text without control characters.` });
  return value.trim() === '' ? null : value.trim();
}

function isNews(before: Person, body: Body, { externalId, ...words }: Words): boolean {
  const { entity, costCentre, jobRole, manager, active } = before;
  const was = { entity, function: before.function, costCentre, jobRole, manager, active, leaves: isoOf(before.leaves) };
  const held = before.words;
  const wasSaid = {
    ...{ user: held?.user ?? null, name: held?.name ?? null, given: held?.given ?? null, family: held?.family ?? null, email: held?.email ?? null },
    externalId: externalIdOf(before),
  };
  const keys = Object.keys(was) as (keyof typeof was)[];
  const wordKeys = Object.keys(wasSaid) as (keyof typeof wasSaid)[];
  const saidNow = { ...words, externalId };
  return before.source !== 'scim' || keys.some((key) => was[key] !== body[key]) || wordKeys.some((key) => wasSaid[key] !== saidNow[key]);
}

async function perform(call: Call, before: Person | null, body: object, words: Words | null): Promise<void> {
  const kind = actKindOf('provision-person');
  if (kind?.words == null) throw new Error('The act provision-person is not in this build.');
  const problem = [kind.body.safeParse(body), kind.words.safeParse(words)].flatMap((read) => read.error?.issues ?? [])[0];
  if (problem !== undefined)
    throw new ScimRefusal(400, { scimType: 'invalidValue', detail: `${attributeOf(String(problem.path[0]))}: ${problem.message}.` });
  try {
    await performed(call.office, call.principal, kind, { body, words, expects: before?.seq ?? 0 });
  } catch (error) {
    throw error instanceof Refusal ? asScim(error) : error;
  }
}

const attributes: Readonly<Record<string, string>> = {
  user: 'userName',
  name: 'displayName',
  given: 'name.givenName',
  family: 'name.familyName',
  email: 'emails',
  entity: 'organization',
  function: 'department',
  costCentre: 'costCenter',
  jobRole: 'title',
};

function attributeOf(word: string): string {
  return attributes[word] ?? word;
}

/** What the desk says no to, in SCIM's words. */
export function asScim(refusal: Refusal): Refusal {
  const kind: ScimProblem['scimType'] = /has this/.test(refusal.message) ? 'uniqueness' : 'invalidValue';
  return refusal.status === 409 ? new ScimRefusal(kind === 'uniqueness' ? 409 : 400, { scimType: kind, detail: refusal.message }) : refusal;
}

function personNow(call: Call, id: string): Person {
  const person = call.office.desk.desk.people.get(id);
  if (person === undefined) throw new Error('Somebody who was recorded is not on the desk.');
  return person;
}

function externalIdOf({ words }: Pick<Person, 'words'>): string | null {
  return words?.external.find(({ system }) => system === directorySystem)?.id ?? null;
}

function groupsOf({ desk, base }: Call, { teams }: Person): readonly { readonly value: string; readonly $ref: string; readonly display: string }[] {
  return teams.flatMap((name) => {
    const team = teamNamed(desk.provisioning, name);
    return team === null ? [] : [{ value: team.id, $ref: `${base}/Groups/${team.id}`, display: team.name }];
  });
}

/** Only what is known. */
function said(values: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
}
