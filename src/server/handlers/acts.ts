import { actOf } from '#desk/ledger/chain.ts';
import type { KeptEntry } from '#model/act.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';

/** What people did. */
export const acts: Handler<'acts'> = async ({ office, principal, findings, query }) => {
  // It tells of every team and of every finding.
  if (findings.kind !== 'all' || visibilityOf(principal, 'estate').kind !== 'all')
    throw new Refusal(
      403,
      'The ledger is for who may see everything: it also needs estate:read, findings:read and restricted:read in the whole office.',
    );
  const hasWords = wordsFilter(query.q);
  const rows: KeptEntry[] = [];
  for await (const page of office.store.loadLedger(query.subject === undefined ? {} : { subject: query.subject })) {
    for (const entry of page) {
      if (query.kind !== undefined && entry.kind !== query.kind) continue;
      if (query.actor !== undefined && entry.actor !== query.actor) continue;
      if (hasWords(`${entry.kind} ${entry.subject} ${entry.actor}`)) rows.push(entry);
    }
  }
  return listing({
    rows,
    keyOf: (entry: KeptEntry) => [entry.seq],
    view: (entry) => ({ ...actOf(entry), at: new Date(entry.at).toISOString(), hash: entry.hash }),
    columns,
  });
};

const columns: readonly CsvColumn<ItemOf<'acts'>>[] = [
  ['number', (each) => each.seq],
  ['at', (each) => each.at],
  ['kind', (each) => each.kind],
  ['actor', (each) => each.actor],
  ['subject', (each) => each.subject],
  ['body', (each) => JSON.stringify(each.body)],
  ['words', (each) => (each.words === null ? null : JSON.stringify(each.words))],
  ['words erased', (each) => (each.areWordsErased ? 'yes' : 'no')],
  ['hash', (each) => each.hash],
];
