import { asArray, asObject } from '../readers/json.ts';
import {
  attributeNamed,
  readValue,
  refused,
  type Attribute,
  type Resource,
  type ResourceSchema,
  type ScimProblem,
  type ScimRead,
} from './attributes.ts';
import { meets, parseElementFilter, partsOf, wantedParts, type Filter } from './filter.ts';

/** URN of the message that asks to change parts of a resource. */
export const patchMessage = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const mostOperations = 1000;
const mostValues = 20_000;

type Op = 'add' | 'replace' | 'remove';

/**
 * A resource after the operations of a PATCH (https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2), as Okta and Entra ID send them, too: names of
 * operations in any letters, values without a path, paths as keys of such a value, members to remove as a list. Attributes that are not kept here are passed over.
 */
export function patched(schema: ResourceSchema, resource: Resource, message: unknown): ScimRead<Resource> {
  const body = asObject(message);
  const listed = Object.entries(body ?? {}).find(([key]) => key.toLowerCase() === 'operations')?.[1];
  const operations = asArray(listed);
  if (!asArray(body?.['schemas']).includes(patchMessage) || !Array.isArray(listed) || operations.length === 0)
    return refused('invalidSyntax', `A change is a list of Operations under the schema ${patchMessage}.`);
  if (operations.length > mostOperations) return refused('tooMany', `A change has at most ${String(mostOperations)} operations.`);
  const changed = structuredClone(resource);
  for (const operation of operations) {
    const problem = applied(schema, changed, asObject(operation) ?? {});
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, value: changed };
}

function applied(schema: ResourceSchema, resource: Resource, operation: Readonly<Record<string, unknown>>): ScimProblem | null {
  const said = (name: string): unknown => Object.entries(operation).find(([key]) => key.toLowerCase() === name)?.[1];
  const op = opOf(said('op'));
  if (op === null) return { scimType: 'invalidSyntax', detail: 'An operation is add, replace or remove.' };
  const [path, value] = [said('path'), said('value')];
  if (path !== undefined && path !== null && path !== '')
    return typeof path === 'string' ? atPath(schema, resource, op, path, value) : { scimType: 'invalidPath', detail: 'A path is a text.' };
  if (op === 'remove') return { scimType: 'noTarget', detail: 'What is to be removed is named by a path.' };
  const values = asObject(value);
  if (values === null) return { scimType: 'invalidValue', detail: 'Without a path the value is an object of attributes.' };
  for (const [key, held] of Object.entries(values)) {
    const problem = atPath(schema, resource, op, key, held);
    if (problem !== null) return problem;
  }
  return null;
}

function opOf(said: unknown): Op | null {
  const small = typeof said === 'string' ? said.toLowerCase() : '';
  return small === 'add' || small === 'replace' || small === 'remove' ? small : null;
}

const shape = /^(?:(urn:[^[\]]*):)?([A-Za-z$][\w$-]*)(?:\[(.*)\])?(?:\.([A-Za-z$][\w$-]*))?$/is;

function atPath(schema: ResourceSchema, resource: Resource, op: Op, path: string, value: unknown): ScimProblem | null {
  const { extension } = schema;
  if (path.length > 4000) return { scimType: 'invalidPath', detail: 'The path is too long.' };
  if (extension !== null && path.toLowerCase() === extension.urn.toLowerCase()) return inExtension(schema, resource, op, value);
  const [, urn, name = '', filter, sub] = shape.exec(path) ?? [];
  if (name === '') return { scimType: 'invalidPath', detail: 'The path is not understood.' };
  const isExtension = extension !== null && urn?.toLowerCase() === extension.urn.toLowerCase();
  if (urn !== undefined && !isExtension && urn.toLowerCase() !== schema.urn.toLowerCase()) return null;
  const attribute = attributeNamed(isExtension ? extension.attributes : schema.attributes, name);
  if (attribute === null || attribute.mutability === 'readOnly') return null;
  const holder = isExtension ? ((resource[extension.urn] ??= {}) as Resource) : resource;
  if (filter !== undefined) return atElements(holder, attribute, op, { filter, sub, value });
  if (sub !== undefined) return atPart(holder, attribute, op, sub, value);
  return atWhole(holder, attribute, op, value);
}

