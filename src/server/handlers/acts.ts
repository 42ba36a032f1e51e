import { actOf } from '#desk/ledger/chain.ts';
import type { KeptEntry } from '#model/act.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

/** What people did. */
export const acts: Handler<'acts'> = async ({ office, query }) => {
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
