import type { Desk } from '#desk/desk.ts';
import { standingOf } from '#desk/decisions/decisions.ts';
import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import type { Estate } from '#estate/estate.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { stretchAt } from '../find-finding.ts';
import { findingView } from '../finding-view.ts';
import type { EvidenceSight } from './evidence-sight.ts';
import { seesLedger } from './evidence-sight.ts';

/** One row of a population, and what a pack says of it beside its id. */
export type PopulationRow = { readonly id: string; readonly cells: readonly string[] };

/** How evidence is asked: of the estate as it was, of what was known and decided before `until`, by who may see what. */
export type Asking = {
  readonly estate: Estate;
  readonly desk: Desk;
  readonly sight: EvidenceSight;
  readonly question: EvidenceQuestion;
  readonly until: number;
};

/** Rows of a population that can be held and shown; who asks for more narrows the question. */
export const mostRows = 1_000_000;

/** The columns of a population, the id first. */
export function columnsOf({ population }: Pick<EvidenceQuestion, 'population'>): readonly string[] {
  switch (population) {
    case 'components':
      return ['component', 'team', 'origin', 'read'];
    case 'findings':
      return ['finding', 'component', 'team', 'package', 'advisory', 'severity', 'opened'];
    case 'decisions':
    case 'exceptions':
      return ['decision', 'verdict', 'author', 'at', 'until', 'findings', 'stands'];
    default:
      return population satisfies never;
  }
}

/** The rows that meet the question and may be seen, by id; null when there are more than `mostRows`. */
export async function rowsOf(asking: Asking, turn: (done: number, of: number) => Promise<void>): Promise<readonly PopulationRow[] | null> {
  const rows = asking.question.population === 'findings' ? await findingRows(asking, turn) : smallRows(asking);
  return rows?.toSorted((a, b) => (a.id < b.id ? -1 : 1)) ?? null;
}

function smallRows(asking: Asking): readonly PopulationRow[] {
  return asking.question.population === 'components' ? componentRows(asking) : decisionRows(asking);
}

function componentRows({ estate, sight, question: { team, about } }: Asking): readonly PopulationRow[] {
  return listedComponents(estate, sight.estate).flatMap((slot) => {
    const each = estate.components[slot];
    if (each === undefined || (team !== null && each.team !== team) || (about !== null && each.ref !== about)) return [];
    return [{ id: each.ref, cells: [each.team ?? '', each.origin, isUnread(estate, slot) ? 'no' : 'yes'] }];
  });
}

function decisionRows({ desk, sight, question: { population, team, about }, until }: Asking): readonly PopulationRow[] {
  const isSeen = (teams: readonly (string | null)[]): boolean =>
    seesLedger(sight) || (teams.length > 0 && teams.every((each) => isVisible({ team: each }, sight.findings)));
  const rows: PopulationRow[] = [];
  for (const each of desk.decisions.byId.values()) {
    const { predicate, extent, verdict } = each;
    if ((team !== null && !extent.teams.includes(team)) || !isSeen(extent.teams)) continue;
    const named = [predicate.component, predicate.package, predicate.advisory, ...(predicate.aliases ?? []), ...extent.components];
    if (about !== null && !named.includes(about)) continue;
    const stands = standingOf(each, until - 1);
    if (population === 'exceptions' && (stands !== 'holds' || (verdict !== 'accepted' && verdict !== 'workaround'))) continue;
    const ends = each.until === null ? '' : isoOf(each.until);
    rows.push({ id: each.id, cells: [verdict, each.author, isoOf(each.at), ends, String(extent.findings), stands] });
  }
  return rows;
}

async function findingRows(
  { estate, sight, question: { team, severity, about }, until }: Asking,
  turn: (done: number, of: number) => Promise<void>,
): Promise<readonly PopulationRow[] | null> {
  const rows: PopulationRow[] = [];
  for (const { component, columns } of findingColumns(estate, sight.findings)) {
    await turn(component, estate.components.length);
    const holder = estate.components[component];
    if (holder === undefined || (team !== null && holder.team !== team)) continue;
    for (let row = 0; row < columns.group.length; row += 1) {
      const stretch = stretchAt(estate, { component, row });
      const view = stretch === null || stretch.openedAt >= until ? null : findingView(estate, stretch);
      if (view === null || (severity !== null && view.severity !== severity)) continue;
      if (about !== null && ![holder.ref, view.subject, view.package?.purl, ...(view.advisory?.ids ?? [])].includes(about)) continue;
      rows.push({ id: view.id, cells: [holder.ref, holder.team ?? '', view.subject, view.advisory?.key ?? '', view.severity, view.opened] });
    }
    if (rows.length > mostRows) return null;
  }
  return rows;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
