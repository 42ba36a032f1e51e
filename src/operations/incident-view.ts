import type { Desk } from '#desk/desk.ts';
import type { Answer, Incident } from '#desk/incidents/incidents.ts';
import type { Estate } from '#estate/estate.ts';
import { visibleComponents } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Store } from '#store/store.ts';
import { exposures } from './exposure.ts';

const dayMs = 86_400_000;

/**
 * How a component stands in an incident. `gone`: it was exposed when the incident was opened and its inventory says that it no longer is. `not-scanned`: it was
 * not looked at since, so what it says is old. `perhaps`: only a range is known.
 */
export type IncidentState = 'exposed' | 'perhaps' | 'gone' | 'not-scanned';

/** One component in an incident. Slots and Unix milliseconds. */
export type IncidentRow = {
  readonly component: number;
  readonly state: IncidentState;
  readonly versions: readonly string[];
  readonly answer: Answer | null;
  /** UTC day on which it was over; null while it goes on. */
  readonly until: number | null;
};

/** Every component that an incident is about, as far as the asker may see them: exposed then or since, perhaps exposed, or not scanned since. */
export async function incidentRows(store: Store, estate: Estate, incident: Incident, visibility: Visibility): Promise<readonly IncidentRow[]> {
  const openedDay = Math.floor(incident.openedAt / dayMs);
  const found = await exposures(store, estate, visibility, { advisory: incident.record, day: null });
  const rows = new Map<number, IncidentRow>();
  for (const each of found?.exposures ?? []) {
    if (each.until !== null && each.until < openedDay) continue;
    const ref = estate.components[each.component]?.ref ?? '';
    const before = rows.get(each.component);
    const state: IncidentState = each.until !== null ? 'gone' : each.certainty === 'affected' ? 'exposed' : 'perhaps';
    if (before !== undefined && order.indexOf(before.state) <= order.indexOf(state)) continue;
    const versions = each.versions.map((version) => estate.versions[version]).map((row) => (row === undefined ? '' : row.version || row.range));
    rows.set(each.component, { component: each.component, state, versions, answer: incident.answers.get(ref) ?? null, until: each.until });
  }
  for (const slot of visibleComponents(estate, visibility)) {
    const component = estate.components[slot];
    if (component === undefined || rows.has(slot) || (component.confirmed_at ?? 0) >= incident.openedAt) continue;
    rows.set(slot, { component: slot, state: 'not-scanned', versions: [], answer: incident.answers.get(component.ref) ?? null, until: null });
  }
  return [...rows.values()];
}

// The worse wins where a component is exposed through several packages.
const order: readonly IncidentState[] = ['exposed', 'perhaps', 'gone', 'not-scanned'];

/** How many components of each team stand how. */
export type IncidentTeam = {
  readonly team: string | null;
  readonly exposed: number;
  readonly perhaps: number;
  readonly gone: number;
  readonly notScanned: number;
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
      const answered = open.filter((row) => row.answer !== null).length;
      return {
        team,
        exposed: count('exposed'),
        perhaps: count('perhaps'),
        gone: count('gone'),
        notScanned: count('not-scanned'),
        answered,
        noAnswer: open.length - answered,
      };
    })
    .sort((a, b) => b.noAnswer - a.noAnswer || b.exposed - a.exposed || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1));
}

/** Incidents, the latest opened first. */
export function incidentsOf(desk: Desk): readonly Incident[] {
  return [...desk.incidents.values()].sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1));
}
