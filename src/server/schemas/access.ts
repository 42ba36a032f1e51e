import { z } from 'zod';
import { permissions } from '#model/permission.ts';
import { ListQuery, listOf, sortBy } from './list.ts';
import { Problem } from './problem.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** Somebody known here. */
export const Person = z.object({
  id: z.string(),
  /** Null once erased. */
  name: z.string().nullable(),
  user: z.string().nullable(),
  email: z.string().nullable(),
  teams: z.array(z.string()),
  entity: z.string().nullable(),
  function: z.string().nullable(),
  costCentre: z.string().nullable(),
  /** What they do for a living; it allows nothing here. */
  jobRole: z.string().nullable(),
  manager: Named.nullable(),
  source: z.enum(['csv', 'scim', 'local', 'oidc']),
  active: z.boolean(),
  leaves: z.iso.datetime().nullable(),
  /** Titles of the roles they hold now. */
  roles: z.array(z.string()),
  lastSignIn: z.iso.datetime().nullable(),
});
export type Person = z.infer<typeof Person>;

/** Filters of the people. */
export const PersonQuery = ListQuery.extend({
  team: z.string().optional(),
  active: z.enum(['true', 'false']).optional(),
  sort: sortBy(['name', 'team'], 'name'),
});
export type PersonQuery = z.infer<typeof PersonQuery>;

/** One page of people. */
export const PersonList = listOf(Person);
export type PersonList = z.infer<typeof PersonList>;

/** How a table of people is taken over. */
export const PeopleImportQuery = z.strictObject({
  /** Under which header a column stands, as `team=Squad,e-mail=Mail`. */
  columns: z.string().max(2000).default(''),
  /** Whoever came by CSV and is not in the file leaves. */
  complete: z.enum(['true', 'false']).optional(),
  /** Says what would be done and does nothing. */
  dryRun: z.enum(['true', 'false']).optional(),
});
export type PeopleImportQuery = z.infer<typeof PeopleImportQuery>;

/** What came of a table of people. */
export const PeopleImport = z.object({
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  /** Not in the file any more, and therefore gone. */
  left: z.number().int().nonnegative(),
  /** Rows left out. */
  rejected: z.number().int().nonnegative(),
  /** Numbers of the acts; none in a dry run. */
  acts: z.array(z.number().int().positive()),
  problems: z.array(Problem),
});
export type PeopleImport = z.infer<typeof PeopleImport>;

/** One role that somebody has or had: a row of the access review. */
export const AccessRow = z.object({
  id: z.string(),
  person: Named,
  role: z.string(),
  title: z.string(),
  /** Teams for which its team permissions hold. */
  teams: z.array(z.string()),
  how: z.enum(['granted', 'delegated', 'break-glass']),
  by: Named,
  since: z.iso.datetime(),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  /** `left`: the person has; `ended`: by its end or that of the role it was delegated from. */
  state: z.enum(['holds', 'planned', 'ended', 'revoked', 'left']),
  revoked: z.object({ at: z.iso.datetime(), by: Named }).nullable(),
  reason: z.string().nullable(),
  /** When the person last signed in and last did something. */
  lastSignIn: z.iso.datetime().nullable(),
  lastAct: z.iso.datetime().nullable(),
});
export type AccessRow = z.infer<typeof AccessRow>;

/** Filters of the access review. */
export const AccessQuery = ListQuery.extend({
  person: z.string().optional(),
  role: z.string().optional(),
  how: z.enum(['granted', 'delegated', 'break-glass']).optional(),
  state: z.enum(['holds', 'planned', 'ended', 'revoked', 'left']).optional(),
  sort: sortBy(['person', 'role', 'since', 'until'], 'person'),
});
export type AccessQuery = z.infer<typeof AccessQuery>;

/** One page of the access review. */
export const AccessList = listOf(AccessRow).extend({
  /** Emergencies under way, whoever asks for whatever. */
  brokenGlass: z.number().int().nonnegative(),
  restrictedTeams: z.array(z.string()),
});
export type AccessList = z.infer<typeof AccessList>;

/** Every role and what it allows where. */
export const RoleTable = z.object({
  roles: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      does: z.string(),
      grants: z.array(z.object({ permission: z.string(), where: z.enum(['office', 'teams']) })),
    }),
  ),
});
export type RoleTable = z.infer<typeof RoleTable>;

/** An API token, without its secret. */
export const Token = z.object({
  id: z.string(),
  name: z.string().nullable(),
  maker: Named,
  scopes: z.array(z.string()),
  teams: z.array(z.string()).nullable(),
  made: z.iso.datetime(),
  expires: z.iso.datetime(),
  lastUsed: z.iso.datetime().nullable(),
  /** `maker-left`: it may nothing any more. */
  state: z.enum(['holds', 'expired', 'revoked', 'maker-left']),
});
export type Token = z.infer<typeof Token>;

/** Filters of the tokens. */
export const TokenQuery = ListQuery.extend({
  state: z.enum(['holds', 'expired', 'revoked', 'maker-left']).optional(),
  sort: sortBy(['name', 'made', 'expires'], '-made'),
});
export type TokenQuery = z.infer<typeof TokenQuery>;

/** One page of tokens: the own, or all for who reviews access. */
export const TokenList = listOf(Token);
export type TokenList = z.infer<typeof TokenList>;

/** A token to make: what it may do, a part of what its maker may. */
export const NewToken = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: z.array(z.enum(permissions)).min(1),
  teams: z.array(z.string().min(1).max(200)).min(1).max(50).nullable().default(null),
  expires: z.iso.datetime(),
});
export type NewToken = z.infer<typeof NewToken>;

/** A token just made. `secret` is told here and never again. */
export const MadeToken = z.object({ id: z.string(), secret: z.string(), expires: z.iso.datetime() });
export type MadeToken = z.infer<typeof MadeToken>;
