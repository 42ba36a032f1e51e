import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { emptyEstate } from '#estate/estate.ts';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll } from '#model/visibility.ts';
import { openStore } from '#store/open-store.ts';
import type { Store } from '#store/store.ts';
import { ledgerProof } from '#verifier/ledger-proof.ts';
import type { Context } from '../../src/operations/context.ts';
import { exportLedger } from '../../src/operations/export-ledger.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from '../../src/operations/live-desk.ts';
import { officeActor } from '../../src/operations/office-actor.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { performAct } from '../../src/operations/perform-act.ts';
import { takeUpload } from '../../src/operations/take-upload.ts';
import { startPostgres } from '../../tools/postgres.ts';
import { openCuttingProxy } from './cutting-proxy.ts';
import type { Drill } from './drill.ts';
import { sbomOf } from './made-up.ts';

/** After how many messages each change was done uncut, and what was not as it should be. */
export type CutOn = { readonly tried: number; readonly cuts: Readonly<Record<string, number>>; readonly wrong: readonly string[] };

/** A change that is made once for each place where it is cut, told apart by a number. */
type Change = {
  readonly name: string;
  /** What must be there before; not cut. */
  readonly prepare?: (office: Office, number: number) => Promise<unknown>;
  /** Throws when it was not acknowledged. */
  readonly make: (office: Office, number: number) => Promise<unknown>;
  /** Which of its parts are there afterwards. `from` is the last change of the store before it was made. */
  readonly parts: (office: Office, number: number, from: number) => Promise<readonly boolean[]>;
};

type Office = { readonly context: Context; readonly live: LiveDesk };

// Past the commit a cut only keeps the answer from arriving: a few of those show it.
const cutsPastCommit = 4;

/** Breaks the connection to the database at every message of what people do and send: all of it is there afterwards or nothing, and what was acknowledged is. */
export async function drillCut(): Promise<Drill> {
  const server = await startPostgres();
  try {
    const found = await cutOn(server.url);
    return { name: 'cut', tried: found.tried, failed: found.wrong.length, details: found };
  } finally {
    await server.stop();
  }
}

/** The drill on one empty database, cutting at each `every`th message. */
export async function cutOn(databaseUrl: string, every = 1): Promise<CutOn> {
  const proxy = await openCuttingProxy(databaseUrl);
  const gateway = openGateway({ workers: 1 });
  const direct = await openStore({ databaseUrl });
  const behind = await openStore({ databaseUrl: proxy.url });
  const context = { gateway, clock: Date.now, randomId };
  const uncut: Office = { context: { ...context, store: direct }, live: openLiveDesk() };
  const cut: Office = { context: { ...context, store: behind }, live: openLiveDesk() };
  const wrong: string[] = [];
  const cuts: Record<string, number> = {};
  let number = 0;
  const tryOnce = async ({ name, prepare, make, parts }: Change, messages: number | null): Promise<boolean> => {
    number += 1;
    await prepare?.(uncut, number);
    await cut.live.catchUp(direct);
    // By the store that will be cut, so that it is connected and every message counted is one of the change.
    const from = await behind.lastChange();
    proxy.cutAfter(messages);
    const acknowledged = await make(cut, number).then(
      () => true,
      () => false,
    );
    proxy.cutAfter(null);
    const there = await parts(uncut, number, from);
    const when = messages === null ? name : `${name}, cut after ${String(messages)} messages`;
    const isWhole = there.every(Boolean);
    if (there.some(Boolean) && !isWhole) wrong.push(`${when}: only some of its parts are there: ${JSON.stringify(there)}`);
    if (acknowledged && !isWhole) wrong.push(`${when}: it was acknowledged and is not there`);
    if (messages === null && !acknowledged) wrong.push(`${when}: it failed without being cut`);
    return isWhole;
  };
  try {
    for (const change of changes) {
      let messages = 0;
      for (let past = 0; past < cutsPastCommit; messages += every) past = (await tryOnce(change, messages)) ? past + 1 : 0;
      cuts[change.name] = messages;
      await tryOnce(change, null);
    }
    const { holds, faults } = await proofOf(direct);
    if (!holds) wrong.push(`the ledger does not hold: ${JSON.stringify(faults)}`);
  } finally {
    await behind.close();
    await direct.close();
    await proxy.close();
    gateway.close();
  }
  return { tried: number, cuts, wrong };
}

