import { noExtent, type DecisionAbout, type DecisionKind, type Extent } from '#model/decision.ts';
import { storedJson } from '#language/readers/json.ts';
import type { DecisionTable } from '#store/schema.ts';

/** A decision as clients see it. Times are ISO 8601; `doneAt` is null while it is being carried out, or a hold keeps it from that. */
export type DecisionView = {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly about: DecisionAbout;
  readonly subject: string;
  readonly author: string;
  readonly authority: string;
  readonly reason: string;
  readonly at: string;
  /** The decision that this one ended; null for one by itself. */
  readonly supersedes: string | null;
  readonly extent: Extent;
  readonly doneAt: string | null;
};

/** A decision as clients see it. */
export function decisionView({ at, done_at, extent, ...row }: DecisionTable): DecisionView {
  return {
    ...row,
    at: new Date(at).toISOString(),
    extent: { ...noExtent, ...(storedJson(extent) as Partial<Extent>) },
    doneAt: done_at === null ? null : new Date(done_at).toISOString(),
  };
}
