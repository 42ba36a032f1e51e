/** What an auditor asks for. Days are UTC, `YYYY-MM-DD`; each counts to its end. */
export type EvidenceQuestion = {
  readonly population: 'findings' | 'decisions' | 'exceptions' | 'components';
  /** Only what belongs to this team; null for all. Decisions reach teams, and belong to each of them. */
  readonly team: string | null;
  /** The day whose state is meant (when it was true). */
  readonly asOf: string;
  /** Nothing that was learnt or decided after this day counts. */
  readonly known: string;
  readonly seed: string;
  readonly size: number;
};

/** How much of the estate was observed at all. */
export type Coverage = {
  readonly components: number;
  readonly read: number;
  readonly notRead: number;
  readonly stale: number;
  readonly withoutOwner: number;
};
