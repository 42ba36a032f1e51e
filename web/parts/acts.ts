import type { ActDone } from '#server/schemas/act.ts';
import type { DeskDecision, FindingDesk } from '#server/schemas/desk-decision.ts';
import type { Finding } from '#server/schemas/finding.ts';
import { send } from './api.ts';

/** One finding by natural keys, as acts name it. */
export type FindingKey = FindingDesk['key'];

/** Which findings a decision means: those that meet every part given. */
export type Predicate = {
  readonly component?: string;
  readonly team?: string;
  readonly package?: string;
  readonly advisory?: string;
  readonly findings?: readonly FindingKey[];
};

/** What was decided, and CycloneDX's words for why and what follows. */
export type Verdict = DeskDecision['verdict'];
export type Justification = NonNullable<DeskDecision['justification']>;
export type Response = DeskDecision['responses'][number];

/** Bodies and words of the acts that the pages do, by the act's id. */
type Acts = {
  readonly decide: {
    readonly body: {
      readonly id: string;
      readonly predicate: Predicate;
      readonly verdict: Verdict;
      readonly coversFuture: boolean;
      readonly justification: Justification | null;
      readonly responses: readonly Response[];
      readonly until: string | null;
      readonly owner: string | null;
    };
    readonly words: { readonly reason: string; readonly control: string | null };
  };
  readonly 'approve-decision': { readonly body: { readonly decision: string; readonly approve: boolean }; readonly words: Reason };
  readonly 'confirm-decision': {
    readonly body: { readonly decisions: readonly string[]; readonly owner: string | null; readonly justification: Justification | null };
    readonly words: Reason;
  };
  readonly 'confirm-approval': {
    readonly body: { readonly approvals: readonly string[]; readonly until: string | null; readonly licence: string | null };
    readonly words: { readonly reason: string; readonly conditions: string | null };
  };
  readonly 'reject-approval': { readonly body: { readonly approvals: readonly string[] }; readonly words: Reason };
  readonly 'withdraw-decision': { readonly body: { readonly decision: string }; readonly words: Reason };
  readonly assign: { readonly body: { readonly findings: readonly FindingKey[]; readonly to: string | null }; readonly words: null };
  readonly comment: { readonly body: { readonly finding: FindingKey }; readonly words: { readonly text: string } };
  readonly 'pause-clock': {
    readonly body: { readonly component: string; readonly advisory: string; readonly because: HoldReason; readonly until: string };
    readonly words: Reason;
  };
  readonly mute: { readonly body: WishBody; readonly words: null };
  readonly subscribe: { readonly body: WishBody; readonly words: null };
  readonly 'retry-delivery': { readonly body: { readonly deliveries: readonly string[] }; readonly words: null };
  readonly 'confirm-owner': { readonly body: SaidOwners; readonly words: null };
  readonly 'disclaim-owner': { readonly body: SaidOwners; readonly words: { readonly reason?: string } };
  readonly 'withdraw-ownership': { readonly body: SaidOwners; readonly words: null };
  readonly 'name-steward': {
    readonly body: { readonly package: string; readonly steward: string | null; readonly from: string | null; readonly until: string | null };
    readonly words: null;
  };
  readonly 'resume-clock': { readonly body: { readonly component: string; readonly advisory: string }; readonly words: Reason };
};

type WishBody = { readonly who: string; readonly kinds: readonly string[]; readonly channel: string | null; readonly until: string | null };
type SaidOwners = { readonly owners: readonly { readonly component: string; readonly owner: string }[] };

type Reason = { readonly reason: string };

/** Why a clock may be held. */
export type HoldReason = 'waiting-for-upstream' | 'waiting-for-supplier' | 'waiting-for-release' | 'change-freeze' | 'question-open';

/**
 * Does something as whoever is signed in; it is durable once this returns. Throws an `ApiError` when it is refused: 412 when somebody else did
 * something after act number `expects`. The same `key` does it once, however often it is sent.
 */
export async function act<Id extends keyof Acts>(
  id: Id,
  { body, words }: Acts[Id],
  { expects, key = newId() }: { readonly expects?: number | undefined; readonly key?: string } = {},
): Promise<ActDone> {
  const asked = { body, ...(words === null ? {} : { words }), ...(expects === undefined ? {} : { expects }) };
  return (await send('POST', `/v1/acts/${id}`, asked, { 'idempotency-key': key })) as ActDone;
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new id: 26 characters of base32, of 130 random bits. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => letters[byte % letters.length]).join('');
}

/** By which natural keys acts name a finding. */
export function keyOf(finding: Finding): FindingKey {
  return {
    id: finding.id,
    rule: finding.rule,
    component: finding.component.ref,
    package: finding.package?.purl ?? null,
    subject: finding.advisory?.key ?? finding.subject,
  };
}
