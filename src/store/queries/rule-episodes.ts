import type { Database } from '../schema.ts';
import type { Access } from '../tables.ts';
import { pagesOf, type Pages } from './paging.ts';

const componentsAtOnce = 500;

type Row = Database['rule_episode'];

/** What rules found in components, or in these (by first ref), by component; `open` leaves out what is over. */
export async function* loadRuleEpisodes(
  { db, dialect }: Access,
  { components, open }: { readonly components?: readonly string[]; readonly open?: boolean } = {},
): Pages<Row> {
  const all = db.selectFrom('rule_episode').selectAll().orderBy('component').orderBy('rule').orderBy('subject').orderBy('episode');
  const rows = open === true ? all.where('closed_at', 'is', null) : all;
  if (components !== undefined) {
    yield* pagesOf(components, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('component'), slice)).execute());
    return;
  }
  for (let after = ''; ;) {
    const next = await db
      .selectFrom('rule_episode')
      .select('component')
      .distinct()
      .where('component', '>', after)
      .orderBy('component')
      .limit(componentsAtOnce)
      .execute();
    const last = next.at(-1)?.component;
    if (last === undefined) return;
    yield await rows.where('component', '>', after).where('component', '<=', last).execute();
    after = last;
  }
}

/** Inserts or replaces by component, rule, package, subject and number. */
export async function putRuleEpisodes({ db }: Access, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const { component: _, rule: __, ecosystem: ___, name_key: ____, subject: _____, episode: ______, ...changed } = row;
    await db
      .insertInto('rule_episode')
      .values(row)
      .onConflict((conflict) => conflict.columns(['component', 'rule', 'ecosystem', 'name_key', 'subject', 'episode']).doUpdateSet(changed))
      .execute();
  }
}

/** Deletes what rules found in components, by first ref. */
export async function deleteRuleEpisodes({ db, dialect }: Access, components: readonly string[]): Promise<void> {
  await db
    .deleteFrom('rule_episode')
    .where((eb) => dialect.isOneOf(eb.ref('component'), components))
    .execute();
}