const changes: readonly Change[] = [
  {
    name: 'an act with words',
    make: placeHold,
    async parts({ context: { store }, live }, number, from) {
      const [entry] = await store.ledgerPage({ subject: holdOf(number) }, first);
      const desk = await live.catchUp(store);
      return [entry !== undefined, entry?.words != null, desk.keeping.holds.has(idOf(number)), await isFollowed(store, entry?.seq, from)];
    },
  },
  {
    name: 'an act that erases words',
    prepare: (office, number) =>
      act(office, 'record-people', { source: 'csv', people: [{ id: personOf(number) }] }, { people: [{ id: personOf(number), name: 'Ada' }] }),
    async make(office, number) {
      const [entry] = await office.context.store.ledgerPage({ subject: personOf(number) }, first);
      await act(office, 'erase-words', { entries: [entry?.seq], basis: 'order', reference: `C-${String(number)}` }, { reason: 'An order.' });
    },
    async parts({ context: { store } }, number, from) {
      const [erased] = await store.ledgerPage({ subject: personOf(number) }, first);
      const [newest] = await store.ledgerPage({ kind: 'erase-words' }, first);
      const erasing = newest?.body.includes(`"C-${String(number)}"`) === true ? newest : undefined;
      return [erasing !== undefined, erasing?.words != null, erased?.words === null, await isFollowed(store, erasing?.seq, from)];
    },
  },
  {
    name: 'an upload',
    make: ({ context }, number) =>
      takeUpload(context, Readable.from([Buffer.from(sbomOf(1, number))]), { component: `shop-${String(number)}`, slot: 'default', validAt: null }),
    async parts({ context: { store } }, number) {
      const [receipt] = await store.receiptsOf(`upload:shop-${String(number)}/default`);
      // Chunks that no receipt names are swept; until then they show nothing.
      if (receipt === undefined) return [false];
      const sent = hash('sha256', sbomOf(1, number), 'hex');
      const bytes = await store.readRaw(sent);
      return [JSON.stringify(await store.treeOf(receipt)).includes(sent), bytes !== null && hash('sha256', bytes, 'hex') === sent];
    },
  },
];

const first = { after: null, limit: 1, oldestFirst: false } as const;

/** Whether followers of the store are told of an entry. */
async function isFollowed(store: Store, seq: number | undefined, from: number): Promise<boolean> {
  const changes = await store.changesAfter(from, 1000);
  return seq !== undefined && changes?.some((each) => JSON.stringify(each).includes(`"acts":[${String(seq)}]`)) === true;
}

function placeHold(office: Office, number: number): Promise<void> {
  return act(office, 'place-hold', { id: idOf(number), on: `component:shop-${String(number)}`, reference: 'M-7' }, { reason: 'A matter.' });
}

async function act({ context, live }: Office, id: string, body: object, words: object): Promise<void> {
  const kind = actKindOf(id);
  if (kind === undefined) throw new Error(`There is no act ${id}.`);
  const [checkedBody, checkedWords] = [kind.body.parse(body), kind.words?.parse(words) ?? null];
  const wanted = { kind, body: checkedBody, words: checkedWords, actor: officeActor, visibility: seesAll, expects: null };
  const done = await performAct(context, live, emptyEstate(), wanted);
  if ('refusal' in done) throw new Error(`${id} was refused: ${done.reason}`);
}

async function proofOf(store: Store) {
  const proof = ledgerProof([], []);
  for await (const text of exportLedger(store, { words: true })) for (const line of text.trimEnd().split('\n')) proof.take(JSON.parse(line));
  return proof.proof();
}

function holdOf(number: number): string {
  return `hold:${idOf(number)}`;
}

function personOf(number: number): string {
  return `person:${idOf(number)}`;
}

/** 26 letters of base32, another one for each number. */
function idOf(number: number): string {
  return number
    .toString()
    .padStart(26, 'a')
    .replace(/[0189]/g, (digit) => ({ 0: 'b', 1: 'c', 8: 'd', 9: 'e' })[digit] ?? digit);
}