function inExtension(schema: ResourceSchema, resource: Resource, op: Op, value: unknown): ScimProblem | null {
  const urn = schema.extension?.urn ?? '';
  if (op === 'remove') {
    resource[urn] = {};
    return null;
  }
  for (const [key, held] of Object.entries(asObject(value) ?? {})) {
    const problem = atPath(schema, resource, op, `${urn}:${key}`, held);
    if (problem !== null) return problem;
  }
  return null;
}

function atWhole(holder: Resource, attribute: Attribute, op: Op, value: unknown): ScimProblem | null {
  const { name, multiValued } = attribute;
  const said = value === undefined ? undefined : readValue(attribute, value);
  if (multiValued !== true) {
    if (op === 'remove') holder[name] = null;
    else if (op === 'add' && asObject(said) !== null) holder[name] = { ...asObject(holder[name]), ...asObject(said) };
    else holder[name] = said ?? null;
    return null;
  }
  const [before, given] = [asArray(holder[name]), asArray(said)];
  const key = (each: unknown): string => JSON.stringify(partsOf(each)('value')[0] ?? each);
  if (op === 'replace') holder[name] = given;
  else if (op === 'remove') {
    const gone = new Set(given.map(key));
    holder[name] = said === undefined || given.length === 0 ? [] : before.filter((each) => !gone.has(key(each)));
  } else {
    const added = new Map(given.map((each) => [key(each), each]));
    holder[name] = [...before.filter((each) => !added.has(key(each))), ...added.values()];
  }
  return asArray(holder[name]).length > mostValues ? { scimType: 'tooMany', detail: `${name} holds at most ${String(mostValues)} values.` } : null;
}

function atPart(holder: Resource, attribute: Attribute, op: Op, part: string, value: unknown): ScimProblem | null {
  const { name, multiValued, sub = [] } = attribute;
  const known = attributeNamed(sub, part);
  if (known === null || known.mutability === 'readOnly') return null;
  const said = op === 'remove' ? null : readValue(known, value);
  if (multiValued !== true) {
    holder[name] = { ...asObject(holder[name]), [known.name]: said };
    return null;
  }
  const before = asArray(holder[name]);
  holder[name] = (before.length === 0 && op !== 'remove' ? [{}] : before).map((each) => ({ ...asObject(each), [known.name]: said }));
  return null;
}

type AtElements = { readonly filter: string; readonly sub: string | undefined; readonly value: unknown };

function atElements(holder: Resource, attribute: Attribute, op: Op, { filter, sub, value }: AtElements): ScimProblem | null {
  if (attribute.multiValued !== true) return { scimType: 'invalidPath', detail: `${attribute.name} is no list.` };
  const read = parseElementFilter(attribute, filter);
  if (!read.ok) return read.problem;
  const part = sub === undefined ? null : attributeNamed(attribute.sub ?? [], sub);
  if (sub !== undefined && part === null) return null;
  const before = asArray(holder[attribute.name]);
  const isMeant = (each: unknown): boolean => meets(read.value, partsOf(each));
  if (op === 'remove') {
    holder[attribute.name] =
      part === null
        ? before.filter((each) => !isMeant(each))
        : before.map((each) => (isMeant(each) ? { ...asObject(each), [part.name]: null } : each));
    return null;
  }
  const given = part === null ? (asObject(asArray(readValue(attribute, value))[0]) ?? {}) : { [part.name]: readValue(part, value) };
  if (before.some(isMeant)) {
    holder[attribute.name] = before.map((each) => (isMeant(each) ? { ...asObject(each), ...given } : each));
    return null;
  }
  if (op === 'replace') return { scimType: 'noTarget', detail: `No value of ${attribute.name} is meant by the path.` };
  holder[attribute.name] = [...before, { ...partsWanted(attribute, read.value), ...given }];
  return null;
}

/** What is added where nothing meets the filter meets it afterwards. */
function partsWanted(attribute: Attribute, filter: Filter): Resource {
  return Object.fromEntries(Object.entries(wantedParts(filter)).map(([path, to]) => [attributeNamed(attribute.sub ?? [], path)?.name ?? path, to]));
}
