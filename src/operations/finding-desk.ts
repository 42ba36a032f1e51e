import { actorOfPerson } from '#desk/access/actors.ts';
import type { FindingKey } from '#desk/decisions/predicate.ts';
import { nameOf } from '#desk/people/people.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import { isAllowed } from '#model/actor.ts';
import { decisionsOn } from './decisions-on.ts';
import { deskDecisionView, type DeskDecisionView, type Looking, type NamedView } from './desk-decision-view.ts';
import { findingKeyAt } from './findings-meeting.ts';

/** What people did about a finding and what the asker may do, as clients see it. Times are ISO 8601. */
export type FindingDeskView = {
  readonly seq: number;
  readonly version: number;
  readonly key: FindingKey;
  readonly assignment: { readonly to: NamedView | null; readonly by: NamedView; readonly at: string } | null;
  readonly comments: readonly { readonly seq: number; readonly at: string; readonly by: NamedView; readonly text: string | null }[];
  readonly decisions: readonly DeskDecisionView[];
  readonly may: { readonly propose: boolean; readonly decide: boolean };
  readonly deciders: readonly NamedView[];
};

const decidersListed = 50;

/** What people did about an open finding; null when it is gone. */
export function findingDesk(looking: Looking, place: FindingPlace): FindingDeskView | null {
  const { desk, estate, actor, now } = looking;
  const key = findingKeyAt(estate, place);
  if (key === null) return null;
  const team = estate.components[place.component]?.team ?? null;
  const named = (id: string): NamedView => ({ id, name: nameOf(desk.people, id) });
  const assigned = desk.assignments.get(key.id);
  return {
    key,
    seq: desk.seq,
    version: desk.versions.get(`finding:${key.id}`) ?? 0,
    assignment:
      assigned === undefined
        ? null
        : { to: assigned.to === null ? null : named(assigned.to), by: named(assigned.by), at: new Date(assigned.at).toISOString() },
    comments: (desk.comments.get(`finding:${key.id}`) ?? []).map(({ seq, at, by, text }) => ({
      ...{ seq, text },
      at: new Date(at).toISOString(),
      by: named(by),
    })),
    decisions: decisionsAbout(looking, key, place),
    may: { propose: isAllowed(actor, 'findings:propose', [team]), decide: isAllowed(actor, 'findings:decide', [team]) },
    deciders: decidersOf(looking, team, now),
  };
}

/** Those that mean it now, and those made for it alone that are over. */
function decisionsAbout(looking: Looking, key: FindingKey, place: FindingPlace): readonly DeskDecisionView[] {
  const { desk, estate, now } = looking;
  const meant = new Set(decisionsOn(estate, desk, place, now).map((each) => each.id));
  const views: DeskDecisionView[] = [];
  for (const decision of desk.decisions.byId.values()) {
    const isNamed = decision.predicate.findings?.some((each) => each.id === key.id) ?? false;
    const view = meant.has(decision.id) || isNamed ? deskDecisionView(looking, decision) : null;
    if (view !== null) views.push(view);
  }
  return views.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function decidersOf({ desk }: Looking, team: string | null, now: number): readonly NamedView[] {
  const found: (NamedView & { readonly isNear: boolean })[] = [];
  for (const id of desk.access.grantsOf.keys()) {
    const actor = actorOfPerson(desk, id, now);
    if (actor === null || !isAllowed(actor, 'findings:decide', [team])) continue;
    found.push({ id, name: nameOf(desk.people, id), isNear: team !== null && (desk.people.get(id)?.teams.includes(team) ?? false) });
  }
  return found
    .sort((a, b) => Number(b.isNear) - Number(a.isNear) || (a.name < b.name ? -1 : 1))
    .slice(0, decidersListed)
    .map(({ id, name }) => ({ id, name }));
}
