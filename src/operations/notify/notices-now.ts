import { clockKinds } from '#desk/clocks/clock-kind.ts';
import { standingOf, type Decision } from '#desk/decisions/decisions.ts';
import type { Desk } from '#desk/desk.ts';
import type { Addressee, Notice } from '#desk/notices/notice.ts';
import { isDisclaimed } from '#desk/ownership/ownership.ts';
import type { Clocks } from '#desk/policy/policy.ts';
import { isOfAdvisories } from '#estate/groups.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { actions } from '#model/action.ts';
import { seesAll } from '#model/visibility.ts';
import { findingIdOf } from '../finding-view.ts';
import { approvalNotices } from './approval-notices.ts';
import { councilNotices } from './council-notices.ts';
import { gateNotices } from './gate-notices.ts';
import type { Triage } from '../triage/live-triage.ts';

const dayMs = 86_400_000;
const endsSoonMs = 14 * dayMs;
const endedLongAgoMs = 30 * dayMs;

/** Everything that people are to know at this moment; who was told already is not asked. What another system decides, what is settled and what is planned instead is left out. */
export function noticesNow(triage: Triage, desk: Desk): readonly Notice[] {
  return [
    ...findingNotices(triage, incidentGroups(triage, desk)),
    ...disclaimedNotices(triage),
    ...decisionNotices(desk, triage.judging.now),
    ...councilNotices(desk, triage.judging.now),
    ...gateNotices(desk, triage.judging),
    ...approvalNotices(desk, triage.judging.now),
  ];
}

/** Slots of the groups about which an incident is open. */
function incidentGroups({ judging: { estate } }: Triage, { incidents }: Desk): ReadonlySet<number> {
  const open = [...incidents.values()].filter((each) => each.closed === null);
  return new Set(open.flatMap(({ record }) => estate.groupByAnyId.get(record) ?? []));
}

function* findingNotices(triage: Triage, incidents: ReadonlySet<number>): Generator<Notice> {
  const { estate, view, groups, now } = triage.judging;
  const { policy } = view.policy;
  const act = actions.indexOf('act');
  for (const { component, columns: of } of findingColumns(estate, seesAll)) {
    const desk = triage.columnsOf(component);
    const holder = estate.components[component];
    if (holder === undefined) continue;
    const team = isDisclaimed(view.owners.get(component), holder.team) ? null : holder.team;
    let isAsked = false;
    for (let row = 0; row < of.group.length; row += 1) {
      const clock = clockKinds[desk.clock[row] ?? 0];
      if (clock === 'settled' || clock === 'elsewhere') continue;
      const isIncident = incidents.has(of.group[row] ?? -1);
      if (clock === 'question') isAsked = true;
      if (!isIncident && (clock === 'baseline' || clock === 'none')) continue;
      const [groupSlot, packageSlot] = [of.group[row] ?? 0, of.package[row] ?? 0];
      const urgency = groups.urgent[groupSlot] ?? 0;
      const due = (desk.due[row] ?? 0) * 60_000;
      // Who only might answer for it gets a question, and no work.
      const isAct = desk.action[row] === act && clock !== 'question';
      if (!isIncident && !isAct && urgency === 0 && (clock !== 'running' || due === 0)) continue;
      const [group, used] = [estate.groups[groupSlot], estate.packages[packageSlot]];
      if (group === undefined) continue;
      const id = findingIdOf(estate, component, packageSlot, group);
      const episode = `${id} ${String(of.episode[row] ?? 1)}`;
      const known = isOfAdvisories(group) ? `${group.ids[0] ?? group.key} in ${used?.name ?? ''}` : group.title;
      const about = {
        teams: [holder.team],
        about: known,
        line: `${holder.name}: ${known} (${group.severity.level})${isOfAdvisories(group) ? `, ${group.title}` : ''}`,
        page: `/findings?id=${id}`,
      };
      const assignee = desk.assignees.get(row);
      const own: readonly Addressee[] = [...teamOf(team), ...(assignee === undefined ? [] : [personOrTeam(assignee)])];
      const kind = isIncident ? 'incident' : urgency === 2 ? 'malicious' : urgency === 1 ? 'exploited' : isAct ? 'act' : null;
      if (kind !== null)
        yield { ...about, kind, key: `${kind} ${episode}`, to: kind === 'malicious' || kind === 'incident' ? [...own, { kind: 'office' }] : own };
      if (clock === 'running' && due !== 0) yield* dueNotices({ ...about, due, now, episode, own, team, isShort: urgency === 2 }, policy.clocks);
    }
    if (isAsked && holder.team !== null) yield ownerQuestion(holder, holder.team);
  }
}

/** What a file says of a component's owner is asked of whom it names; nothing in it tells of findings. */
function ownerQuestion({ ref, name }: { readonly ref: string; readonly name: string }, guess: string): Notice {
  return {
    kind: 'owner-question',
    key: `owner-question ${ref} ${guess}`,
    to: [{ kind: 'named', name: guess }],
    teams: [guess],
    about: name,
    line: `${name}: a file names ${guess}, which may be a guess. No clock runs there until somebody says who answers for it`,
    page: `/ownership?component=${encodeURIComponent(ref)}`,
    isOfCatalogue: true,
  };
}

