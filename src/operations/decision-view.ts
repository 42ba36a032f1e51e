import type { People } from '#desk/people/people.ts';
import { noExtent, type DecisionAbout, type DecisionKind, type Extent } from '#model/decision.ts';
import type { KeptRow } from './kept-decisions.ts';

/** A decision as clients see it. Times are ISO 8601; `doneAt` is null while it is being carried out, or a hold keeps it from that. */
export type DecisionView = {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly about: DecisionAbout;
  readonly subject: string;
  readonly author: string;
  /** Null once erased, like the reason. */
  readonly authority: string | null;
  readonly reason: string | null;
  readonly at: string;
  /** The decision that this one ended; null for one by itself. */
  readonly supersedes: string | null;
  readonly extent: Extent;
  readonly doneAt: string | null;
};

/** A decision as clients see it, with what it touched; who did it by name, where that is known. */
export function decisionView(
  { seq: _number, at, author, doneAt, ...row }: KeptRow,
  extents: ReadonlyMap<string, Extent>,
  people?: People,
): DecisionView {
  return {
    ...row,
    author: people?.get(author)?.words?.name ?? author,
    at: new Date(at).toISOString(),
    extent: extents.get(row.id) ?? noExtent,
    doneAt: doneAt === null ? null : new Date(doneAt).toISOString(),
  };
}
