import type { EvidenceTable } from '../schema.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, type Pages } from './paging.ts';

const rowsAtOnce = 2000;
// A layout byte and a count of none.
const emptyBytes = 2;

/** What evidences no longer show, where there is such a thing, by ascending id. */
export function loadClosedEvidence({ db }: Access): Pages<Pick<EvidenceTable, 'id' | 'component_id' | 'closed'>> {
  const rows = db
    .selectFrom('evidence')
    .select(['id', 'component_id', 'closed'])
    .where((eb) => eb(eb.fn<number>('length', ['closed']), '>', emptyBytes))
    .orderBy('id');
  return pagesByKey(
    rowsAtOnce,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}
