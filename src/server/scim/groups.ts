import { nameOf, type Person } from '#desk/people/people.ts';
import { teamNamed, type ProvisionedTeam } from '#desk/provisioning/provisioning.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import type { Resource } from '#language/scim/attributes.ts';
import { partsOf, type Values } from '#language/scim/filter.ts';
import { actKindOf } from '#operations/live-desk.ts';
import { performed } from '../perform.ts';
import { Refusal } from '../refusal.ts';
import { idOf, knownPersons, personOfId, versioned, type Call, type Versioned } from './directory.ts';
import { ScimRefusal } from './scim-refusal.ts';
import { groupUrn } from './scim-schemas.ts';
import { asScim } from './users.ts';

/** Who is in which team, by name. */
export type Members = ReadonlyMap<string, readonly Person[]>;

/** The members of all teams at once. */
export function membersByTeam(call: Call): Members {
  const members = new Map<string, Person[]>();
  for (const person of knownPersons(call)) for (const team of person.teams) (members.get(team) ?? members.set(team, []).get(team))?.push(person);
  return members;
}

/** A team as SCIM shows a group. */
export function groupView(call: Call, team: ProvisionedTeam, members: Members): Versioned {
  const { id, name, externalId, since, at } = team;
  const resource = {
    schemas: [groupUrn],
    id,
    ...(externalId === null ? {} : { externalId }),
    displayName: name,
    members: membersOf(call, team, members),
  };
  return versioned(call, resource, { kind: 'Group', id, since, at });
}

/** The values at a path of a group. */
export function groupValues(call: Call, team: ProvisionedTeam, members: Members): Values {
  const { id, name, externalId, since, at } = team;
  const ways: Readonly<Record<string, () => readonly unknown[]>> = {
    id: () => [id],
    displayname: () => [name],
    externalid: () => (externalId === null ? [] : [externalId]),
    members: () => membersOf(call, team, members),
    'members.value': () => membersOf(call, team, members).map(({ value }) => value),
    'members.display': () => membersOf(call, team, members).map(({ display }) => display),
    'members.type': () => membersOf(call, team, members).map(({ type }) => type),
    'meta.created': () => [new Date(since).toISOString()],
    'meta.lastmodified': () => [new Date(at).toISOString()],
    'meta.resourcetype': () => ['Group'],
  };
  return (path) => ways[path]?.() ?? [];
}

/** Makes a team what the resource says, as one act; none where it says nothing new. Who is in a new one by another way stays in it. */
export async function takeGroup(call: Call, before: ProvisionedTeam | null, resource: Resource): Promise<ProvisionedTeam> {
  const { desk, office } = call;
  const name = asString(resource['displayName'])?.trim() ?? '';
  const externalId = asString(resource['externalId']);
  if (name === '' || /\p{Cc}/u.test(name)) throw new ScimRefusal(400, { scimType: 'invalidValue', detail: 'displayName is missing or no name.' });
  const named = teamNamed(desk.provisioning, name);
  if (named !== null && named.id !== before?.id)
    throw new ScimRefusal(409, { scimType: 'uniqueness', detail: 'Another group has this displayName.' });
  const wanted = membersSaid(call, resource);
  const are = new Set(before === null ? [] : (membersByTeam(call).get(before.name) ?? []).map((each) => each.id));
  const [add, remove] = [[...wanted].filter((id) => !are.has(id)), [...are].filter((id) => !wanted.has(id))];
  const isNews = before === null || before.name !== name || before.externalId !== externalId || add.length + remove.length > 0;
  const id = before?.id ?? office.context.randomId().slice(0, 26);
  if (isNews) await perform(call, before, { id, name, externalId, add, remove, deleted: false });
  const team = office.desk.desk.provisioning.teams.get(id);
  if (team === undefined) throw new Error('A team that was recorded is not on the desk.');
  return team;
}

/** Takes everybody out of a team that the directory deleted. */
export async function deleteGroup(call: Call, { id, name, externalId, seq }: ProvisionedTeam): Promise<void> {
  await perform(call, { seq }, { id, name, externalId, add: [], remove: [], deleted: true });
}

function membersOf(call: Call, { name }: ProvisionedTeam, members: Members) {
  return (members.get(name) ?? []).map(({ id }) => ({
    value: idOf(id),
    $ref: `${call.base}/Users/${idOf(id)}`,
    display: nameOf(call.desk.people, id),
    type: 'User',
  }));
}

/** Pseudonyms of the members that a resource names. */
function membersSaid(call: Call, resource: Resource): ReadonlySet<string> {
  const ids = asArray(resource['members']).map((each) => {
    const id = asString(partsOf(asObject(each) ?? {})('value')[0]);
    const person = id === null ? null : personOfId(call, id);
    if (person === null)
      throw new ScimRefusal(400, { scimType: 'invalidValue', detail: 'A member is no user of this office. Groups in groups are not taken.' });
    return person.id;
  });
  return new Set(ids);
}

async function perform(call: Call, before: Pick<ProvisionedTeam, 'seq'> | null, body: object): Promise<void> {
  const kind = actKindOf('provision-team');
  if (kind === undefined) throw new Error('The act provision-team is not in this build.');
  const problem = kind.body.safeParse(body).error?.issues[0];
  if (problem !== undefined) throw new ScimRefusal(400, { scimType: 'invalidValue', detail: `${String(problem.path[0])}: ${problem.message}.` });
  try {
    await performed(call.office, call.principal, kind, { body, expects: before?.seq ?? 0 });
  } catch (error) {
    throw error instanceof Refusal ? asScim(error) : error;
  }
}
