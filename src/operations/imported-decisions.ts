import { standingOf, type Decision } from '#desk/decisions/decisions.ts';
import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import type { Visibility } from '#model/visibility.ts';

/** A decision that came from a file, as clients see it. Times are ISO 8601. */
export type ImportedView = {
  readonly id: string;
  readonly verdict: Decision['verdict'];
  readonly state: 'unconfirmed' | 'confirmed' | 'waiting' | 'withdrawn' | 'expired' | 'refused' | 'superseded';
  readonly advisory: string;
  readonly aliases: readonly string[];
  readonly component: string | null;
  readonly package: string | null;
  readonly range: string | null;
  readonly justification: Decision['justification'];
  readonly responses: Decision['responses'];
  readonly reason: string | null;
  readonly source: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly by: string;
  readonly at: string;
  readonly until: string | null;
  readonly findings: number;
};

/** The imported decisions that may be seen: those about a component that may be, or that reached one. */
export function importedDecisions(estate: Estate, desk: Desk, visibility: Visibility, now: number): readonly ImportedView[] {
  const isSeen = (ref: string) => componentByRef(estate, visibility, ref) !== null;
  const rows: ImportedView[] = [];
  for (const [id, { source, file, line }] of desk.imports) {
    const decision = desk.decisions.byId.get(id);
    if (decision === undefined) continue;
    const { predicate, extent } = decision;
    const isVisible = visibility.kind === 'all' || (predicate.component === undefined ? extent.components.some(isSeen) : isSeen(predicate.component));
    if (!isVisible) continue;
    rows.push({
      id,
      verdict: decision.verdict,
      state: stateOf(decision, now),
      advisory: predicate.advisory ?? '',
      aliases: predicate.aliases ?? [],
      component: predicate.component ?? null,
      package: predicate.package ?? null,
      range: predicate.range ?? null,
      justification: decision.justification,
      responses: decision.responses,
      reason: decision.words?.reason ?? null,
      source,
      file,
      line,
      by: decision.author,
      at: new Date(decision.at).toISOString(),
      until: decision.until === null ? null : new Date(decision.until).toISOString(),
      findings: visibility.kind === 'all' ? extent.findings : 0,
    });
  }
  return rows;
}

function stateOf(decision: Decision, now: number): ImportedView['state'] {
  const standing = standingOf(decision, now);
  if (decision.unconfirmed === true && standing === 'waiting') return decision.until !== null && decision.until <= now ? 'expired' : 'unconfirmed';
  return standing === 'holds' ? 'confirmed' : standing;
}
