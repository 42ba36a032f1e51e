import type { Visibility } from '#model/visibility.ts';
import { seesAll } from '#model/visibility.ts';

/** What whoever draws evidence may see. */
export type EvidenceSight = {
  readonly findings: Visibility;
  readonly estate: Visibility;
  /** Whether they may read what everybody did. */
  readonly ledger: boolean;
};

/** Of the office itself, and of an auditor. */
export const seesAllEvidence: EvidenceSight = { findings: seesAll, estate: seesAll, ledger: true };

/** True when nothing is left out of the ledger's part. */
export function seesLedger({ findings, estate, ledger }: EvidenceSight): boolean {
  return ledger && findings.kind === 'all' && estate.kind === 'all';
}
