import type { Actor, Where } from '#model/actor.ts';
import { permissions, type Permission } from '#model/permission.ts';
import type { Desk } from '../desk.ts';
import { isActive } from '../people/people.ts';
import type { Grant, Token } from './access.ts';
import { boundToTeams, grantsOf } from './roles.ts';

type Known = Pick<Desk, 'access' | 'people'>;

/** Pseudonym of whoever came by a login link that names nobody. */
export const linkActor = 'link';

/**
 * The person as an actor, with what their roles allow now; null when they are unknown or have left. `own` leaves out what they hold for others or took
 * in an emergency.
 */
export function actorOfPerson(desk: Known, id: string, now: number, own = false): Actor | null {
  const person = desk.people.get(id);
  if (person === undefined || !isActive(person, now)) return null;
  const grants = new Map<Permission, Where>();
  const standsFor = new Set<string>();
  for (const grant of desk.access.grantsOf.get(id) ?? []) {
    if (!isLive(desk, grant, now) || (own && grant.how !== 'granted')) continue;
    const of = grant.of === null ? undefined : desk.access.grants.get(grant.of);
    // Who stands in for another has what the other has, where the other has it.
    const teams = grant.teams ?? (of === undefined ? person.teams : (of.teams ?? desk.people.get(of.person)?.teams ?? []));
    if (of !== undefined) standsFor.add(of.person);
    for (const [permission, scope] of grantsOf(grant.role)) widen(grants, permission, scope === 'office' ? 'office' : new Set(teams));
  }
  if (grants.size > 0) widen(grants, 'restricted:read', new Set(person.teams));
  return { id, kind: 'person', grants, ...(standsFor.size === 0 ? {} : { standsFor }) };
}

/** A token as an actor: what it was made for, as far as its maker may still do it; null when it is over or its maker has left. */
export function actorOfToken(desk: Known, token: Token, now: number): Actor | null {
  if (token.revoked !== null || token.expires <= now) return null;
  const maker = token.maker === linkActor ? actorOfLink(desk) : actorOfPerson(desk, token.maker, now);
  if (maker === null) return null;
  const grants = new Map<Permission, Where>();
  for (const permission of token.scopes) {
    const where = maker.grants.get(permission);
    if (where === undefined) continue;
    if (token.teams === null) grants.set(permission, where);
    else if (boundToTeams.has(permission)) grants.set(permission, narrowed(where, token.teams));
  }
  // Bound to a restricted team it sees that team, as its maker does.
  const passes = maker.grants.get('restricted:read');
  if (passes !== undefined && token.teams !== null) widen(grants, 'restricted:read', narrowed(passes, token.teams));
  return { id: `token:${token.id}`, kind: 'machine', grants };
}

/**
 * Whoever came by a login link that names nobody, and so can run commands on the machine. Until there is a first administrator they may do everything,
 * so that a newcomer needs no accounts; from then on they keep people and roles, for when nobody else can, and decide nothing.
 */
export function actorOfLink(desk: Pick<Desk, 'access'>): Actor {
  const allowed = desk.access.firstAdministrator === null ? permissions : grantsOf('administrator').map(([permission]) => permission);
  return { id: linkActor, kind: 'link', grants: new Map(allowed.map((each) => [each, 'office'])) };
}

/** True while a grant holds. One that was delegated holds as long as the other has it, and belongs to the firm. */
export function isLive(desk: Known, grant: Grant, now: number): boolean {
  if (grant.revoked !== null || grant.from > now || (grant.until !== null && grant.until <= now)) return false;
  if (grant.of === null) return true;
  const of = desk.access.grants.get(grant.of);
  const giver = of === undefined ? undefined : desk.people.get(of.person);
  return of !== undefined && giver !== undefined && isActive(giver, now) && isLive(desk, of, now);
}

/** Persons who are administrators for good, were these grants and persons gone. */
export function administratorsBut(
  desk: Known,
  gone: { readonly grants?: ReadonlySet<string>; readonly people?: ReadonlySet<string> },
  now: number,
): number {
  const left = new Set<string>();
  for (const grant of desk.access.grants.values()) {
    const person = desk.people.get(grant.person);
    if (grant.role !== 'administrator' || grant.how !== 'granted' || grant.until !== null || !isLive(desk, grant, now)) continue;
    if (person === undefined || !person.active || person.leaves !== null) continue;
    if (gone.grants?.has(grant.id) === true || gone.people?.has(grant.person) === true) continue;
    left.add(grant.person);
  }
  return left.size;
}

function widen(grants: Map<Permission, Where>, permission: Permission, where: Where): void {
  const before = grants.get(permission);
  if (before === undefined || where === 'office') grants.set(permission, where);
  else if (before !== 'office') grants.set(permission, new Set([...before, ...where]));
}

function narrowed(where: Where, teams: readonly string[]): Where {
  return new Set(where === 'office' ? teams : teams.filter((team) => where.has(team)));
}
