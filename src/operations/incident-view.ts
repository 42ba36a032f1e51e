import type { Desk } from '#desk/desk.ts';
import { triageStates, type TriageState } from '#desk/triage/triage-state.ts';
import { packagesOf, type Answer, type Incident } from '#desk/incidents/incidents.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { visibleComponents } from '#estate/questions/visible.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Store } from '#store/store.ts';
import { exposures } from './exposure.ts';
import { hashStandings, type HashStanding, type NotSearched } from './hash-search/hash-standing.ts';
import type { Triage } from './triage/live-triage.ts';

const dayMs = 86_400_000;

/**
 * How a component stands in an incident. `gone`: it was exposed when the incident was opened and its inventory says that it no longer is. `not-scanned`: it was
 * not looked at since, so what it says is old. `perhaps`: only a range is known, or a file names the hash at no package.
 * Of an incident about a file by its hash: `not-searched`, its files cannot say, and `not-found`, they do not name it.
 */
export type IncidentState = 'exposed' | 'perhaps' | 'gone' | 'not-scanned' | 'not-searched' | 'not-found';

/** One component in an incident. Slots and Unix milliseconds. */
export type IncidentRow = {
  readonly component: number;
  readonly state: IncidentState;
  readonly versions: readonly string[];
  readonly answer: Answer | null;
  /** How its finding stands on the desk; null for none that is open. A decision is an answer, too. */
  readonly triage: TriageState | null;
  /** UTC day on which it was over; null while it goes on. */
  readonly until: number | null;
  /** Why its files cannot say whether they name the hash; null where they can, and for incidents about packages. */
  readonly notSearched: NotSearched | null;
};

/** Every component that an incident is about, as far as the asker may see them: exposed then or since, perhaps exposed, or not scanned since. */
export async function incidentRows(store: Store, triage: Triage, incident: Incident, visibility: Visibility): Promise<readonly IncidentRow[]> {
  const { estate } = triage.judging;
  const group = estate.groupByAnyId.get(incident.record);
  const openedDay = Math.floor(incident.openedAt / dayMs);
  const found = await exposures(store, estate, visibility, { advisory: incident.record, day: null });
  const visible = visibleComponents(estate, visibility);
  const searched = await hashSearchOf(store, estate, incident, visible);
  const rows = new Map<number, IncidentRow>();
  for (const each of found?.exposures ?? []) {
    if (each.until !== null && each.until < openedDay) continue;
    const ref = estate.components[each.component]?.ref ?? '';
    const before = rows.get(each.component);
    const state: IncidentState = each.until !== null ? 'gone' : each.certainty === 'affected' ? 'exposed' : 'perhaps';
    if (before !== undefined && order.indexOf(before.state) <= order.indexOf(state)) continue;
    const versions = each.versions.map((version) => estate.versions[version]).map((row) => (row === undefined ? '' : row.version || row.range));
    rows.set(each.component, {
      ...{ component: each.component, state, versions, until: each.until, notSearched: null },
      answer: incident.answers.get(ref) ?? null,
      triage: group === undefined ? null : stateIn(triage, each.component, group),
    });
  }
  for (const slot of visible) {
    const component = estate.components[slot];
    if (component === undefined || rows.has(slot)) continue;
    const said = searched?.get(slot) ?? null;
    const state = unexposedState(incident, component.confirmed_at ?? 0, said);
    if (state === null) continue;
    const notSearched = state === 'not-searched' ? (said?.notSearched ?? null) : null;
    rows.set(slot, {
      ...{ component: slot, state, versions: said?.names ?? [], until: null, triage: null, notSearched },
      answer: incident.answers.get(component.ref) ?? null,
    });
  }
  return [...rows.values()];
}

/** What was searched of components for the file of an incident; null for incidents about packages. */
export async function hashSearchOf(
  store: Store,
  estate: Estate,
  { id, hashes }: Incident,
  components: readonly number[],
): Promise<ReadonlyMap<number, HashStanding> | null> {
  return hashes.length === 0 ? null : hashStandings(estate, await store.hashSearches(id), components);
}

