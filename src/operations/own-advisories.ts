import { hash } from 'node:crypto';
import type { Desk } from '#desk/desk.ts';
import { ownRecord } from '#desk/incidents/incidents.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { parseOsv } from '#language/osv.ts';
import type { Context } from './context.ts';
import { recordAdvisories, type FeedRecord } from './sync-advisories.ts';

/** Origin of the advisories that the office publishes to itself. */
export const ownAdvisories = 'own advisories';

/**
 * Publishes what incidents say as advisory records, as a feed would: those that are not there yet or say something else now. Safe to run at any time and twice.
 * Gives how many were published; `readPending` judges by them.
 */
export async function publishOwnAdvisories(context: Context, desk: Desk): Promise<number> {
  const wanted = [...desk.incidents.values()].flatMap((incident): readonly FeedRecord[] => {
    const record = ownRecord(incident);
    if (record === null) return [];
    const bytes = Buffer.from(canonicalJson(record));
    return [{ name: `${incident.record}.json`, bytes, hash: hash('sha256', bytes, 'hex'), ...parseOsv(bytes) }];
  });
  const there = new Map<string, string>();
  const records = wanted.flatMap(({ advisory }) => (advisory === null ? [] : [advisory.id]));
  if (records.length === 0) return 0;
  for await (const page of context.store.loadAdvisories({ records })) for (const row of page) there.set(row.record, row.raw);
  const changed = wanted.filter(({ advisory, hash: raw }) => advisory === null || there.get(advisory.id) !== raw);
  if (changed.length === 0) return 0;
  const revision = hash('sha256', changed.map((each) => each.hash).join('\n'), 'hex');
  const { taken } = await recordAdvisories(context, { source: 'osv', origin: ownAdvisories, revision }, changed);
  return taken;
}
