import type { KeyObject } from 'node:crypto';
import type { LedgerChecked } from '#operations/check-ledger.ts';
import type { Context } from '#operations/context.ts';
import type { EvidencePack } from '#operations/evidence/evidence-pack.ts';
import type { Policy } from '#desk/policy/policy.ts';
import type { LiveDesk } from '#operations/live-desk.ts';
import type { OpenIdWay } from '#operations/openid-way.ts';
import type { Registries } from '#operations/registry/registries-configuration.ts';
import type { PlannedReading } from '#operations/reading-plan.ts';
import type { PackageAsker } from '#operations/verdicts/package-asker.ts';
import type { Once } from './idempotency.ts';
import type { LiveEstate } from './live-estate.ts';
import type { Metrics } from './metrics.ts';
import type { Runs } from './runs.ts';
import type { TakeUpload } from './upload-thread.ts';

/** What the server serves from. */
export type ServedOffice = {
  /** Name of the estate. */
  readonly name: string;
  readonly store: Context['store'];
  readonly context: Context;
  /** Unix milliseconds. */
  readonly clock: () => number;
  readonly estate: LiveEstate;
  /** What people have done; followed together with the estate. */
  readonly desk: LiveDesk;
  readonly metrics: Metrics;
  /** Signs cursors. */
  readonly secret: Uint8Array;
  /** Kinds of feed that are configured, so that one that never came can be shown. */
  readonly feeds: readonly { readonly kind: 'osv' | 'kev' | 'epss' | 'end-of-life'; readonly from: string }[];
  /** Which package registries are asked, and about what. */
  readonly registries: Registries;
  /** The policy of the file that the configuration names, whether approved or not; null when it names none. */
  readonly policyFile: Policy | null;
  /** How many months a confirmation of an owner stands. */
  readonly attestMonths: number;
  /** What the office reads by itself. */
  readonly plan: readonly PlannedReading[];
  /** Largest upload in bytes. */
  readonly uploadBytes: number;
  readonly takeUpload: TakeUpload;
  /** Asks registries about packages that nobody here uses; null when none is configured. */
  readonly packages: PackageAsker | null;
  /** Keeps repeated requests from doing twice what they ask. */
  readonly once: Once;
  /** Evidence that is being made. */
  readonly evidence: Runs<EvidencePack>;
  readonly ledgerChecks: Runs<LedgerChecked>;
  /** By which signatures of checkpoints are proved; null when the office signs none. */
  readonly ledgerKey: KeyObject | null;
  /** How people may sign in, beside links. */
  readonly signIn: { readonly passwords: boolean; readonly openId: OpenIdWay | null };
  /** Hears, in one sentence, of what an operator wants to know and the asker must not. */
  readonly report: (message: string) => void;
  /** Tells whoever reads uploads that there is one. */
  readonly wake: () => void;
};
