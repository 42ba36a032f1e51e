import type { ImportedApproval } from '#server/schemas/imported-approval.ts';

/** What other tools say of a use, as words for people. */
export const approvalWordsShown: Readonly<Record<ImportedApproval['says'], string>> = {
  approved: 'Approved',
  conditions: 'Approved under conditions',
  denied: 'Denied',
  concluded: 'Licence concluded',
};

/** How it stands here. */
export const approvalStateWords: Readonly<Record<ImportedApproval['state'], string>> = {
  unconfirmed: 'unconfirmed',
  confirmed: 'confirmed',
  rejected: 'rejected',
  withdrawn: 'taken back',
  expired: 'expired',
};
