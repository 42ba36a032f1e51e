import { sbomKey, type Estate } from '#estate/estate.ts';
import { componentByRef, listedComponents } from '#estate/questions/listed.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { qualityFormula } from '#model/sbom-quality.ts';
import type { SbomStanding } from '#model/sbom-standing.ts';
import { conflictKinds, conflictWeights, type SourceConflict } from '#model/source-conflict.ts';
import { problemView } from '#operations/receipt-view.ts';
import { componentConflicts as conflictsOf } from '#operations/sbom/component-conflicts.ts';
import { componentSboms as sbomsOf } from '#operations/sbom/component-sboms.ts';
import { scoreTrend } from '#operations/sbom/score-trend.ts';
import { sbomsOfComponentCompared } from '#operations/sbom/sboms-compared.ts';
import type { Asked, Handler, ItemOf, ReplyOf } from '../asked.ts';
import { afterAll, teamFilter, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

type Row = { readonly component: number; readonly standing: SbomStanding };
type Item = ItemOf<'sbomQualities'>;

const trendWeeks = 26;
const rowsShown = 2000;

/** SBOMs in use with how good they are. */
export const sbomQualities: Handler<'sbomQualities'> = async ({ office, estate, visibility, query }) => {
  const { rows: all, waiting } = seenSboms(estate, visibility);
  const [hasTeam, hasWords] = [teamFilter(query), wordsFilter(query.q)];
  const rows = all.filter(({ component, standing }) => {
    const holder = estate.components[component];
    if (holder === undefined || !hasTeam(holder.team)) return false;
    if (query.signature !== undefined && standing.signature.state !== query.signature) return false;
    return query.q === undefined || hasWords([holder.name, holder.ref, standing.path].join(' '));
  });
  const kept = new Set(rows.map(({ standing }) => sbomKey(standing.component, standing.path)));
  const heads = (await office.store.sbomQualities()).filter(({ component, path }) => kept.has(sbomKey(component, path)));
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: Row) => [sortValue(estate, row, sort), row.standing.component, row.standing.path],
    view: (row): Item => viewOf(estate, row),
    columns,
    extra: (): Omit<ReplyOf<'sbomQualities'>, 'items' | 'next' | 'total'> => ({
      formula: qualityFormula,
      waiting,
      signatures: {
        verified: inState(all, 'verified'),
        'not-verified': inState(all, 'not-verified'),
        fails: inState(all, 'fails'),
        none: inState(all, 'none'),
      },
      teams: teamsOf(estate, all),
      trend: scoreTrend(heads, office.clock(), trendWeeks).map(({ at, ...point }) => ({ at: new Date(at).toISOString(), ...point })),
    }),
  });
};

/** Every judged SBOM of a component that may be seen, and how many were not judged yet. */
function seenSboms(estate: Estate, visibility: Asked<'sbomQualities'>['visibility']): { readonly rows: readonly Row[]; readonly waiting: number } {
  const rows: Row[] = [];
  let waiting = 0;
  for (const component of listedComponents(estate, visibility)) {
    const ref = estate.components[component]?.ref ?? '';
    for (const slot of evidencesOf(estate, component)) {
      const evidence = estate.evidence[slot];
      if (evidence?.kind !== 'sbom') continue;
      const standing = estate.sboms.get(sbomKey(ref, evidence.path));
      if (standing === undefined) waiting += 1;
      else if (standing.isSbom) rows.push({ component, standing });
    }
  }
  return { rows, waiting };
}

function inState(rows: readonly Row[], state: SbomStanding['signature']['state']): number {
  return rows.filter(({ standing }) => standing.signature.state === state).length;
}

function teamsOf(estate: Estate, rows: readonly Row[]): ReplyOf<'sbomQualities'>['teams'] {
  return [...Map.groupBy(rows, ({ component }) => estate.components[component]?.team ?? null)]
    .map(([team, of]) => {
      const scores = of.flatMap(({ standing }) => standing.scores?.all ?? []);
      const mean = scores.length === 0 ? null : Math.round((10 * scores.reduce((sum, each) => sum + each, 0)) / scores.length) / 10;
      return { team, sboms: of.length, unread: of.length - scores.length, least: scores.length === 0 ? null : Math.min(...scores), mean };
    })
    .sort((a, b) => (a.mean ?? -1) - (b.mean ?? -1) || ((a.team ?? '') < (b.team ?? '') ? -1 : 1));
}

function sortValue(estate: Estate, { component, standing }: Row, sort: string): string | number {
  const holder = estate.components[component];
  switch (sort) {
    case 'component':
      return holder?.name ?? '';
    case 'team':
      return holder?.team ?? afterAll;
    case 'validAt':
      return standing.validAt;
    default:
      // What could not be read is worse than any score.
      return standing.scores?.[sort === 'ntia' || sort === 'bsi' || sort === 'completeness' ? sort : 'all'] ?? -1;
  }
}

