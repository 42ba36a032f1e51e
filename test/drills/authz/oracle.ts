// What the office promises, written out a second time: nothing here comes from src/desk/access. A change of the promise is made in both places.

/** Teams of the drill; `dark` is marked restricted, null is owned by nobody. */
export type Team = 'red' | 'blue' | 'dark' | null;

export const allTeams: readonly Team[] = ['red', 'blue', 'dark', null];

/** Everywhere, for the own teams, or not at all. */
export type Reach = 'all' | 'own' | 'no';

/** What one can want of the office, in the drill's own words. */
export const wants = [
  'catalogue',
  'secretTeams',
  'findings',
  'sources',
  'ledger',
  'people',
  'review',
  'raw',
  'lastThings',
  'views',
  'officeViews',
  'upload',
  'propose',
  'decide',
  'approve',
  'profile',
  'writePolicy',
  'approvePolicy',
  'keepPeople',
  'handOut',
  'handOutAll',
  'breakGlass',
  'token',
  'retire',
  'delete',
  'erase',
  'stopReading',
  'incidents',
  'writeIpPolicy',
  'approveIpPolicy',
  'conclude',
  'artifacts',
  'readCouncil',
  'askCouncil',
  'vote',
  'runCouncil',
  'privileged',
  'deliveries',
  'resend',
  'provision',
  'confirmOwner',
  'steward',
  'passGate',
] as const;
export type Want = (typeof wants)[number];

const a = 'all';
const o = 'own';
const n = 'no';

// In the order of `wants`.
// prettier-ignore
const table: Readonly<Record<string, readonly Reach[]>> = {
  //              cat sec fin src led ppl rev raw las vie off upl pro dec app prf wpo apo kpe han hal gla tok ret del era rea inc wip aip con art cou ask vot run pri del rse prv own stw gat
  office:         [a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  n,  a,  a,  a,  a,  a,  a,  a,  a,  n,  n,  a,  a,  a,  a,  a,  n,  a,  a,  n,  a,  a,  a],
  security:       [a,  a,  a,  a,  a,  a,  n,  a,  a,  a,  a,  a,  a,  a,  a,  a,  n,  a,  n,  n,  n,  a,  a,  n,  n,  n,  n,  a,  n,  n,  n,  n,  a,  a,  a,  n,  n,  n,  n,  n,  n,  n,  a],
  counsel:        [a,  n,  o,  a,  n,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  a,  a,  a,  n,  a,  a,  a,  a,  a,  n,  n,  n,  n,  n,  n],
  council:        [a,  n,  o,  a,  n,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  a,  a,  a,  n,  n,  n,  n,  n,  n,  n,  n],
  'team-lead':    [a,  n,  o,  a,  n,  a,  n,  n,  n,  a,  n,  o,  o,  o,  n,  o,  n,  n,  n,  o,  n,  o,  o,  n,  n,  n,  n,  n,  n,  n,  n,  o,  o,  o,  n,  n,  n,  n,  n,  n,  o,  n,  o],
  developer:      [a,  n,  o,  a,  n,  a,  n,  n,  n,  a,  n,  o,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  o,  o,  o,  n,  n,  n,  n,  n,  n,  o,  n,  n],
  auditor:        [a,  a,  a,  a,  a,  a,  a,  n,  a,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  risk:           [a,  a,  a,  a,  a,  a,  a,  n,  n,  a,  n,  n,  n,  n,  a,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  a,  a,  a,  n,  n,  n,  n,  n,  n,  n,  n],
  finance:        [a,  n,  n,  n,  n,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  procurement:    [a,  n,  n,  a,  n,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  hr:             [a,  n,  n,  n,  n,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  administrator:  [a,  n,  n,  a,  n,  a,  a,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  a,  a,  a,  a,  a,  n,  n,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  a,  a,  a,  n,  n,  n],
  machine:        [a,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  everything:     [a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a,  a],
  // Tokens, by what they were made for.
  'findings-red': [n,  o,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  reads:          [a,  n,  a,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  uploads:        [n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
  'decides-red':  [o,  o,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  o,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n,  n],
};

/** The roles that people of the drill are given. */
export const peopleRoles: readonly string[] = Object.keys(table).slice(0, 13);

/** Somebody who asks, as the drill knows them. */
export type Asker = {
  readonly name: string;
  /** `in`: may be let in; `out`: every question is answered 401. */
  readonly stands: 'in' | 'out';
  readonly kind: 'person' | 'machine' | 'link';
  /** Rows of the table that count together. */
  readonly roles: readonly string[];
  /** Their teams. */
  readonly teams: readonly Team[];
};

/** How far somebody may do something. */
export function reach(asker: Asker, want: Want): Reach {
  const reaches = asker.roles.map((role) => table[role]?.[wants.indexOf(want)] ?? 'no');
  return reaches.includes('all') ? 'all' : reaches.includes('own') ? 'own' : 'no';
}

/** Whether somebody may do it to what a team owns, were it not restricted. */
export function mayFor(asker: Asker, want: Want, team: Team): boolean {
  const far = reach(asker, want);
  return far === 'all' || (far === 'own' && team !== null && asker.teams.includes(team));
}

/** Whether somebody sees something that a team owns; `want` is the catalogue, findings, sources or uploads. */
export function sees(asker: Asker, want: Want, team: Team): boolean {
  if (!mayFor(asker, want, team)) return false;
  return team !== 'dark' || reach(asker, 'secretTeams') === 'all' || asker.teams.includes('dark');
}
