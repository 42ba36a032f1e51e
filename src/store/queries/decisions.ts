import { canonicalJson } from '#language/canonical-json.ts';
import type { Extent } from '#model/decision.ts';
import type { DecisionTable } from '../schema.ts';
import type { DecisionFilter } from '../store.ts';
import type { Access } from '../tables.ts';

/** Decisions, oldest first. */
export async function decisions(
  { db, dialect }: Access,
  { ids, kinds, subjects, standing = false }: DecisionFilter,
): Promise<readonly DecisionTable[]> {
  let rows = db.selectFrom('decision').selectAll().orderBy('at').orderBy('id');
  if (ids !== undefined) rows = rows.where((eb) => dialect.isOneOf(eb.ref('id'), ids));
  if (kinds !== undefined) rows = rows.where((eb) => dialect.isOneOf(eb.ref('kind'), kinds));
  if (subjects !== undefined) rows = rows.where((eb) => dialect.isOneOf(eb.ref('subject'), subjects));
  if (standing) {
    rows = rows
      .where('supersedes', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('decision as later').select('later.id').whereRef('later.supersedes', '=', 'decision.id'))),
      );
  }
  return rows.execute();
}

/** Decisions that are recorded and not carried out yet, oldest first. */
export async function undoneDecisions({ db }: Access): Promise<readonly DecisionTable[]> {
  return db.selectFrom('decision').selectAll().where('done_at', 'is', null).orderBy('at').orderBy('id').execute();
}

/** Records one. Throws when it ends a decision that another one ended before. */
export async function recordDecision({ db }: Access, row: DecisionTable): Promise<void> {
  await db.insertInto('decision').values(row).execute();
}

/** Says that a decision is carried out, and what it touched; the extent of the first time stays, when it is done again after a restore. */
export async function finishDecision({ db }: Access, id: string, extent: Extent, at: number): Promise<void> {
  await db
    .updateTable('decision')
    .set((eb) => ({ extent: eb.case().when('extent', '=', '{}').then(canonicalJson(extent)).else(eb.ref('extent')).end(), done_at: at }))
    .where('id', '=', id)
    .execute();
}
