import type { TicketFinding } from '#desk/tickets/ticket.ts';
import type { Estate, EstateComponent } from '#estate/estate.ts';
import { redactText } from '#language/redact.ts';
import { seesAll } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { dayText } from '../../ask-estate.ts';
import { closedFindings } from '../../find-finding.ts';
import { findingIdOf, findingView, type FindingStretch } from '../../finding-view.ts';

/** Why findings of a component ended, by id, as evidence shows it. One that is absent is not known to have ended: data that is gone closes nothing. */
export async function endsOf(
  reads: StoreReads,
  estate: Estate,
  ref: string,
  findings: readonly Pick<TicketFinding, 'id' | 'versions'>[],
): Promise<ReadonlyMap<string, string>> {
  const component = estate.componentByRef.get(ref);
  const holder = estate.components[component ?? -1];
  if (component === undefined || holder === undefined) return new Map();
  const wanted = new Map(findings.map((each) => [each.id, each]));
  const ends = new Map<string, string>();
  const closed = await closedFindings(reads, estate, seesAll, component);
  // The last episode of each comes last.
  for (const stretch of closed.toSorted((a, b) => a.openedAt - b.openedAt)) {
    const group = estate.groups[stretch.group];
    const id = group === undefined ? '' : findingIdOf(estate, component, stretch.package, group);
    const finding = wanted.get(id);
    const view = finding === undefined ? null : findingView(estate, stretch, finding.versions);
    if (view !== null) ends.set(id, `${view.reason}${sight(stretch, holder)}`);
  }
  return ends;
}

/** Where and when it was seen to be gone. */
function sight({ closedBecause, exposedUntil }: FindingStretch, { origin, revision }: EstateComponent): string {
  if (closedBecause !== 'fixed' || exposedUntil === null) return '';
  const at = revision === null ? '' : `, revision ${revision.slice(0, 12)}`;
  return ` Seen in ${redactText(origin)}${at}, ${dayText(exposedUntil)}.`;
}
