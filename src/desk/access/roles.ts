import type { Permission } from '#model/permission.ts';

/** Where a role's permission holds: in the whole office, or for the teams of who has it. */
export type RoleScope = 'office' | 'teams';

/** What somebody is here, and what that allows. */
export type Role = {
  readonly title: string;
  /** One sentence for whoever hands it out. */
  readonly does: string;
  readonly grants: Readonly<Partial<Record<Exclude<Permission, 'session'>, RoleScope>>>;
};

const reads = { 'estate:read': 'office', 'people:read': 'office', 'views:write': 'office' } as const;
const looks = { ...reads, 'sources:read': 'office' } as const;
const seesEverything = { ...looks, 'restricted:read': 'office', 'findings:read': 'office' } as const;

/** Every role. What is not written here is denied. */
export const roles = {
  office: {
    title: 'Open source office',
    does: 'Runs the programme: sees everything, decides, writes policy, hands out what it holds.',
    grants: {
      ...seesEverything,
      'ledger:read': 'office',
      'sources:write': 'office',
      'sboms:write': 'office',
      'views:share': 'office',
      'findings:propose': 'office',
      'findings:decide': 'office',
      'findings:approve': 'office',
      'incidents:write': 'office',
      'deliveries:read': 'office',
      'deliveries:write': 'office',
      'components:profile': 'office',
      'owners:confirm': 'office',
      'stewards:write': 'office',
      'policy:write': 'office',
      'policy:approve': 'office',
      'ip-policy:write': 'office',
      'artifacts:write': 'office',
      'gates:pass': 'office',
      'people:write': 'office',
      'access:read': 'office',
      'access:grant': 'office',
      'access:break-glass': 'office',
      'tokens:write': 'office',
      'components:retire': 'office',
      'components:delete': 'office',
      'decisions:read': 'office',
      'erasures:write': 'office',
      'raw:read': 'office',
      'council:read': 'office',
      'council:ask': 'office',
      'council:vote': 'office',
      'council:write': 'office',
    },
  },
  security: {
    title: 'Security',
    does: 'Sees every finding, decides and approves.',
    grants: {
      ...seesEverything,
      'ledger:read': 'office',
      'sboms:write': 'office',
      'views:share': 'office',
      'findings:propose': 'office',
      'findings:decide': 'office',
      'findings:approve': 'office',
      'incidents:write': 'office',
      'components:profile': 'office',
      'gates:pass': 'office',
      'policy:approve': 'office',
      'access:break-glass': 'office',
      'tokens:write': 'office',
      'decisions:read': 'office',
      'raw:read': 'office',
      'council:read': 'office',
      'council:ask': 'office',
      'council:vote': 'office',
    },
  },
  counsel: {
    title: 'Counsel',
    does: 'Concludes licences, permits exceptions, approves policy, the IP policy alone, and looks after the council.',
    grants: {
      ...looks,
      'findings:read': 'teams',
      'policy:approve': 'office',
      'ip-policy:write': 'office',
      'ip-policy:approve': 'office',
      'licences:conclude': 'office',
      'council:read': 'office',
      'council:ask': 'office',
      'council:vote': 'office',
      'council:write': 'office',
      'council:privileged': 'office',
    },
  },
  council: {
    title: 'Council member',
    does: 'Has a vote in the council, where they have a seat.',
    grants: { ...looks, 'findings:read': 'teams', 'council:read': 'office', 'council:ask': 'office', 'council:vote': 'office' },
  },
  'team-lead': {
    title: 'Team lead',
    does: 'Decides for the own teams and makes others developers of them.',
    grants: {
      ...looks,
      'findings:read': 'teams',
      'findings:propose': 'teams',
      'findings:decide': 'teams',
      'components:profile': 'teams',
      'artifacts:write': 'teams',
      'gates:pass': 'teams',
      'owners:confirm': 'teams',
      'sboms:write': 'teams',
      'access:grant': 'teams',
      'access:break-glass': 'teams',
      'tokens:write': 'teams',
      'council:read': 'teams',
      'council:ask': 'teams',
    },
  },
  developer: {
    title: 'Developer',
    does: 'Sees the findings of the own teams and proposes what to do.',
    grants: {
      ...looks,
      'findings:read': 'teams',
      'findings:propose': 'teams',
      'artifacts:write': 'teams',
      'owners:confirm': 'teams',
      'sboms:write': 'teams',
      'tokens:write': 'teams',
      'council:read': 'teams',
      'council:ask': 'teams',
    },
  },
  auditor: {
    title: 'Auditor',
    does: 'Reads and exports everything, changes nothing.',
    grants: { ...seesEverything, 'ledger:read': 'office', 'access:read': 'office', 'decisions:read': 'office', 'council:read': 'office' },
  },
  risk: {
    title: 'Risk and compliance',
    does: 'Sees everything and is the second person where a risk is accepted.',
    grants: {
      ...seesEverything,
      'ledger:read': 'office',
      'access:read': 'office',
      'findings:approve': 'office',
      'policy:approve': 'office',
      'council:read': 'office',
      'council:ask': 'office',
      'council:vote': 'office',
    },
  },
  finance: { title: 'Finance', does: 'Reads the catalogue.', grants: reads },
  procurement: { title: 'Procurement', does: 'Reads the catalogue and its sources.', grants: looks },
  hr: { title: 'Human resources', does: 'Keeps the people: who joins, moves and leaves.', grants: { ...reads, 'people:write': 'office' } },
  administrator: {
    title: 'Administrator',
    does: 'Keeps people, roles and tokens, and decides nothing.',
    grants: {
      ...looks,
      'sources:write': 'office',
      'deliveries:read': 'office',
      'deliveries:write': 'office',
      'people:write': 'office',
      'people:provision': 'office',
      'access:read': 'office',
      'access:grant': 'office',
      'access:write': 'office',
      'access:break-glass': 'office',
      'tokens:write': 'office',
    },
  },
  machine: {
    title: 'Machine',
    does: 'A program with an account: reads the catalogue, uploads and reads findings for its teams.',
    grants: { 'estate:read': 'office', 'findings:read': 'teams', 'sboms:write': 'teams', 'tokens:write': 'teams', 'council:ask': 'teams' },
  },
} as const satisfies Readonly<Record<string, Role>>;

