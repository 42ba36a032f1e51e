/** Everything that somebody may be allowed to do, beside being signed in. */
export const permissions = [
  'estate:read',
  /** Also what belongs to teams that are marked restricted. */
  'restricted:read',
  'findings:read',
  'sources:read',
  /** Stopping and resuming to read sources. */
  'sources:write',
  'sboms:write',
  'views:write',
  'views:share',
  'ledger:read',
  'findings:propose',
  'findings:decide',
  'findings:approve',
  /** Saying how important and how exposed a component is. */
  'components:profile',
  /** Saying that a team owns a component, or does not. */
  'owners:confirm',
  /** Saying whom to ask about a package. */
  'stewards:write',
  /** Opening, naming and closing incidents. */
  'incidents:write',
  /** What the office told people and other systems, what is on its way, and why something did not arrive. */
  'deliveries:read',
  /** Trying again what was given up. */
  'deliveries:write',
  'policy:write',
  'policy:approve',
  'ip-policy:write',
  /** What counsel alone may. */
  'ip-policy:approve',
  /** Concluding licences and permitting exceptions, as counsel. */
  'licences:conclude',
  /** Saying how what a component makes is delivered. */
  'artifacts:write',
  /** Letting a build pass that the IP policy blocks, for days. */
  'gates:pass',
  'people:read',
  'people:write',
  /** Keeping people and teams as a directory says, by SCIM. */
  'people:provision',
  /** Who may do what, since when and by whom. */
  'access:read',
  /** Handing out roles: what one holds; with `access:write` every role. */
  'access:grant',
  'access:write',
  'access:break-glass',
  'tokens:write',
  'components:retire',
  'components:delete',
  /** What was retired, deleted, erased and held, by whom and why. */
  'decisions:read',
  'erasures:write',
  /** Cases of the council, their state and outcome. */
  'council:read',
  /** Asking the council, answering it, and showing that conditions are met. */
  'council:ask',
  /** A vote, for who has a seat. */
  'council:vote',
  /** Looking after the council: seats, ways of cases, asking again. */
  'council:write',
  /** What counsel writes for counsel. Persons only. */
  'council:privileged',
  /** The bytes of files as they are kept. */
  'raw:read',
] as const;

/** Something that one may be allowed to do. `session` is anyone who is signed in. */
export type Permission = 'session' | (typeof permissions)[number];
