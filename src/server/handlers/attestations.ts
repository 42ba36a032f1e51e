import { attestationReasons, type AttestationReason } from '#desk/ownership/attestation.ts';
import type { SaidOwner } from '#desk/ownership/ownership.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import type { EstateComponent } from '#estate/estate.ts';
import { saidOwners } from '#operations/triage/owner-certainty.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { afterAll, wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { ownerOf } from '../views/component-view.ts';
import { attestedUntil, mayAnswer, ownershipView, reasonOf } from '../views/ownership-view.ts';

type Row = { readonly component: EstateComponent; readonly last: SaidOwner | undefined; readonly reason: AttestationReason | null };

/** Owners to be confirmed: guesses, those that nobody confirmed or not for long, and those that are not right any more. */
export const attestations: Handler<'attestations'> = (asked) => {
  const { estate, visibility, query, office } = asked;
  const said = saidOwners(estate, office.desk.desk.ownership);
  const one = query.component === undefined ? null : componentByRef(estate, visibility, query.component);
  const all = listedComponents(estate, visibility).flatMap((slot): readonly Row[] => {
    const component = estate.components[slot];
    if (component === undefined || component.team === null) return [];
    if (query.component !== undefined && slot !== one) return [];
    const last = said.get(slot);
    return [{ component, last, reason: reasonOf({ office, desk: office.desk.desk }, component, last) }];
  });
  const meant = filtered(asked, all);
  const rows = query.reason === undefined ? meant : meant.filter(({ reason }) => reason === query.reason);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: Row) => [rankOf(row, sort), row.component.ref],
    view: (row) => view(asked, row),
    columns,
    extra: () => ({
      base: all.length,
      months: office.attestMonths,
      reasons: attestationReasons
        .map((value) => ({ value, count: meant.filter(({ reason }) => reason === value).length }))
        .filter(({ count }) => count > 0),
    }),
  });
};

function filtered({ query, office, principal }: Asked<'attestations'>, all: readonly Row[]): readonly Row[] {
  const hasWords = wordsFilter(query.q);
  const { desk } = office.desk;
  return all.filter(
    ({ component, reason }) =>
      (query.state === 'any' || (reason === null) === (query.state === 'confirmed')) &&
      (query.team === undefined || component.team === query.team) &&
      hasWords(component.ref) &&
      yesNo(query.mine, query.mine !== undefined && mayAnswer({ desk, principal }, component)),
  );
}

function rankOf({ component, last, reason }: Row, sort: string): string | number {
  if (sort === 'name') return component.name;
  if (sort === 'team') return component.team ?? afterAll;
  if (sort === 'confirmed') return last?.said === 'confirmed' ? last.at : 0;
  return reason === null ? attestationReasons.length : attestationReasons.indexOf(reason);
}

function view({ office, principal }: Asked<'attestations'>, { component, last }: Row): ItemOf<'attestations'> | null {
  const owner = ownerOf(component);
  if (owner === null) return null;
  return {
    component: { ref: component.ref, name: component.name },
    owner,
    ...ownershipView({ office, principal }, component, last),
    until: attestedUntil(last, office.attestMonths),
  };
}

const columns: readonly CsvColumn<ItemOf<'attestations'>>[] = [
  ['component', (each) => each.component.ref],
  ['name', (each) => each.component.name],
  ['owner', (each) => each.owner.team],
  ['known from', (each) => each.owner.how],
  ['certainty', (each) => each.certainty],
  ['to be confirmed because', (each) => each.reason],
  ['said', (each) => each.said?.what ?? null],
  ['said of', (each) => each.said?.owner ?? null],
  ['by', (each) => each.said?.by.name ?? null],
  ['at', (each) => each.said?.at ?? null],
  ['stands until', (each) => each.until],
];