/** How a component stands that no advisory says is exposed; null for one that is not to be listed. */
function unexposedState({ openedAt }: Incident, confirmedAt: number, said: HashStanding | null): IncidentState | null {
  if (said === null) return confirmedAt >= openedAt ? null : 'not-scanned';
  if (said.isFound) return 'perhaps';
  if (said.notSearched !== null) return 'not-searched';
  // What it showed is searched at once; what was there more than a day before says little of today.
  return confirmedAt < openedAt - dayMs ? 'not-scanned' : 'not-found';
}

/** Whether its owner has said something about it, as an answer or as a decision. */
export function isAnswered({ answer, triage }: Pick<IncidentRow, 'answer' | 'triage'>): boolean {
  return answer !== null || (triage !== null && triage !== 'open');
}

/** How the findings of a group stand in a component: the one with most left to do of several packages. */
function stateIn(triage: Triage, component: number, group: number): TriageState | null {
  const groups = triage.judging.estate.findings[component]?.group ?? [];
  const { state } = triage.columnsOf(component);
  const states = [...groups].flatMap((each, row) => (each === group ? [state[row] ?? 0] : []));
  return states.length === 0 ? null : (triageStates[Math.min(...states)] ?? null);
}

// The worse wins where a component is exposed through several packages.
const order: readonly IncidentState[] = ['exposed', 'perhaps', 'gone', 'not-searched', 'not-scanned', 'not-found'];

/** How many components of each team stand how. */
export type IncidentTeam = {
  readonly team: string | null;
  readonly exposed: number;
  readonly perhaps: number;
  readonly gone: number;
  readonly notScanned: number;
  /** Of incidents about a file by its hash; 0 for others. */
  readonly notSearched: number;
  readonly notFound: number;
  /** Of those exposed or perhaps exposed. */
  readonly answered: number;
  readonly noAnswer: number;
};

/** The rows added up by owner, those without answers first. */
export function incidentTeams(estate: Estate, rows: readonly IncidentRow[]): readonly IncidentTeam[] {
  const byTeam = Map.groupBy(rows, (row) => estate.components[row.component]?.team ?? null);
  return [...byTeam]
    .map(([team, of]): IncidentTeam => {
      const open = of.filter((row) => row.state === 'exposed' || row.state === 'perhaps');
      const count = (state: IncidentState) => of.filter((row) => row.state === state).length;
      const answered = open.filter(isAnswered).length;
      return {
        team,
        exposed: count('exposed'),
        perhaps: count('perhaps'),
        gone: count('gone'),
        notScanned: count('not-scanned'),
        notSearched: count('not-searched'),
        notFound: count('not-found'),
        answered,
        noAnswer: open.length - answered,
      };
    })
    .sort((a, b) => b.noAnswer - a.noAnswer || b.exposed - a.exposed || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1));
}

/** An advisory that others published and that may be the incident. */
export type IncidentCandidate = { readonly id: string; readonly title: string; readonly published: string | null };

/** What was published about the same package since the incident was opened, and hits a version in use here: somebody says which of it the incident is. */
export function candidatesFor(estate: Estate, incident: Incident): readonly IncidentCandidate[] {
  const { record, openedAt } = incident;
  const slots = packagesOf(incident).flatMap((purl) => {
    const named = packageOfPurl(purl);
    const ecosystem = named?.ecosystem ?? '';
    return named === null ? [] : (estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, named.name))) ?? []);
  });
  const own = estate.groupByAnyId.get(record);
  const used = slots.flatMap((slot) => versionsOf(estate, slot));
  const hit = new Set(used.flatMap((version) => (estate.matches.get(version) ?? []).map((match) => match.group)));
  return [...hit].flatMap((each) => {
    const group = estate.groups[each];
    // Of the day before, too: it may have been published while people here were still finding out.
    if (group === undefined || each === own || group.withdrawn || Date.parse(group.published ?? '') < openedAt - dayMs) return [];
    return [{ id: group.ids[0] ?? group.key, title: group.title, published: group.published }];
  });
}

/** Incidents, the latest opened first. */
export function incidentsOf(desk: Desk): readonly Incident[] {
  return [...desk.incidents.values()].sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1));
}
