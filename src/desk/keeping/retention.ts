/** How long the words of a kind of act are kept, in years from when they were said. */
export type Retention = {
  /** Not erased earlier, whoever asks, but on an order or when a secret slipped in. */
  readonly atLeast: number;
  /** Erased by the office itself afterwards, where it is configured to; null for good. */
  readonly atMost: number | null;
};

// A record of who accepted what, and why, outlasts the audit of the years it was in force; talk does not.
const accountable: Retention = { atLeast: 10, atMost: null };
// Advice is counsel's to keep or to let go.
const privileged: Retention = { atLeast: 0, atMost: 10 };
const access: Retention = { atLeast: 3, atMost: 10 };
const people: Retention = { atLeast: 0, atMost: 10 };
const talk: Retention = { atLeast: 0, atMost: 5 };

/** Every kind of act has its line, also where it has no words yet. */
export const retentionByKind: Readonly<Record<string, Retention>> = {
  decide: accountable,
  'approve-decision': accountable,
  'withdraw-decision': accountable,
  'import-decisions': accountable,
  'confirm-decision': accountable,
  'propose-policy': accountable,
  'approve-policy': accountable,
  'profile-component': accountable,
  'confirm-owner': accountable,
  'disclaim-owner': accountable,
  'withdraw-ownership': accountable,
  'name-steward': accountable,
  'pause-clock': accountable,
  'resume-clock': accountable,
  'open-incident': accountable,
  'open-hash-incident': accountable,
  'report-hash-found': accountable,
  'name-incident': accountable,
  'correct-incident': accountable,
  'answer-incident': accountable,
  'close-incident': accountable,
  'pause-reading': accountable,
  'resume-reading': accountable,
  'draw-evidence': accountable,
  'erase-words': accountable,
  'conclude-licence': accountable,
  'choose-licence': accountable,
  'grant-licence-exception': accountable,
  'withdraw-conclusion': accountable,
  'withdraw-licence-exception': accountable,
  'import-approvals': accountable,
  'confirm-approval': accountable,
  'reject-approval': accountable,
  'pass-gate': accountable,
  'propose-ip-policy': accountable,
  'approve-ip-policy': accountable,
  'retire-kept': accountable,
  'return-kept': accountable,
  'delete-kept': accountable,
  'erase-kept': accountable,
  'readmit-kept': accountable,
  'report-carried-out': accountable,
  'place-hold': accountable,
  'release-hold': accountable,
  'declare-artifact': accountable,
  'fulfil-obligation': accountable,
  'withdraw-artifact': accountable,
  'request-review': accountable,
  vote: accountable,
  'declare-interest': accountable,
  'reopen-roll': accountable,
  'route-case': accountable,
  'ask-facts': accountable,
  'answer-facts': accountable,
  'attach-evidence': accountable,
  'withdraw-case': accountable,
  'reopen-case': accountable,
  'fulfil-condition': accountable,
  'confirm-condition': accountable,
  'advise-case': privileged,
  'seat-member': access,
  'unseat-member': access,
  'break-glass': access,
  'delegate-role': access,
  'grant-role': access,
  'revoke-role': access,
  'restrict-team': access,
  'make-token': access,
  'revoke-token': access,
  'issue-login-link': access,
  'end-sessions': access,
  'record-people': people,
  'offboard-people': people,
  'provision-person': people,
  'provision-team': people,
  assign: talk,
  comment: talk,
  'retry-delivery': talk,
  mute: talk,
  subscribe: talk,
};

/** The retention of a kind; one of a newer program is kept as what must be accounted for. */
export function retentionOf(kind: string): Retention {
  return retentionByKind[kind] ?? accountable;
}

/** Kinds whose words are erased at some time, with the years. */
export const endingKinds: readonly (readonly [kind: string, years: number])[] = Object.entries(retentionByKind).flatMap(([kind, { atMost }]) =>
  atMost === null ? [] : [[kind, atMost] as const],
);

/** The same moment some years later or, with a negative number, earlier. */
export function yearsAfter(at: number, years: number): number {
  const day = new Date(at);
  return day.setUTCFullYear(day.getUTCFullYear() + years);
}
