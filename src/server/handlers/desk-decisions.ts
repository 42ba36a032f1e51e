import { deskDecisionView, type DeskDecisionView } from '#operations/desk-decision-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

/** Decisions about findings: all that were ever made, as they stand now. */
export const deskDecisions: Handler<'deskDecisions'> = ({ office, estate, visibility, principal, query }) => {
  const { desk } = office.desk;
  const looking = { desk, estate, actor: principal.actor, visibility, now: office.clock() };
  const hasWords = wordsFilter(query.q);
  const rows: DeskDecisionView[] = [];
  for (const decision of desk.decisions.byId.values()) {
    const { predicate, covered } = decision;
    if (query.component !== undefined && predicate.component !== query.component && !covered.has(query.component)) continue;
    if (
      query.package !== undefined &&
      predicate.package !== query.package &&
      predicate.findings?.some((key) => key.package === query.package) !== true
    )
      continue;
    const view = deskDecisionView(looking, decision);
    if (view === null || (query.standing !== undefined && view.standing !== query.standing)) continue;
    if (query.forMe === 'true' && !view.may.approve) continue;
    if (query.q !== undefined && !hasWords([view.reason, view.by.name, view.verdict, ...view.advisories, ...view.about.components].join(' ')))
      continue;
    rows.push(view);
  }
  const byEnd = query.sort.endsWith('until');
  return listing({
    rows,
    keyOf: (each: DeskDecisionView) => [byEnd ? (each.until ?? '9999') : each.at, each.id],
    view: (each) => each,
    columns,
  });
};

const columns: readonly CsvColumn<ItemOf<'deskDecisions'>>[] = [
  ['id', (each) => each.id],
  ['verdict', (each) => each.verdict],
  ['standing', (each) => each.standing],
  ['by', (each) => each.by.id],
  ['at', (each) => each.at],
  ['until', (each) => each.until],
  ['owner', (each) => each.owner?.id ?? null],
  ['justification', (each) => each.justification],
  ['responses', (each) => each.responses.join(' ')],
  ['reason', (each) => each.reason],
  ['control', (each) => each.control],
  ['component', (each) => each.about.component ?? each.about.components.join(' ')],
  ['team', (each) => each.about.team],
  ['package', (each) => each.about.package],
  ['advisory', (each) => each.about.advisory],
  ['findings', (each) => each.findings],
  ['second person', (each) => each.approval?.by.id ?? null],
];
