import { privilegedKinds } from '#desk/council/privileged.ts';
import { actOf } from '#desk/ledger/chain.ts';
import type { KeptEntry } from '#model/act.ts';
import { actKinds } from '#operations/live-desk.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsIn } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';

const dayMs = 86_400_000;

/** What people did. */
export const acts: Handler<'acts'> = async ({ office, principal, findings, query }) => {
  // It tells of every team and of every finding.
  if (findings.kind !== 'all' || visibilityOf(principal, 'estate').kind !== 'all')
    throw new Refusal(
      403,
      'The ledger is for who may see everything: it also needs estate:read, findings:read and restricted:read in the whole office.',
    );
  const signed = await office.store.newestLedgerCheckpoint();
  const checkpoint = signed === null ? null : { seq: signed.seq, at: new Date(signed.at).toISOString(), keyId: signed.key_id };
  const { kind, actor, subject, from, until, q } = query;
  const holding = wordsIn(q);
  const filter = {
    ...{ kind, actor, subject },
    from: from === undefined ? undefined : Date.parse(from),
    until: until === undefined ? undefined : Date.parse(until) + dayMs,
    holding: holding.length === 0 ? undefined : holding,
    // That counsel wrote something is counsel's to know.
    withoutKinds: office.desk.desk.council.advice.size === 0 ? undefined : [...privilegedKinds],
  };
  const oldestFirst = query.sort === 'seq';
  return listing({
    pageAfter: (after, limit) => office.store.ledgerPage(filter, { after: after === null ? null : Number(after[0]), limit, oldestFirst }),
    total: () => office.store.countLedger(filter),
    keyOf: (entry: KeptEntry) => [entry.seq],
    view: (entry) => {
      const erasure = office.desk.desk.keeping.erasures.get(entry.seq);
      return {
        ...actOf(entry),
        actorName: office.desk.desk.people.get(entry.actor)?.words?.name ?? null,
        at: new Date(entry.at).toISOString(),
        hash: entry.hash,
        erasure: erasure === undefined ? null : { ...erasure, at: new Date(erasure.at).toISOString() },
      };
    },
    columns,
    extra: () => ({ kinds: actKinds.map(({ id }) => id), checkpoint }),
  });
};

const columns: readonly CsvColumn<ItemOf<'acts'>>[] = [
  ['number', (each) => each.seq],
  ['at', (each) => each.at],
  ['kind', (each) => each.kind],
  ['actor', (each) => each.actor],
  ['actor name', (each) => each.actorName],
  ['subject', (each) => each.subject],
  ['body', (each) => JSON.stringify(each.body)],
  ['words', (each) => (each.words === null ? null : JSON.stringify(each.words))],
  ['words erased', (each) => (each.areWordsErased ? 'yes' : 'no')],
  ['erased by', (each) => each.erasure?.by ?? null],
  ['erased on', (each) => (each.erasure === null ? null : `${each.erasure.basis} ${each.erasure.reference ?? ''}`.trimEnd())],
  ['hash', (each) => each.hash],
];
