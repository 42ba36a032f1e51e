import type { FindingPlace } from '#estate/questions/findings.ts';
import type { FindingView } from '#operations/finding-view.ts';
import { deskFields, noDeskFields, type DeskFields } from '#operations/triage/desk-fields.ts';
import type { Triage } from '#operations/triage/live-triage.ts';

/** A finding with what the desk says of it; `place` is null for one that is over. */
export function findingWithDesk<View extends FindingView>(triage: Triage, view: View, place: FindingPlace | null): View & DeskFields {
  return { ...view, ...(place === null ? noDeskFields : deskFields(triage, place)) };
}
