import type { Estate } from '#estate/estate.ts';
import { mostUrgent, newestExposures, newestFindings } from '#estate/questions/first-findings.ts';
import { countsByTeam, noCounts, type FindingPlace } from '#estate/questions/findings.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { weightOf } from '#estate/questions/packages.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import { stretchAt } from '#operations/find-finding.ts';
import { findingView } from '#operations/finding-view.ts';
import { noDeskFields } from '#operations/triage/desk-fields.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { runsOf, sourceList } from '#operations/source-list.ts';
import type { Handler, ReplyOf } from '../asked.ts';
import { may } from '../principal.ts';
import { figuresOf } from '../views/figures.ts';
import { findingWithDesk } from '../views/finding-with-desk.ts';
import { pastDayOf } from '../views/past-day.ts';

const shown = 8;
const troubleOrder = ['failing', 'never', 'watch', 'fresh'];

/** The estate on one page; of a past day the sources are those of now. */
export const overview: Handler<'overview'> = async ({ office, estate, visibility, findings: open, principal, query }) => {
  const now = office.clock();
  const day = pastDayOf(query.asOf, now);
  const triage = office.estate.isJudged() ? await office.estate.triage(estate) : null;
  const listed = listedComponents(estate, visibility);
  const teams = teamsOf(estate, open, listed);
  const findings = noCounts();
  for (const team of teams) for (const level of severityLevels) findings[level] += team.findings?.[level] ?? 0;
  const sources = await sourceList(office.store, office.estate.current() ?? estate, visibility, office.feeds, now);
  const troubles = sources
    .filter((each) => may(principal, 'sources:read') && (each.state !== 'fresh' || each.problems > 0))
    .sort(
      (a, b) =>
        troubleOrder.indexOf(a.state) - troubleOrder.indexOf(b.state) ||
        b.staleComponents - a.staleComponents ||
        b.problems - a.problems ||
        (a.origin < b.origin ? -1 : 1),
    )
    .slice(0, shown);
  return {
    generatedAt: new Date(now).toISOString(),
    epoch: estate.epoch,
    seq: estate.seq,
    figures: figuresOf(estate, visibility, listed, { sourceOf: office.estate.sourceOf, now, day }),
    findings,
    teams,
    urgent: viewsOf(triage, estate, mostUrgent(estate, open)),
    newest: viewsOf(triage, estate, (day === null ? newestFindings : newestExposures)(estate, open)),
    troubles: await Promise.all(troubles.map(async (each) => ({ ...each, runs: await runsOf(office.store, each.origin) }))),
  };
};

function teamsOf(estate: Estate, open: Visibility, listed: readonly number[]): ReplyOf<'overview'>['teams'] {
  const counts = countsByTeam(estate, open);
  const teams = Map.groupBy(listed, (slot) => estate.components[slot]?.team ?? null);
  return [...teams]
    .map(([team, slots]) => ({
      team,
      components: slots.length,
      unread: slots.filter((slot) => isUnread(estate, slot)).length,
      stale: slots.filter((slot) => estate.components[slot]?.stale_since != null).length,
      findings: isVisible({ team }, open) ? (counts.get(team) ?? noCounts()) : null,
      rowsQuery: team === null ? '/findings?owner=none' : `/findings?team=${encodeURIComponent(team)}`,
    }))
    .sort(
      (a, b) => weightOf(b.findings ?? noCounts()) - weightOf(a.findings ?? noCounts()) || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1),
    );
}

/** What is not judged yet, for which `triage` is null, is said to be unknown: the overview does not wait until all are judged. */
function viewsOf(triage: Triage | null, estate: Estate, places: readonly FindingPlace[]): ReplyOf<'overview'>['urgent'] {
  return places.flatMap((place) => {
    const stretch = stretchAt(estate, place);
    const view = stretch === null ? null : findingView(estate, stretch);
    if (view === null) return [];
    return triage === null ? { ...view, ...noDeskFields } : findingWithDesk(triage, view, place);
  });
}
