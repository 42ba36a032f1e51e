import type { ApprovalWord } from '#model/approval.ts';
import type { Imported } from '../imports/imports.ts';
import type { Conclusions } from './conclusions.ts';
import type { LicenceExceptions } from './exceptions.ts';

/** What was approved elsewhere and taken over: no verdict counts it until somebody here stands behind it. Times are Unix milliseconds. */
export type ImportedApproval = {
  readonly id: string;
  readonly says: ApprovalWord;
  /** What it is about: every part given must be met. `package` is a purl without version. */
  readonly predicate: { readonly component?: string | undefined; readonly package?: string | undefined; readonly range?: string | undefined };
  /** As the file writes it: an SPDX expression or any name; null: whatever it is. */
  readonly licence: string | null;
  readonly origin: Imported;
  /** What the file says in words; null when it says nothing, or once erased. */
  readonly words: { readonly reason: string | null; readonly conditions: string | null; readonly by: string | null } | null;
  /** Who took it over, and when. */
  readonly importedBy: string;
  readonly at: number;
  /** When the file says that it ends; null when it does not. */
  readonly ownEnd: number | null;
  /** When it is forgotten unless somebody confirms it. */
  readonly until: number;
  readonly answer: ApprovalAnswer | null;
};

/** What somebody here said of it. */
export type ApprovalAnswer =
  | { readonly kind: 'confirmed'; readonly by: string; readonly at: number; readonly until: number; readonly licence: string | null }
  | { readonly kind: 'rejected'; readonly by: string; readonly at: number; readonly reason: string | null };

/** What was taken over, by id, oldest first. */
export type Approvals = Map<string, ImportedApproval>;

export const approvalStates = ['unconfirmed', 'confirmed', 'rejected', 'withdrawn', 'expired'] as const;
/** How it stands: `withdrawn` was confirmed and taken back since. */
export type ApprovalState = (typeof approvalStates)[number];

/** How an approval stands now. */
export function approvalState(
  { id, answer, until }: ImportedApproval,
  desk: { readonly licenceExceptions: LicenceExceptions; readonly conclusions: Conclusions },
  now: number,
): ApprovalState {
  if (answer === null) return until <= now ? 'expired' : 'unconfirmed';
  if (answer.kind === 'rejected') return 'rejected';
  const stands = desk.licenceExceptions.has(id) || [...desk.conclusions.values()].some((list) => list.some((each) => each.id === id));
  if (!stands) return 'withdrawn';
  return answer.until <= now ? 'expired' : 'confirmed';
}

/** Whether the same may be taken over once more: what nobody answered in time is no answer. */
export function mayImportAgain(known: ImportedApproval | undefined, now: number): boolean {
  return known === undefined || (known.answer === null && known.until <= now);
}

/** How many days what was approved elsewhere holds once it is confirmed, where neither the file, nor who confirms, nor the policy says. */
export const defaultApprovalDays = 365;
