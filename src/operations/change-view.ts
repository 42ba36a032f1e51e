import type { Change, FindingCause, Unobserved } from '#estate/questions/change.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { purlOfPackage } from './ask-estate.ts';

/** A change, or a component that was not observed on one of the days, as people see it on the command line and over HTTP. */
export type ChangeView = {
  readonly what: Change['what'] | 'not-observed';
  readonly kind: Change['kind'];
  /** Of the component, or of the package. */
  readonly name: string;
  readonly component: { readonly ref: string; readonly name: string };
  readonly team: string | null;
  /** Of the package, without a version; null for a component. */
  readonly purl: string | null;
  /** Versions on either day; null unless it is a package. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  /** The advisory's ids; null unless it is a finding, as are severity and cause. */
  readonly ids: readonly string[] | null;
  readonly severity: SeverityLevel | null;
  readonly cause: FindingCause | null;
  /** On which day it was not observed; null when it was on both. */
  readonly unobserved: Unobserved['day'] | null;
};

/** One row of a comparison, with nulls for what its kind does not have. */
export function changeView(row: Change | Unobserved): ChangeView {
  const { ref, team } = row;
  const none = { team, purl: null, before: null, after: null, ids: null, severity: null, cause: null, unobserved: null };
  const component = { ref, name: row.component };
  if ('day' in row) return { ...none, what: 'not-observed', kind: 'component', name: row.component, component, unobserved: row.day };
  const { what } = row;
  switch (row.kind) {
    case 'component':
      return { ...none, what, kind: row.kind, name: row.component, component };
    case 'package': {
      const { kind, ecosystem, name, before, after } = row;
      return { ...none, what, kind, name, component, purl: purlOfPackage(ecosystem, name), before, after };
    }
    case 'finding': {
      const { kind, ecosystem, name, ids, severity, cause } = row;
      return { ...none, what, kind, name, component, purl: purlOfPackage(ecosystem, name), ids, severity, cause };
    }
    default:
      return row satisfies never;
  }
}

/** How many of each kind appeared, went or changed; only packages change. */
export type ChangeCounts = Record<Change['kind'], Record<Change['what'], number>>;

/** The counts of these changes. */
export function changeCounts(changes: readonly Change[]): ChangeCounts {
  const none = () => ({ appeared: 0, gone: 0, changed: 0 });
  const counts = { component: none(), package: none(), finding: none() };
  for (const { kind, what } of changes) counts[kind][what] += 1;
  return counts;
}
