import type { KeptEntry } from '#model/act.ts';
import type { Access } from '../tables.ts';
import { keptEntry } from './ledger.ts';

/** Entries of some kinds, about these subjects only where any are given, with when this store carried each out; oldest first. */
export async function keptActs(
  { db, dialect }: Access,
  { kinds, subjects, undone = false }: { readonly kinds: readonly string[]; readonly subjects?: readonly string[]; readonly undone?: boolean },
): Promise<readonly (KeptEntry & { readonly carriedOutAt: number | null })[]> {
  let rows = db
    .selectFrom('ledger')
    .leftJoin('ledger_words', 'ledger_words.seq', 'ledger.seq')
    .leftJoin('carried_out', 'carried_out.seq', 'ledger.seq')
    .selectAll('ledger')
    .select(['ledger_words.salt', 'ledger_words.text', 'carried_out.at as carriedOutAt'])
    .where((eb) => dialect.isOneOf(eb.ref('ledger.kind'), kinds))
    .orderBy('ledger.seq');
  if (subjects !== undefined) rows = rows.where((eb) => dialect.isOneOf(eb.ref('ledger.subject'), subjects));
  if (undone) rows = rows.where('carried_out.seq', 'is', null);
  return (await rows.execute()).map(({ carriedOutAt, ...entry }) => ({ ...keptEntry(entry), carriedOutAt }));
}

/** Notes that this store has carried out an act of the ledger. */
export async function noteCarriedOut({ db }: Access, seq: number, at: number): Promise<void> {
  await db
    .insertInto('carried_out')
    .values({ seq, at })
    .onConflict((conflict) => conflict.column('seq').doUpdateSet({ at }))
    .execute();
}
