import type { Act } from '#model/act.ts';
import type { Assignments, Comments } from './decisions/assignments.ts';
import { noAccess, type Access } from './access/access.ts';
import { noCouncil, type Council } from './council/council.ts';
import { noDecisions, type Decisions } from './decisions/decisions.ts';
import type { Drawings } from './evidence/drawings.ts';
import type { Incidents } from './incidents/incidents.ts';
import type { KeptDecisions } from './keeping/kept-decisions.ts';
import { noKeeping, type Keeping } from './keeping/keeping.ts';
import type { Imports } from './imports/imports.ts';
import type { People } from './people/people.ts';
import type { Wishes } from './notices/wishes.ts';
import type { HeldClocks } from './clocks/held-clocks.ts';
import { noPolicies, type Policies } from './policy/policies.ts';
import { noIpPolicies, type IpPolicies } from './ip-policy/ip-policies.ts';
import type { Approvals } from './licences/approvals.ts';
import type { Artifacts } from './licences/artifacts.ts';
import type { LicenceChoices } from './licences/choices.ts';
import type { Conclusions } from './licences/conclusions.ts';
import type { LicenceExceptions } from './licences/exceptions.ts';
import type { LicenceRefusals } from './licences/refusals.ts';
import type { Fulfilments } from './licences/fulfilments.ts';
import type { Profiles } from './profiles/profiles.ts';
import type { Ownership } from './ownership/ownership.ts';
import type { Stewardships } from './ownership/stewardships.ts';
import { noProvisioning, type Provisioning } from './provisioning/provisioning.ts';
import type { Reading } from './reading/reading.ts';

/**
 * What people have done, folded from the ledger: everything of the office that is hand-made. It can always be folded anew; acts change it and nothing else.
 * A further slice is a field here and an empty one below.
 */
export type Desk = {
  /** Number of the last act folded. */
  seq: number;
  /** Number of the last act about each subject: what `expects` compares, so that nobody loses a change they have not seen. */
  readonly versions: Map<string, number>;
  /** When each actor last did something. */
  readonly lastActs: Map<string, number>;
  readonly people: People;
  readonly provisioning: Provisioning;
  readonly access: Access;
  readonly decisions: Decisions;
  readonly assignments: Assignments;
  readonly comments: Comments;
  readonly imports: Imports;
  readonly policies: Policies;
  readonly profiles: Profiles;
  readonly ownership: Ownership;
  readonly stewardships: Stewardships;
  readonly heldClocks: HeldClocks;
  readonly keeping: Keeping;
  readonly kept: KeptDecisions;
  readonly reading: Reading;
  readonly incidents: Incidents;
  readonly wishes: Wishes;
  readonly drawings: Drawings;
  readonly ipPolicies: IpPolicies;
  readonly artifacts: Artifacts;
  readonly conclusions: Conclusions;
  readonly licenceChoices: LicenceChoices;
  readonly licenceExceptions: LicenceExceptions;
  readonly licenceRefusals: LicenceRefusals;
  readonly approvals: Approvals;
  readonly fulfilments: Fulfilments;
  readonly council: Council;
};

/** A desk on which nothing was done yet. */
export function emptyDesk(): Desk {
  return {
    seq: 0,
    versions: new Map(),
    lastActs: new Map(),
    people: new Map(),
    provisioning: noProvisioning(),
    access: noAccess(),
    decisions: noDecisions(),
    assignments: new Map(),
    comments: new Map(),
    imports: new Map(),
    policies: noPolicies(),
    profiles: new Map(),
    ownership: new Map(),
    stewardships: new Map(),
    heldClocks: new Map(),
    keeping: noKeeping(),
    kept: new Map(),
    reading: { paused: null },
    incidents: new Map(),
    wishes: new Map(),
    drawings: new Map(),
    ipPolicies: noIpPolicies(),
    artifacts: new Map(),
    conclusions: new Map(),
    licenceChoices: new Map(),
    licenceExceptions: new Map(),
    licenceRefusals: new Map(),
    approvals: new Map(),
    fulfilments: new Map(),
    council: noCouncil(),
  };
}

/** Folds one act; one that was folded already changes nothing. `foldOf` gives what a kind does. An unknown kind, of a newer program, is counted and left alone. */
export function foldAct(desk: Desk, act: Act, foldOf: (kind: string) => ((desk: Desk, act: Act) => void) | undefined): void {
  if (act.seq <= desk.seq) return;
  desk.seq = act.seq;
  desk.versions.set(act.subject, act.seq);
  desk.lastActs.set(act.actor, act.at);
  foldOf(act.kind)?.(desk, act);
}