/** Whose a component is that the team which sources name disclaims, is the office's to find out. */
function* disclaimedNotices({ judging: { estate, view } }: Triage): Generator<Notice> {
  for (const [slot, said] of view.owners) {
    const holder = estate.components[slot];
    if (holder === undefined || !isDisclaimed(said, holder.team)) continue;
    yield {
      kind: 'owner-disclaimed',
      key: `owner-disclaimed ${holder.ref} ${String(said.seq)}`,
      to: [{ kind: 'office' }],
      teams: [holder.team],
      about: holder.name,
      line: `${holder.name}: it was said that it is not of ${said.owner}, whom a file names`,
      page: `/ownership?component=${encodeURIComponent(holder.ref)}`,
      isOfCatalogue: true,
    };
  }
}

type Due = Pick<Notice, 'teams' | 'about' | 'line' | 'page'> & {
  readonly due: number;
  readonly now: number;
  readonly episode: string;
  readonly own: readonly Addressee[];
  readonly team: string | null;
  /** Due so soon after it came up that saying so again is noise. */
  readonly isShort: boolean;
};

function* dueNotices({ due, now, episode, own, team, isShort, ...about }: Due, { warnDays, escalation }: Clocks): Generator<Notice> {
  const day = new Date(due).toISOString().slice(0, 10);
  const named = { teams: about.teams, about: about.about, page: about.page, line: `${about.line}; due ${day}` };
  const key = `${episode} ${day}`;
  if (due > now) {
    if (!isShort && due - now <= warnDays * dayMs) yield { ...named, kind: 'due-soon', key: `due-soon ${key}`, to: own };
    return;
  }
  yield { ...named, kind: 'overdue', key: `overdue ${key}`, to: own };
  for (const { afterDays, to } of escalation) {
    if (afterDays <= 0 || now - due < afterDays * dayMs) continue;
    const line = `${named.line}; now with ${levelWords(to, team)}`;
    yield { ...named, line, kind: 'escalated', key: `escalated ${key} ${String(afterDays)}`, to: [escalatedTo(to, team)] };
  }
}

function* decisionNotices(desk: Desk, now: number): Generator<Notice> {
  for (const decision of desk.decisions.byId.values()) {
    const standing = standingOf(decision, now);
    const bearers: readonly Addressee[] = [...(decision.owner === null ? [] : [person(decision.owner)]), person(decision.author)];
    const named = { ...namedDecision(decision), teams: decision.extent.teams };
    if (standing === 'waiting' && decision.unconfirmed !== true)
      yield { ...named, kind: 'second-person', key: `second-person ${decision.id}`, to: [secondPersons(decision)] };
    const { until } = decision;
    if (until === null) continue;
    const key = `${decision.id} ${String(until)}`;
    if (standing === 'holds' && until - now <= endsSoonMs) yield { ...named, kind: 'decision-ending', key: `decision-ending ${key}`, to: bearers };
    if (standing === 'expired' && now - until <= endedLongAgoMs)
      yield { ...named, kind: 'decision-ended', key: `decision-ended ${key}`, to: [...bearers, ...decision.extent.teams.flatMap(teamOf)] };
  }
}

function secondPersons({ author, owner, extent }: Decision): Addressee {
  return { kind: 'approvers', teams: extent.teams, but: owner === null ? [author] : [author, owner] };
}

function namedDecision({ verdict, predicate, extent, until, id }: Decision): Pick<Notice, 'about' | 'line' | 'page'> {
  const { advisory, component, team } = predicate;
  const [finding] = predicate.findings ?? [];
  const of = [advisory ?? finding?.subject, predicate.package ?? finding?.package, component ?? finding?.component, team].filter(
    (each) => each != null,
  );
  const about = `${verdict}, ${of.join(' in ')}`;
  const end = until === null ? '' : `; until ${new Date(until).toISOString().slice(0, 10)}`;
  return {
    about,
    line: `${about}; ${String(extent.findings)} ${extent.findings === 1 ? 'finding' : 'findings'} when it was made${end}`,
    page: `/decisions?subject=${encodeURIComponent(`decision:${id}`)}`,
  };
}

function teamOf(team: string | null): readonly Addressee[] {
  return [team === null ? { kind: 'office' } : { kind: 'team', team }];
}

function person(id: string): Addressee {
  return { kind: 'person', id };
}

function personOrTeam(assignee: string): Addressee {
  return assignee.startsWith('team:') ? { kind: 'team', team: assignee.slice('team:'.length) } : person(assignee);
}

function levelWords(to: string, team: string | null): string {
  if (team === null || to === 'office') return 'the office';
  return to === 'team lead' || to === 'department' ? `the ${to} of ${team}` : to === 'team' ? team : to;
}

function escalatedTo(to: string, team: string | null): Addressee {
  if (team === null || to === 'office') return { kind: 'office' };
  if (to === 'team') return { kind: 'team', team };
  if (to === 'team lead') return { kind: 'lead', team };
  return to === 'department' ? { kind: 'department', team } : { kind: 'team', team: to };
}