/** Names of the roles, as acts and the configuration write them. */
export type RoleId = keyof typeof roles;

/** Them as a list that is not empty, for schemas. */
export const roleIds = Object.keys(roles) as [RoleId, ...RoleId[]];

/** What is decided, approved or written as policy: whoever hands out access has none of it. */
export const deciding: ReadonlySet<Permission> = new Set<Permission>([
  'findings:decide',
  'findings:approve',
  'components:profile',
  'owners:confirm',
  'incidents:write',
  'policy:write',
  'policy:approve',
  'ip-policy:write',
  'ip-policy:approve',
  'licences:conclude',
  'artifacts:write',
  'gates:pass',
  'components:retire',
  'components:delete',
  'erasures:write',
  'council:vote',
  'council:write',
  'council:privileged',
]);

/** The permissions of a role and where they hold. */
export function grantsOf(role: RoleId): readonly (readonly [Permission, RoleScope])[] {
  return Object.entries(roles[role].grants) as [Permission, RoleScope][];
}

/** True when a role decides: it and that of the administrator exclude each other. */
export function decides(role: RoleId): boolean {
  return grantsOf(role).some(([permission]) => deciding.has(permission));
}

/** What can be done for a team alone. A token that is bound to teams may nothing else: the rest is about the whole office. */
export const boundToTeams: ReadonlySet<Permission> = new Set<Permission>([
  'estate:read',
  'restricted:read',
  'findings:read',
  'sources:read',
  'sboms:write',
  'findings:propose',
  'findings:decide',
  'components:profile',
  'gates:pass',
  'artifacts:write',
  'council:read',
  'council:ask',
  'owners:confirm',
]);
