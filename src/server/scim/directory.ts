import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Desk } from '#desk/desk.ts';
import { isActive, type Person } from '#desk/people/people.ts';
import { isDeleted } from '#desk/provisioning/provisioning.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import type { Resource } from '#language/scim/attributes.ts';
import type { ServedOffice } from '../office.ts';
import type { Principal } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { isSecure } from '../sign-in.ts';

/** One question of a directory, the desk as it is at this moment, and where this office is reached. */
export type Call = {
  readonly office: ServedOffice;
  readonly desk: Desk;
  readonly principal: Principal;
  readonly request: FastifyRequest;
  /** Address of the SCIM door, without a slash at the end. */
  readonly base: string;
  /** Unix milliseconds. */
  readonly now: number;
};

/** The question, with the newest acts folded. */
export async function callOf(office: ServedOffice, request: FastifyRequest): Promise<Call> {
  const { principal } = request;
  if (principal === null) throw new Error('A directory was let in as nobody. Its permission is not asked for.');
  await office.desk.catchUp(office.store);
  const base = `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}/scim/v2`;
  return {
    ...{ office, principal, request, base, now: office.clock() },
    get desk() {
      return office.desk.desk;
    },
  };
}

/** Persons that a directory finds here: all but those whom one deleted, in the order in which they became known. */
export function knownPersons({ desk, now }: Pick<Call, 'desk' | 'now'>): readonly Person[] {
  return [...desk.people.values()].filter((each) => !isDeleted(desk, each, now));
}

/** The person of an id as a directory has it; null when there is none. */
export function personOfId(call: Pick<Call, 'desk' | 'now'>, id: string): Person | null {
  const person = call.desk.people.get(`person:${id}`);
  return person === undefined || isDeleted(call.desk, person, call.now) ? null : person;
}

/** What a directory calls a person: the pseudonym without what all have in common. */
export function idOf(person: string): string {
  return person.slice('person:'.length);
}

/** What a person signs in with or, where nobody has said, their mail address; once both are erased, their id. */
export function userNameOf({ id, words }: Pick<Person, 'id' | 'words'>): string {
  return words?.user ?? words?.email ?? idOf(id);
}

/** Whether a person belongs to the firm now. */
export function isHere({ now }: Pick<Call, 'now'>, person: Person): boolean {
  return isActive(person, now);
}

/** The resource with its version, a weak tag over what it says. */
export function versioned(call: Call, resource: Resource, { kind, id, since, at }: Placed): Versioned {
  const version = `W/"${hash('sha256', canonicalJson(resource), 'base64url').slice(0, 22)}"`;
  const location = `${call.base}/${kind}s/${id}`;
  const times = { created: new Date(since).toISOString(), lastModified: new Date(at).toISOString() };
  return { ...resource, meta: { resourceType: kind, ...times, location, version } };
}

/** A resource with what SCIM says of each. */
export type Versioned = Resource & {
  readonly meta: {
    readonly resourceType: string;
    readonly created: string;
    readonly lastModified: string;
    readonly location: string;
    readonly version: string;
  };
};

type Placed = { readonly kind: 'User' | 'Group'; readonly id: string; readonly since: number; readonly at: number };

/** Refuses what is asked of a version that is not the present one; true when the asker has the present one already. */
export function matched({ request }: Pick<Call, 'request'>, version: string): boolean {
  const tags = (header: string | undefined): readonly string[] => (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  const own = version.replace(/^W\//, '');
  const { 'if-match': wanted, 'if-none-match': known } = request.headers;
  if (wanted !== undefined && !tags(wanted).some((each) => each === '*' || each === own))
    throw new Refusal(412, 'It was changed meanwhile. Read it again.');
  return known !== undefined && tags(known).some((each) => each === '*' || each === own);
}
