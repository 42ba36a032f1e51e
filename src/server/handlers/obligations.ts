import { componentByRef } from '#estate/questions/listed.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { obligationsDue, type ObligationRow } from '#operations/licences/obligations-due.ts';
import { deliveredLicences } from '#operations/reports/delivered-licences.ts';
import type { Handler, ItemOf, ReplyOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may } from '../principal.ts';
import { Refusal } from '../refusal.ts';

type Row = ItemOf<'obligations'>;

/** What licences ask for, by what is delivered. */
export const obligations: Handler<'obligations'> = ({ office, estate, visibility, query }) => {
  const { judge, rows: all, ...sums } = obligationsDue(estate, office.desk.desk, visibility, office.clock());
  const hasWords = wordsFilter(query.q);
  const teamOf = ({ component }: ObligationRow): string | null => estate.components[component]?.team ?? null;
  const titleOf = (id: string): string => judge.index.obligation(id)?.title ?? id;
  const rows = all.filter(
    (row) =>
      (query.team === undefined || (teamOf(row) ?? 'none') === query.team) &&
      (query.obligation === undefined || row.obligation === query.obligation) &&
      (query.state === undefined || row[query.state] > 0) &&
      (query.q === undefined || hasWords([estate.components[row.component]?.name, row.artifact?.name, titleOf(row.obligation)].join(' '))),
  );
  const sort = query.sort.replace(/^-/, '') as 'component' | 'team' | 'obligation' | 'due' | 'open' | 'fulfilled';
  const rankOf = (row: ObligationRow): string | number => {
    if (sort === 'component') return estate.components[row.component]?.name ?? '';
    if (sort === 'team') return teamOf(row) ?? '';
    return sort === 'obligation' ? titleOf(row.obligation) : row[sort];
  };
  return listing({
    rows,
    rankOf,
    keyOf: (row: ObligationRow) => {
      const holder = estate.components[row.component];
      return [rankOf(row), holder?.name ?? '', holder?.ref ?? '', row.artifact?.name ?? '', row.obligation];
    },
    view: (row): Row => {
      const holder = estate.components[row.component];
      const duty = judge.index.obligation(row.obligation);
      const ref = holder?.ref ?? '';
      return {
        component: { ref, name: holder?.name ?? '' },
        team: teamOf(row),
        artifact: row.artifact?.name ?? null,
        deliveries: [...(row.artifact?.deliveries ?? [])],
        obligation: { id: row.obligation, title: duty?.title ?? row.obligation, asks: duty?.asks ?? '', shownBy: duty?.shownBy ?? null },
        due: row.due,
        open: row.open,
        fulfilled: row.fulfilled,
        rowsQuery: `/obligations?component=${encodeURIComponent(ref)}&obligation=${encodeURIComponent(row.obligation)}`,
      };
    },
    columns,
    extra: (): Omit<ReplyOf<'obligations'>, 'items' | 'next' | 'total'> => ({
      policy: judge.policyName,
      counts: sums.all,
      obligations: judge.index.policy.obligations.flatMap(({ id, title }) => {
        const asked = sums.byObligation.get(id);
        return asked === undefined ? [] : [{ id, title, due: asked.due }];
      }),
      teams: [...sums.byTeam]
        .map(([team, counts]) => ({ team, ...counts }))
        .sort((a, b) => b.due - a.due || b.open - a.open || ((a.team ?? '') < (b.team ?? '') ? -1 : 1))
        .slice(0, teamsShown),
    }),
  });
};

const teamsShown = 100;

const columns: readonly CsvColumn<Row>[] = [
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['artifact', (each) => each.artifact],
  ['delivered', (each) => each.deliveries.join(' ')],
  ['obligation', (each) => each.obligation.id],
  ['due', (each) => each.due],
  ['open', (each) => each.open],
  ['fulfilled', (each) => each.fulfilled],
];

const stateOrder = { due: 0, open: 1, fulfilled: 2 } as const;

/** What licences ask for of one component, by package version. */
export const componentObligations: Handler<'componentObligations'> = ({ office, estate, visibility, principal, params, query }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  const desk = office.desk.desk;
  const now = office.clock();
  const given = { estate, desk, visibility, judge: licenceJudge(estate, desk, now), now };
  const delivered = deliveredLicences(given, { component: slot, artifact: query.artifact ?? null, sbom: null, office: office.name });
  if (typeof delivered === 'string') throw new Refusal(404, delivered);
  const maySeeNames = may(principal, 'people:read');
  const hasWords = wordsFilter(query.q);
  const all = delivered.artifacts.flatMap((artifact) =>
    artifact.packages.flatMap(({ purl, licence, duties }) =>
      duties.map(({ id, title, asks, state, by, evidence }): ItemOf<'componentObligations'> => ({
        ...{ purl, licence, state, evidence },
        artifact: artifact.name,
        obligation: { id, title, asks, shownBy: given.judge.index.obligation(id)?.shownBy ?? null },
        by: maySeeNames ? by : null,
      })),
    ),
  );
  const rows = all.filter(
    (row) =>
      (query.obligation === undefined || row.obligation.id === query.obligation) &&
      (query.state === undefined || row.state === query.state) &&
      (query.q === undefined || hasWords(`${row.purl} ${row.obligation.title}`)),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: ItemOf<'componentObligations'>) => [
      sort === 'package' ? row.purl : sort === 'obligation' ? row.obligation.title : stateOrder[row.state],
      row.purl,
      row.obligation.id,
      row.artifact ?? '',
    ],
    view: (row) => row,
    columns: packageColumns,
    extra: () => ({ component: { ref: delivered.component.ref, name: delivered.component.name }, team: delivered.component.team }),
  });
};

const packageColumns: readonly CsvColumn<ItemOf<'componentObligations'>>[] = [
  ['purl', (each) => each.purl],
  ['artifact', (each) => each.artifact],
  ['licence', (each) => each.licence],
  ['obligation', (each) => each.obligation.id],
  ['state', (each) => each.state],
  ['by', (each) => each.by],
  ['evidence', (each) => each.evidence],
];
