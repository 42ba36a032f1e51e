import { packagesOf, type Incident } from '#desk/incidents/incidents.ts';
import {
  candidatesFor,
  hashSearchOf,
  incidentRows,
  incidentsOf,
  incidentTeams,
  isAnswered,
  type IncidentRow,
  type IncidentTeam,
} from '#operations/incident-view.ts';
import { visibleComponents } from '#estate/questions/visible.ts';
import { dayText } from '#operations/ask-estate.ts';
import { normalisedTime } from '#operations/finding-view.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

/** The incidents there are and were. */
export const incidents: Handler<'incidents'> = (asked) => {
  const { office, query } = asked;
  const hasWords = wordsFilter(query.q);
  const rows = incidentsOf(office.desk.desk).filter(
    (each) =>
      (query.state === 'any' || (each.closed === null) === (query.state === 'open')) &&
      hasWords(`${each.record} ${each.words?.title ?? ''} ${packagesOf(each).join(' ')} ${each.hashes.join(' ')} ${each.aliases.join(' ')}`),
  );
  return listing({
    rows,
    keyOf: (each: Incident) => [each.openedAt, each.id],
    view: async (each) => viewOf(asked, each, await rowsOf(asked, each)),
    columns: incidentColumns,
  });
};

/** One incident by owner. */
export const incident: Handler<'incident'> = async (asked) => {
  const found = incidentNamed(asked);
  const rows = await rowsOf(asked, found);
  const candidates =
    found.closed === null ? candidatesFor(asked.estate, found).map((each) => ({ ...each, published: normalisedTime(each.published) })) : [];
  return { ...viewOf(asked, found, rows), teams: incidentTeams(asked.estate, rows), search: await searchOf(asked, found), candidates };
};

async function searchOf(
  { office, estate, visibility }: AnyAsked,
  found: Incident,
): Promise<{ readonly files: number; readonly waiting: number } | null> {
  const searched = await hashSearchOf(office.store, estate, found, visibleComponents(estate, visibility));
  if (searched === null) return null;
  const sum = { files: 0, waiting: 0 };
  for (const { files, waiting } of searched.values()) {
    sum.files += files;
    sum.waiting += waiting;
  }
  return sum;
}

/** Its components. */
export const incidentComponents: Handler<'incidentComponents'> = async (asked) => {
  const { estate, query } = asked;
  const hasTeam = teamFilter(query);
  const hasWords = wordsFilter(query.q);
  const wanted = query.state === undefined ? null : new Set(query.state.split(','));
  const componentOf = (row: IncidentRow) => estate.components[row.component];
  const rows = (await rowsOf(asked, incidentNamed(asked))).filter(
    (row) =>
      hasTeam(componentOf(row)?.team ?? null) &&
      hasWords(componentOf(row)?.ref ?? '') &&
      (wanted === null || wanted.has(row.state)) &&
      (query.answer === undefined || isAnswered(row) === (query.answer === 'some')),
  );
  const sort = query.sort.replace(/^-/, '');
  const ranks: Readonly<Record<string, (row: IncidentRow) => string | number>> = {
    state: (row) => states.indexOf(row.state) * 2 + (isAnswered(row) ? 1 : 0),
    component: (row) => componentOf(row)?.name ?? '',
    team: (row) => componentOf(row)?.team ?? afterAll,
    until: (row) => row.until ?? 2 ** 20,
  };
  return listing({
    rows,
    keyOf: (row: IncidentRow) => [ranks[sort]?.(row) ?? '', componentOf(row)?.ref ?? ''],
    view: (row) => {
      const component = componentOf(row);
      if (component === undefined) return null;
      return {
        component: { ref: component.ref, name: component.name },
        team: component.team,
        state: row.state,
        versions: row.versions,
        answer: row.answer === null ? null : { says: row.answer.says, by: row.answer.by, at: new Date(row.answer.at).toISOString() },
        triage: row.triage,
        notSearched: row.notSearched,
        until: row.until === null ? null : dayText(row.until),
        seen: component.confirmed_at === null ? null : new Date(component.confirmed_at).toISOString(),
      };
    },
    columns: componentColumns,
  });
};

const states: readonly IncidentRow['state'][] = ['exposed', 'perhaps', 'not-searched', 'not-scanned', 'gone', 'not-found'];

type AnyAsked = Pick<Asked<'incident'>, 'office' | 'estate' | 'visibility'>;

async function rowsOf({ office, estate, visibility }: AnyAsked, found: Incident): Promise<readonly IncidentRow[]> {
  return incidentRows(office.store, await office.estate.triage(estate), found, visibility);
}

function incidentNamed({ office, params }: Pick<Asked<'incident'>, 'office' | 'params'>): Incident {
  const { desk } = office.desk;
  const found = desk.incidents.get(params.id) ?? [...desk.incidents.values()].find((each) => each.record === params.id);
  if (found === undefined) throw new Refusal(404, 'There is no incident with this id.');
  return found;
}

function viewOf({ office, estate }: AnyAsked, found: Incident, rows: readonly IncidentRow[]) {
  const { id, record, words, severity, affected, hashes, aliases, openedAt, by, closed } = found;
  const group = estate.groups[estate.groupByAnyId.get(record) ?? -1];
  return {
    id,
    record,
    title: words?.title ?? null,
    details: words?.details ?? null,
    severity,
    affected,
    hashes,
    found: found.found,
    ids: group?.ids ?? [record, ...aliases],
    opened: new Date(openedAt).toISOString(),
    by,
    closed: closed === null ? null : { ...closed, at: new Date(closed.at).toISOString() },
    version: office.desk.desk.versions.get(`incident:${id}`) ?? 0,
    counts: summed(incidentTeams(estate, rows)),
  };
}

function summed(teams: readonly IncidentTeam[]): Omit<IncidentTeam, 'team'> {
  const sum = { exposed: 0, perhaps: 0, gone: 0, notScanned: 0, notSearched: 0, notFound: 0, answered: 0, noAnswer: 0 };
  for (const team of teams) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += team[key];
  return sum;
}

const incidentColumns: readonly CsvColumn<ItemOf<'incidents'>>[] = [
  ['id', (each) => each.record],
  ['title', (each) => each.title],
  ['severity', (each) => each.severity],
  ['package', (each) => each.affected?.package ?? [...new Set(each.found.map((one) => one.package))].join(' ')],
  ['hashes', (each) => each.hashes.join(' ')],
  ['ids', (each) => each.ids.join(' ')],
  ['opened', (each) => each.opened],
  ['closed', (each) => each.closed?.at ?? null],
  ['exposed', (each) => each.counts.exposed],
  ['perhaps', (each) => each.counts.perhaps],
  ['gone', (each) => each.counts.gone],
  ['not scanned', (each) => each.counts.notScanned],
  ['not searched', (each) => each.counts.notSearched],
  ['not found', (each) => each.counts.notFound],
  ['no answer', (each) => each.counts.noAnswer],
];

const componentColumns: readonly CsvColumn<ItemOf<'incidentComponents'>>[] = [
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['state', (each) => each.state],
  ['versions', (each) => each.versions.join(' ')],
  ['not searched because', (each) => each.notSearched],
  ['answer', (each) => each.answer?.says ?? null],
  ['answered by', (each) => each.answer?.by ?? null],
  ['answered at', (each) => each.answer?.at ?? null],
  ['on the desk', (each) => each.triage],
  ['over since', (each) => each.until],
  ['last seen', (each) => each.seen],
];
