import type { Permission } from '#model/permission.ts';
import type { RoleId } from './roles.ts';

/** That somebody has a role. */
export type Grant = {
  /** 26 characters of base32. */
  readonly id: string;
  readonly person: string;
  readonly role: RoleId;
  /** Teams for which team permissions hold; null: the person's own, as they change. */
  readonly teams: readonly string[] | null;
  readonly how: 'granted' | 'delegated' | 'break-glass';
  /** The grant that was delegated; null for the others. */
  readonly of: string | null;
  readonly by: string;
  readonly at: number;
  /** Unix milliseconds from which it holds. */
  readonly from: number;
  /** Until when; null means until it is revoked. */
  readonly until: number | null;
  /** Null once erased, and when none was given. */
  readonly reason: string | null;
  revoked: { readonly at: number; readonly by: string } | null;
};

/** An API token as the ledger knows it; its secret is known to nobody, the hash of it lies in a table of its own. */
export type Token = {
  /** 26 characters of base32. */
  readonly id: string;
  readonly maker: string;
  readonly scopes: readonly Permission[];
  /** Null: wherever its maker may. */
  readonly teams: readonly string[] | null;
  readonly at: number;
  readonly expires: number;
  /** Null once erased. */
  readonly name: string | null;
  revoked: { readonly at: number; readonly by: string } | null;
};

/** Who may do what. */
export type Access = {
  readonly grants: Map<string, Grant>;
  readonly grantsOf: Map<string, Grant[]>;
  readonly tokens: Map<string, Token>;
  /** Teams whose components are seen by themselves and by who may see restricted ones. */
  readonly restricted: Set<string>;
  /** Sessions of a person that began before this, in Unix milliseconds, are over. */
  readonly sessionsEnded: Map<string, number>;
  /** Number of the act that made the first administrator; null before. */
  firstAdministrator: number | null;
};

/** Nobody may do anything yet. */
export function noAccess(): Access {
  return { grants: new Map(), grantsOf: new Map(), tokens: new Map(), restricted: new Set(), sessionsEnded: new Map(), firstAdministrator: null };
}

/** Adds a grant. */
export function addGrant(access: Access, grant: Grant): void {
  access.grants.set(grant.id, grant);
  const others = access.grantsOf.get(grant.person);
  if (others === undefined) access.grantsOf.set(grant.person, [grant]);
  else others.push(grant);
}
