import type { FindingDesk } from '#server/schemas/desk-decision.ts';

/** What one may do with the finding shown; each asks for what it needs. */
export type DetailActions = {
  readonly onSelectSame: () => void;
  readonly onTicket: () => void;
  readonly onAssign: () => void;
  readonly onNotMine: () => void;
  readonly onHold: () => void;
  readonly onComment: (text: string) => Promise<void>;
  readonly onSuggest: (decision: FindingDesk['decisions'][number]) => void;
};
