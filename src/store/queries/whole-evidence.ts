import type { EvidenceTable } from '../schema.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, pagesOf, type Pages } from './paging.ts';

const wholeRows = 500;

/** Every evidence, or that of these components, with its closed segments, by ascending id; edges stay behind. */
export function loadWholeEvidence(
  { db, dialect }: Access,
  { componentIds }: { readonly componentIds?: readonly number[] } = {},
): Pages<Omit<EvidenceTable, 'edges'>> {
  const columns = [
    'id',
    'component_id',
    'kind',
    'path',
    'format',
    'open',
    'closed',
    'receipt',
    'valid_at',
    'seen_at',
    'ended',
    'stale_since',
    'problems',
    'supply',
    'fold_key',
  ] as const;
  const rows = db.selectFrom('evidence').select(columns).orderBy('id');
  if (componentIds !== undefined)
    return pagesOf(componentIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('component_id'), slice)).execute());
  return pagesByKey(
    wholeRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}
