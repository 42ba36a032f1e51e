import type { Estate, FindingColumns } from '#estate/estate.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import { groupOfNames, type NameOrder } from './name-order.ts';
import type { Judging } from './component-triage.ts';

/** By what findings are put in order. `risk`: by action, then due, then the risk number. */
export type FindingSort = 'severity' | 'risk' | 'due' | 'opened' | 'component' | 'package' | 'team' | 'epss' | 'cvss';

/** An order of open findings as numbers, least first. Nothing comes last, up or down. */
export type FindingOrder = {
  readonly rankOf: (component: number, row: number, of: FindingColumns, desk: TriageColumns) => number;
  /** The rank of the value that stands first in a finding's key. */
  readonly rankOfKey: (value: string | number) => number;
  /** The value sorted by, of the outside world: what a cursor may hold. */
  readonly valueOf: (place: FindingPlace, of: FindingColumns, desk: TriageColumns) => string | number;
};

// Later than any time in milliseconds, so that severity and time make one number.
const pastAllTimes = 1e14;
// Later than any due minute.
const neverDue = 2 ** 32;

/** The order by a column, `-` before it for downwards. */
export function findingOrder({ estate, groups }: Judging, sort: string): FindingOrder {
  const sign = sort.startsWith('-') ? -1 : 1;
  const by = sort.replace(/^-/, '') as FindingSort;
  switch (by) {
    case 'severity':
      return byNumber(sign, (_, row, of) => (estate.groupLevel[of.group[row] ?? 0] ?? 0) * pastAllTimes + (of.openedAt[row] ?? 0));
    case 'opened':
      return byNumber(sign, (_, row, of) => of.openedAt[row] ?? 0);
    case 'epss':
      return byNumber(sign, (_, row, of) => groups.epss[of.group[row] ?? 0] ?? Number.NaN);
    case 'cvss':
      return byNumber(sign, (_, row, of) => groups.score[of.group[row] ?? 0] ?? Number.NaN);
    case 'due':
      return byNumber(sign, (_, row, __, desk) => desk.due[row] || Number.NaN);
    case 'risk':
      return byNumber(
        sign,
        (_, row, __, desk) => ((desk.action[row] ?? 0) * 2 ** 33 + (desk.due[row] || neverDue)) * 1024 + (1000 - (desk.risk[row] ?? 0)),
      );
    case 'component':
      return byName(sign, namesOfComponents(estate), (component) => component);
    case 'team':
      return byName(sign, namesOfTeams(estate), (component) => component);
    case 'package':
      return byName(sign, namesOfPackages(estate), (_, row, of) => of.package[row] ?? 0);
    default:
      return by satisfies never;
  }
}

const none = 1e300;

function byNumber(sign: 1 | -1, raw: FindingOrder['rankOf']): FindingOrder {
  const rankOf: FindingOrder['rankOf'] =
    sign === 1
      ? (component, row, of, desk) => {
          const value = raw(component, row, of, desk);
          return value === value ? value : none;
        }
      : (component, row, of, desk) => {
          const value = raw(component, row, of, desk);
          return value === value ? -value : none;
        };
  return {
    rankOf,
    rankOfKey: (value) => Number(value) * sign,
    valueOf: ({ component, row }, of, desk) => rankOf(component, row, of, desk) * sign,
  };
}

function byName(sign: 1 | -1, names: NameOrder, slotOf: (component: number, row: number, of: FindingColumns) => number): FindingOrder {
  const last = names.distinct.length;
  const signed = (rank: number): number => (rank >= last ? none : rank * sign);
  return {
    rankOf: (component, row, of) => signed(names.rank[slotOf(component, row, of)] ?? last),
    rankOfKey: (value) => (value === nameOfNone(sign) ? none : names.rankOfName(String(value)) * sign),
    valueOf: ({ component, row }, of) => names.distinct[names.rank[slotOf(component, row, of)] ?? last] ?? nameOfNone(sign),
  };
}

/** What stands in a key for no name: behind every name, upwards and downwards. */
export function nameOfNone(sign: 1 | -1): string {
  return sign === 1 ? '\uffff' : '';
}

function namesOfComponents(estate: Estate): NameOrder {
  return groupOfNames(estate, 'component', estate.components.length, (slot) => estate.components[slot]?.name ?? null);
}

function namesOfTeams(estate: Estate): NameOrder {
  return groupOfNames(estate, 'team', estate.components.length, (slot) => estate.components[slot]?.team ?? null);
}

function namesOfPackages(estate: Estate): NameOrder {
  return groupOfNames(estate, 'package', estate.packages.length, (slot) => estate.packages[slot]?.name ?? null);
}
