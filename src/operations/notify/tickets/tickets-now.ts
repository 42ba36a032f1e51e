import { hash } from 'node:crypto';
import { clockKinds } from '#desk/clocks/clock-kind.ts';
import type { TicketFinding, TicketNow } from '#desk/tickets/ticket.ts';
import { triageStates } from '#desk/triage/triage-state.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import { findingColumns, hitsOf } from '#estate/questions/findings.ts';
import { noPackage, type FindingColumns } from '#estate/estate.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { actions } from '#model/action.ts';
import { seesAll } from '#model/visibility.ts';
import { purlOfPackage } from '../../ask-estate.ts';
import { findingIdOf } from '../../finding-view.ts';
import type { Triage } from '../../triage/live-triage.ts';

/** A ticket as things stand, with what collecting needs besides. */
export type Standing = {
  readonly now: TicketNow;
  readonly team: string | null;
  readonly componentSlot: number;
  /** `id episode` of each finding that makes it wanted. */
  readonly wantedBy: readonly string[];
  /** Findings that are there still and no longer anybody's here, with why. */
  readonly settled: ReadonlyMap<string, string>;
};

/** Name of the ticket of a package in a component, the same in every process and after a restore. */
export function markerOf(ref: string, purl: string): string {
  return hash('sha256', canonicalJson(['ticket', ref, purl]), 'hex').slice(0, 32);
}

/** What tickets are to say now: of packages that have a finding to act on by a day, and of those in `known`, by marker. */
export function ticketsNow(
  triage: Triage,
  known: ReadonlyMap<string, { readonly ref: string; readonly purl: string }>,
): ReadonlyMap<string, Standing> {
  const { estate } = triage.judging;
  const knownRefs = new Set([...known.values()].map(({ ref }) => ref));
  const standings = new Map<string, Standing>();
  for (const { component, columns: of } of findingColumns(estate, seesAll)) {
    const desk = triage.columnsOf(component);
    const holder = estate.components[component];
    if (holder === undefined) continue;
    const isKnown = knownRefs.has(holder.ref);
    const wanted = new Set<number>();
    for (let row = 0; row < of.group.length; row += 1) if (isWanted(triage, of, desk, row)) wanted.add(row);
    if (!isKnown && wanted.size === 0) continue;
    const wantedPackages = new Set([...wanted].map((row) => of.package[row] ?? noPackage));
    for (const [packageSlot, rows] of Map.groupBy(of.group.keys(), (row) => of.package[row] ?? noPackage)) {
      if (!isKnown && !wantedPackages.has(packageSlot)) continue;
      const used = estate.packages[packageSlot];
      const purl = used === undefined ? '' : purlOfPackage(used.ecosystem, used.name);
      const marker = markerOf(holder.ref, purl);
      if (!wantedPackages.has(packageSlot) && !known.has(marker)) continue;
      const told = rowsTold(triage, component, rows);
      standings.set(marker, {
        now: {
          marker,
          component: { ref: holder.ref, name: holder.name },
          package: used?.name ?? '',
          purl,
          findings: told.open,
          isWanted: wantedPackages.has(packageSlot),
        },
        team: holder.team,
        componentSlot: component,
        wantedBy: rows.flatMap((row) => (wanted.has(row) ? [`${idAt(triage, component, row)} ${String(of.episode[row] ?? 1)}`] : [])),
        settled: told.settled,
      });
    }
  }
  return standings;
}

/** Only what is ours to do by a day: what was there at the first look is planned, and a guessed owner is asked first. */
function isWanted(triage: Triage, of: FindingColumns, desk: TriageColumns, row: number): boolean {
  const clock = clockKinds[desk.clock[row] ?? 0];
  if (clock !== 'running' && clock !== 'paused') return false;
  const urgency = triage.judging.groups.urgent[of.group[row] ?? 0] ?? 0;
  return urgency > 0 || (desk.due[row] ?? 0) !== 0 || actions[desk.action[row] ?? 0] === 'act';
}

function rowsTold(
  triage: Triage,
  component: number,
  rows: readonly number[],
): { readonly open: readonly TicketFinding[]; readonly settled: ReadonlyMap<string, string> } {
  const desk = triage.columnsOf(component);
  const open: TicketFinding[] = [];
  const settled = new Map<string, string>();
  for (const row of rows) {
    const clock = clockKinds[desk.clock[row] ?? 0];
    const state = triageStates[desk.state[row] ?? 0] ?? 'open';
    if (clock === 'elsewhere') settled.set(idAt(triage, component, row), 'Another system deals with it now.');
    else if (clock === 'settled') settled.set(idAt(triage, component, row), `Decided in the office: ${state.replaceAll('-', ' ')}.`);
    else open.push(findingTold(triage, component, row));
  }
  return { open: open.sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : (a.due ?? '9') > (b.due ?? '9') ? 1 : a.id < b.id ? -1 : 1)), settled };
}

function findingTold(triage: Triage, component: number, row: number): TicketFinding {
  const { estate, groups } = triage.judging;
  const of = estate.findings[component];
  const desk = triage.columnsOf(component);
  const [groupSlot, packageSlot] = [of?.group[row] ?? 0, of?.package[row] ?? noPackage];
  const group = estate.groups[groupSlot];
  const hits = hitsOf(estate, component, packageSlot, groupSlot);
  const due = desk.due[row] ?? 0;
  const state = triageStates[desk.state[row] ?? 0] ?? 'open';
  const urgency = groups.urgent[groupSlot] ?? 0;
  return {
    id: idAt(triage, component, row),
    ids: group?.ids ?? [],
    title: group?.title ?? '',
    severity: group?.severity.level ?? 'unknown',
    versions: [...new Set(hits.map(({ version }) => estate.versions[version]?.version ?? ''))].filter((text) => text !== '').sort(),
    fix: hits.map(({ match }) => match.fixed_in).find((fix) => fix !== null) ?? null,
    due: due === 0 ? null : new Date(due * 60_000).toISOString().slice(0, 10),
    notes: [
      ...(urgency === 2 ? ['malicious'] : urgency === 1 ? ['known to be exploited'] : []),
      ...(clockKinds[desk.clock[row] ?? 0] === 'baseline' ? ['planned, without a clock'] : []),
      ...(state === 'fixed-in-source' || state === 'built' ? [`${state.replaceAll('-', ' ')}, not yet deployed`] : []),
    ],
  };
}

function idAt(triage: Triage, component: number, row: number): string {
  const { estate } = triage.judging;
  const of = estate.findings[component];
  const group = estate.groups[of?.group[row] ?? 0];
  return group === undefined ? '' : findingIdOf(estate, component, of?.package[row] ?? noPackage, group);
}