function viewOf(estate: Estate, { component, standing }: Row): Item {
  const { path, receipt, validAt, form, createdAt, components, scores, signature } = standing;
  const holder = estate.components[component];
  return {
    component: { ref: holder?.ref ?? '', name: holder?.name ?? '' },
    team: holder?.team ?? null,
    ...{ path, receipt, form, createdAt, components, scores, signature },
    validAt: new Date(validAt).toISOString(),
  };
}

const columns: readonly CsvColumn<Item>[] = [
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['path', (each) => each.path],
  ['form', (each) => each.form],
  ['components', (each) => each.components],
  ['score', (each) => each.scores?.all ?? null],
  ['ntia', (each) => each.scores?.ntia ?? null],
  ['bsi', (each) => each.scores?.bsi ?? null],
  ['completeness', (each) => each.scores?.completeness ?? null],
  ['signature', (each) => each.signature.state],
  ['key', (each) => each.signature.key],
  ['valid_at', (each) => each.validAt],
];

/** The SBOMs of one component at length. */
export const componentSboms: Handler<'componentSboms'> = async ({ office, estate, visibility, params }) => {
  const component = slotOf(estate, visibility, params.ref);
  const { sboms, waiting } = await office.store.snapshot((reads) => sbomsOf(reads, estate, component));
  return {
    formula: qualityFormula,
    items: sboms.map(({ standing, report, past, attestations }) => ({
      ...viewOf(estate, { component, standing }),
      elements: report.elements,
      problems: report.problems.map(problemView),
      past: past.map(({ validAt, ...each }) => ({ ...each, validAt: new Date(validAt).toISOString() })),
      attestations: attestations.map(({ about, statement, signature, receivedAt }) => {
        const { predicateType, kind, builder, buildType, source, commit, finishedAt } = statement;
        return {
          about,
          signature,
          ...{ predicateType, kind, builder, buildType, source, commit, finishedAt },
          receivedAt: new Date(receivedAt).toISOString(),
        };
      }),
    })),
    waiting,
  };
};

/** What changed from one SBOM of a component to another. */
export const componentSbomDiff: Handler<'componentSbomDiff'> = async ({ office, estate, visibility, params, query }) => {
  const component = slotOf(estate, visibility, params.ref);
  const compared = await sbomsOfComponentCompared(office.context, estate, component, {
    before: { receipt: query.before, path: query.beforePath ?? null },
    after: { receipt: query.after, path: query.afterPath ?? null },
  });
  if (typeof compared === 'string') throw new Refusal(404, compared);
  const { document, components, edges, same } = compared.diff;
  return {
    ...{ document, same },
    components: components.slice(0, rowsShown),
    edges: edges.slice(0, rowsShown),
    total: { components: components.length, edges: edges.length },
    problems: compared.problems.slice(0, 100).map(({ of, ...problem }) => ({ ...problemView(problem), of })),
  };
};

/** Where the sources of a component disagree. */
export const componentConflicts: Handler<'componentConflicts'> = async ({ office, estate, visibility, params, query }) => {
  const all = await conflictsOf(office.context, estate, slotOf(estate, visibility, params.ref));
  const hasWords = wordsFilter(query.q);
  const ofWeight = all.filter(({ weight }) =>
    query.weight === undefined ? weight !== 'expected' : query.weight === 'all' || weight === query.weight,
  );
  const rows = ofWeight.filter(({ kind, name }) => (query.kind === undefined || kind === query.kind) && hasWords(name));
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: SourceConflict) => [
      sort === 'name' ? row.name : sort === 'kind' ? row.kind : conflictWeights.indexOf(row.weight) * 10 + conflictKinds.indexOf(row.kind),
      row.name,
      row.identity,
      row.kind,
      row.sides.map(({ says }) => says ?? '').join(' '),
    ],
    view: (row): ItemOf<'componentConflicts'> => row,
    columns: conflictColumns,
    extra: (): Omit<ReplyOf<'componentConflicts'>, 'items' | 'next' | 'total'> => ({
      counts: {
        serious: all.filter(({ weight }) => weight === 'serious').length,
        doubtful: all.filter(({ weight }) => weight === 'doubtful').length,
        expected: all.filter(({ weight }) => weight === 'expected').length,
      },
      kinds: conflictKinds.map((kind) => ({ kind, count: ofWeight.filter((each) => each.kind === kind).length })).filter(({ count }) => count > 0),
    }),
  });
};

const conflictColumns: readonly CsvColumn<ItemOf<'componentConflicts'>>[] = [
  ['package', (each) => each.identity],
  ['kind', (each) => each.kind],
  ['weight', (each) => each.weight],
  ['says', (each) => each.sides.map(({ path, says }) => `${path}: ${says ?? 'not there'}`).join('; ')],
  ['because', (each) => each.because],
];

function slotOf(estate: Estate, visibility: Asked<'componentSboms'>['visibility'], ref: string): number {
  const slot = componentByRef(estate, visibility, ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  return slot;
}
