import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { asArray, asObject, asString, readJsonText } from '#language/readers/json.ts';
import { readResource, type Resource, type ResourceSchema, type ScimRead } from '#language/scim/attributes.ts';
import { meets, parseFilter, type Filter, type Values } from '#language/scim/filter.ts';
import { patched } from '#language/scim/patch.ts';
import type { ServedOffice } from '../office.ts';
import { Refusal } from '../refusal.ts';
import { callOf, knownPersons, matched, personOfId, type Call, type Versioned } from './directory.ts';
import { mostResults, providerConfig, resourceTypes, schemas } from './discovery.ts';
import { deleteGroup, groupValues, groupView, membersByTeam, takeGroup } from './groups.ts';
import { scimFailure, ScimRefusal, scimType } from './scim-refusal.ts';
import { groupSchema, userSchema } from './scim-schemas.ts';
import { deleteUser, takeUser, userToChange, userValues, userView } from './users.ts';

/** One route of the door for directories (https://www.rfc-editor.org/rfc/rfc7644). */
export type ScimRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/scim/v2/${string}`;
  readonly summary: string;
  readonly answer: (call: Call, reply: FastifyReply) => Promise<Resource | null> | Resource | null;
};

const longestBody = 4 * 1024 * 1024;
const retries = 3;

/** Every route that a directory finds here. All of them need the permission to provision. */
export const scimRoutes: readonly ScimRoute[] = [
  { method: 'GET', path: '/scim/v2/ServiceProviderConfig', summary: 'What is spoken here', answer: ({ base }) => providerConfig(base) },
  { method: 'GET', path: '/scim/v2/ResourceTypes', summary: 'Users and groups', answer: ({ base }) => listed(resourceTypes(base)) },
  { method: 'GET', path: '/scim/v2/ResourceTypes/:id', summary: 'One of them', answer: (call) => oneOf(resourceTypes(call.base), call) },
  { method: 'GET', path: '/scim/v2/Schemas', summary: 'What is kept of them', answer: ({ base }) => listed(schemas(base)) },
  { method: 'GET', path: '/scim/v2/Schemas/:id', summary: 'One schema', answer: (call) => oneOf(schemas(call.base), call) },
  { method: 'GET', path: '/scim/v2/Users', summary: 'People', answer: users },
  { method: 'POST', path: '/scim/v2/Users', summary: 'Add a person', answer: addUser },
  { method: 'GET', path: '/scim/v2/Users/:id', summary: 'One person', answer: (call, reply) => shown(call, reply, userView(call, personOf(call))) },
  { method: 'PUT', path: '/scim/v2/Users/:id', summary: 'Say anew who somebody is', answer: (call, reply) => changeUser(call, reply, 'whole') },
  { method: 'PATCH', path: '/scim/v2/Users/:id', summary: 'Change a person in part', answer: (call, reply) => changeUser(call, reply, 'part') },
  { method: 'DELETE', path: '/scim/v2/Users/:id', summary: 'Let a person leave; nothing is erased', answer: removeUser },
  { method: 'GET', path: '/scim/v2/Groups', summary: 'Teams', answer: groups },
  { method: 'POST', path: '/scim/v2/Groups', summary: 'Add a team', answer: addGroup },
  { method: 'GET', path: '/scim/v2/Groups/:id', summary: 'One team', answer: (call, reply) => shown(call, reply, groupShown(call)) },
  { method: 'PUT', path: '/scim/v2/Groups/:id', summary: 'Say anew who is in a team', answer: (call, reply) => changeGroup(call, reply, 'whole') },
  { method: 'PATCH', path: '/scim/v2/Groups/:id', summary: 'Change a team in part', answer: (call, reply) => changeGroup(call, reply, 'part') },
  { method: 'DELETE', path: '/scim/v2/Groups/:id', summary: 'Take everybody out of a team', answer: removeGroup },
];

/** Adds the routes. What they change is done as acts of whoever holds the token. */
export function addScim(app: FastifyInstance, office: ServedOffice): void {
  void app.register((door, _, done) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser(
      ['application/scim+json', 'application/json'],
      { parseAs: 'string', bodyLimit: longestBody },
      (_request, body, take) => {
        const read = body === '' ? null : readJsonText(String(body));
        if (read?.ok === false) take(new ScimRefusal(400, { scimType: 'invalidSyntax', detail: read.error.message }));
        else take(null, read?.value ?? null);
      },
    );
    const config = { access: 'people:provision', failure: scimFailure } as const;
    for (const { method, path, answer } of scimRoutes) {
      door.route({
        method,
        url: path,
        // Its description is SCIM's own.
        schema: { hide: true },
        config,
        handler: async (request, reply) => {
          const call = await callOf(office, request);
          const status = method === 'POST' ? 201 : 200;
          const answered = await answer(call, reply.code(status));
          void reply.header('cache-control', 'no-store');
          if (answered === null) return reply.code(reply.statusCode === 304 ? 304 : 204).send();
          return reply
            .type(scimType)
            .serializer((body: unknown) => JSON.stringify(body))
            .send(projected(call, answered));
        },
      });
    }
    door.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/scim/*',
      schema: { hide: true },
      config,
      handler: () => {
        throw new Refusal(404, 'There is no such resource or message here.');
      },
    });
    done();
  });
}

const ListQuery = z.object({
  filter: z.string().optional(),
  startIndex: z.coerce.number().int().catch(1).optional(),
  count: z.coerce.number().int().catch(mostResults).optional(),
});

function listed(resources: readonly Resource[], total = resources.length, startIndex = 1): Resource {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function oneOf(resources: readonly Resource[], call: Call): Resource {
  const found = resources.find(({ id }) => id === paramOf(call));
  if (found === undefined) throw new Refusal(404, 'There is no such resource here.');
  return found;
}

type Finding<Thing> = {
  readonly all: readonly Thing[];
  readonly schema: ResourceSchema;
  readonly values: (thing: Thing) => Values;
  readonly view: (thing: Thing) => Resource;
};

/** One page of what meets the filter, in the order in which it became known. */
function found<Thing>(call: Call, { all, schema, values, view }: Finding<Thing>): Resource {
  const { filter, startIndex = 1, count = mostResults } = ListQuery.parse(call.request.query);
  const wanted: Filter | null = filter === undefined || filter.trim() === '' ? null : read(parseFilter(schema, filter));
  const meeting = wanted === null ? all : all.filter((each) => meets(wanted, values(each)));
  const from = Math.max(1, startIndex);
  const page = meeting.slice(from - 1, from - 1 + Math.min(Math.max(0, count), mostResults));
  return listed(page.map(view), meeting.length, from);
}

function users(call: Call): Resource {
  return found(call, {
    all: knownPersons(call),
    schema: userSchema,
    values: (person) => userValues(call, person),
    view: (person) => projected(call, userView(call, person)),
  });
}

function groups(call: Call): Resource {
  const members = membersByTeam(call);
  return found(call, {
    all: [...call.desk.provisioning.teams.values()],
    schema: groupSchema,
    values: (team) => groupValues(call, team, members),
    view: (team) => projected(call, groupView(call, team, members)),
  });
}

function personOf(call: Call) {
  const person = personOfId(call, paramOf(call));
  if (person === null) throw new Refusal(404, 'There is no user with this id.');
  return person;
}

function teamOf(call: Call) {
  const team = call.desk.provisioning.teams.get(paramOf(call));
  if (team === undefined) throw new Refusal(404, 'There is no group with this id.');
  return team;
}

function groupShown(call: Call): Versioned {
  return groupView(call, teamOf(call), membersByTeam(call));
}

/** A resource with its tag; nothing but 304 for who has it already. */
function shown(call: Call, reply: FastifyReply, resource: Versioned): Resource | null {
  const { version } = resource.meta;
  void reply.header('etag', version);
  if (call.request.method !== 'GET' || !matched(call, version)) return resource;
  void reply.code(304);
  return null;
}

async function addUser(call: Call, reply: FastifyReply): Promise<Resource | null> {
  return added(call, reply, userView(call, await takeUser(call, null, bodyOf(call, userSchema), true)));
}

async function changeUser(call: Call, reply: FastifyReply, how: 'whole' | 'part'): Promise<Resource | null> {
  return again(call, async () => {
    const person = personOf(call);
    const view = userView(call, person);
    matched(call, view.meta.version);
    const wanted = how === 'whole' ? bodyOf(call, userSchema) : read(patched(userSchema, userToChange(view), call.request.body));
    return shown(call, reply, userView(call, await takeUser(call, person, wanted, how === 'whole')));
  });
}

async function removeUser(call: Call): Promise<null> {
  return again(call, async () => {
    const person = personOf(call);
    matched(call, userView(call, person).meta.version);
    await deleteUser(call, person);
    return null;
  });
}

async function addGroup(call: Call, reply: FastifyReply): Promise<Resource | null> {
  const team = await takeGroup(call, null, bodyOf(call, groupSchema));
  return added(call, reply, groupView(call, team, membersByTeam(call)));
}

/** A change in part is answered without the group, which may have very many members. */
async function changeGroup(call: Call, reply: FastifyReply, how: 'whole' | 'part'): Promise<Resource | null> {
  return again(call, async () => {
    const team = teamOf(call);
    const view = groupShown(call);
    matched(call, view.meta.version);
    const wanted = how === 'whole' ? bodyOf(call, groupSchema) : read(patched(groupSchema, view, call.request.body));
    const changed = groupView(call, await takeGroup(call, team, wanted), membersByTeam(call));
    void reply.header('etag', changed.meta.version);
    return how === 'whole' ? changed : null;
  });
}

async function removeGroup(call: Call): Promise<null> {
  return again(call, async () => {
    matched(call, groupShown(call).meta.version);
    await deleteGroup(call, teamOf(call));
    return null;
  });
}

/** Does it on the newest state when somebody else was faster, unless the asker named a version. */
async function again<Answer>(call: Call, work: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isLate = error instanceof Refusal && error.status === 412 && call.request.headers['if-match'] === undefined;
      if (!isLate || tries > retries) throw error;
    }
  }
}

function added(call: Call, reply: FastifyReply, resource: Versioned): Resource | null {
  void reply.header('location', resource.meta.location);
  return shown(call, reply, resource);
}

/** The body as a resource of its schema; what the schema does not know is left out. */
function bodyOf({ request }: Call, schema: ResourceSchema): Resource {
  const body = asObject(request.body);
  const urns = asArray(Object.entries(body ?? {}).find(([key]) => key.toLowerCase() === 'schemas')?.[1]);
  const resource = readResource(schema, body);
  if (resource === null || !urns.some((each) => asString(each)?.toLowerCase() === schema.urn.toLowerCase()))
    throw new ScimRefusal(400, { scimType: 'invalidSyntax', detail: `The body is an object under the schema ${schema.urn}.` });
  return resource;
}

/** Only what `attributes` asks for, or all but what `excludedAttributes` names, at the top of a resource. */
function projected({ request }: Call, resource: Resource): Resource {
  const query = asObject(request.query) ?? {};
  const named = (name: string): ReadonlySet<string> | null => {
    const value = asString(query[name]);
    return value === null || value === '' ? null : new Set(value.split(',').map((each) => topOf(each.trim().toLowerCase())));
  };
  const [only, without] = [named('attributes'), named('excludedattributes') ?? named('excludedAttributes')];
  if ((only === null && without === null) || 'Resources' in resource) return resource;
  const always: ReadonlySet<string> = new Set(['id', 'schemas']);
  const isShown = (key: string): boolean => always.has(key) || (only === null ? without?.has(key) !== true : only.has(key));
  return Object.fromEntries(Object.entries(resource).filter(([key]) => isShown(key.toLowerCase())));
}

/** `name.givenname` is part of `name`, and what stands after the URN of an extension is part of that. */
function topOf(path: string): string {
  const urn = /^urn:.*:user(?=:|$)/.exec(path)?.[0];
  if (urn !== undefined) return urn.includes('extension') ? urn : (path.slice(urn.length + 1).split('.')[0] ?? '');
  return path.split('.')[0] ?? '';
}

function paramOf({ request }: Call): string {
  return asString((request.params as { readonly id?: unknown }).id) ?? '';
}

function read<T>(said: ScimRead<T>): T {
  if (said.ok) return said.value;
  throw new ScimRefusal(400, said.problem);
}
