import type { Change } from '#estate/questions/changes.ts';
import { purlOf } from '#language/purl.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { purlOfPackage } from './ask-estate.ts';

/** A change as people see it, on the command line and over HTTP. */
export type ChangeView = {
  readonly what: Change['what'];
  readonly kind: Change['kind'];
  readonly name: string;
  readonly component: { readonly ref: string; readonly name: string } | null;
  readonly team: string | null;
  readonly purl: string | null;
  readonly range: string | null;
  readonly ids: readonly string[] | null;
  readonly severity: SeverityLevel | null;
};

/** One change, with nulls for what its kind does not have. */
export function changeView(change: Change): ChangeView {
  const none = { component: null, team: null, purl: null, range: null, ids: null, severity: null };
  const { what, kind, name } = change;
  switch (change.kind) {
    case 'component':
      return { ...none, what, kind, name, component: { ref: change.ref, name }, team: change.team };
    case 'package': {
      const { ecosystem, version, range } = change;
      const purl =
        version === '' ? purlOfPackage(ecosystem, name) : (purlOf(ecosystem, name, version) ?? `${purlOfPackage(ecosystem, name)}@${version}`);
      return { ...none, what, kind, name, purl, range: version === '' ? range : null };
    }
    case 'finding': {
      const { ref, component, team, ids, severity } = change;
      return { ...none, what, kind, name, component: { ref, name: component }, team, purl: purlOfPackage(change.ecosystem, name), ids, severity };
    }
    default:
      return change satisfies never;
  }
}

/** How many of each kind appeared and went. */
export function changeCounts(changes: readonly Change[]): Record<Change['kind'], Record<Change['what'], number>> {
  const none = () => ({ appeared: 0, gone: 0 });
  const counts = { component: none(), package: none(), finding: none() };
  for (const { kind, what } of changes) counts[kind][what] += 1;
  return counts;
}
