import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openGateway } from '#gateway/gateway.ts';
import { chained, noHead } from '#desk/ledger/chain.ts';
import { emptyEstate } from '#estate/estate.ts';
import { seesAll } from '#model/visibility.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import { ledgerProof } from '#verifier/ledger-proof.ts';
import { backup, restore } from '../../src/operations/backup.ts';
import type { Context } from '../../src/operations/context.ts';
import { eraseWords } from '../../src/operations/erase-words.ts';
import { exportLedger } from '../../src/operations/export-ledger.ts';
import { actKindOf, openLiveDesk } from '../../src/operations/live-desk.ts';
import { officeActor } from '../../src/operations/office-actor.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { performAct } from '../../src/operations/perform-act.ts';
import { startPostgres } from '../../tools/postgres.ts';
import { fileHolds, placesHolding } from './canary.ts';
import type { Drill } from './drill.ts';

const canary = 'Kanarienvogel';
const hold = 'h'.repeat(26);
const person = (letter: string): string => `person:${letter.repeat(26)}`;

/** What was found on one store; empty `wrong` is as it should be. */
export type ErasedOn = { readonly looked: number; readonly wrong: readonly string[]; readonly placesBefore: readonly string[] };

/**
 * Writes a name into everything people can write it into, erases the person, and looks for the name everywhere: tables, files, export, backup, and after
 * restoring a backup from before. Before erasing the name must be found, or looking proves nothing.
 */
export async function drillErase(): Promise<Drill> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-erase-'));
  const server = await startPostgres();
  try {
    const found = { sqlite: await eraseOn({ dataDir }), postgres: await eraseOn({ databaseUrl: server.url }) };
    const all = Object.values(found);
    return {
      name: 'erase',
      tried: all.reduce((sum, each) => sum + each.looked, 0),
      failed: all.reduce((sum, each) => sum + each.wrong.length, 0),
      details: found,
    };
  } finally {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true });
  }
}

/** The drill on one empty store. */
export async function eraseOn(location: StoreLocation): Promise<ErasedOn> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-erase-files-'));
  const store = await openStore(location);
  const gateway = openGateway({ workers: 1 });
  const context: Context = { store, gateway, clock: Date.now, randomId };
  const wrong: string[] = [];
  let looked = 0;
  const expect = (isSo: boolean, otherwise: string): void => {
    looked += 1;
    if (!isSo) wrong.push(otherwise);
  };
  try {
    await write(context);
    const old = path.join(folder, 'before.backup');
    await backup(context, old);
    const before = [...(await placesHolding(location, canary)), ...(fileHolds(old, canary) ? ['backup'] : [])];
    expect(before.length >= 2, 'The name was not found before it was erased: looking for it proves nothing.');

    const request = { person: person('a'), mention: canary, entries: [], basis: 'request', reference: 'DSR-1', reason: 'Asked for it.' } as const;
    const { result: held } = await store.erasing(() => eraseWords(context, request));
    expect(JSON.stringify(reasons(held)) === '["1 hold","2 hold","3 kept","4 hold"]', `A hold was not heeded: ${JSON.stringify(held)}`);
    await act(context, 'release-hold', { hold: hold }, { reason: 'Over.' });
    const { result: asked } = await store.erasing(() => eraseWords(context, request));
    expect(JSON.stringify(reasons(asked)) === '["3 kept"]', `Retention was not heeded: ${JSON.stringify(asked)}`);
    const { result: ordered } = await store.erasing(() => eraseWords(context, { ...request, basis: 'order', reference: 'C-2' }));
    expect(
      reasons(ordered).every((each) => each.endsWith('erased')),
      `An order was not heeded: ${JSON.stringify(ordered)}`,
    );
    await look('after erasing');

    await restore(context, old, { replace: true }, folder, () => undefined);
    await look('after restoring a backup from before');
    return { looked, wrong, placesBefore: before };
  } finally {
    gateway.close();
    await store.close();
    fs.rmSync(folder, { recursive: true });
  }

  async function look(when: string): Promise<void> {
    for (const place of await placesHolding(location, canary)) expect(false, `${when}: the name is in ${place}`);
    const files = ['ledger.jsonl', 'after.backup'].map((name) => path.join(folder, `${String(looked)}-${name}`));
    fs.writeFileSync(files[0] ?? '', (await Array.fromAsync(exportLedger(store, { words: true }))).join(''));
    await backup(context, files[1] ?? '');
    for (const file of files) expect(!fileHolds(file, canary), `${when}: the name is in ${path.basename(file)}`);
    const proof = ledgerProof([], []);
    for (const line of fs
      .readFileSync(files[0] ?? '', 'utf8')
      .trimEnd()
      .split('\n'))
      proof.take(JSON.parse(line));
    const { holds, erased, faults } = proof.proof();
    expect(holds && erased === 5, `${when}: the ledger does not hold: ${JSON.stringify(faults)}`);
    const desk = await openLiveDesk().catchUp(store);
    expect(desk.people.get(person('a'))?.words === null, `${when}: the person still has a name`);
    expect(desk.people.get(person('b'))?.words?.name === 'Bo', `${when}: somebody else lost their name`);
    expect(desk.keeping.erasures.get(2)?.reference === 'DSR-1', `${when}: nothing says on what authority`);
  }
}

/** Why entries stay, in short. */
function reasons(result: Awaited<ReturnType<typeof eraseWords>>): readonly string[] {
  if ('refusal' in result) return [result.reason];
  const short = (because: string): string => (because.startsWith('legal hold') ? 'hold' : because.startsWith('must be kept') ? 'kept' : because);
  return result.kept.map(({ entry, because }) => `${String(entry.seq)} ${short(because)}`);
}

async function act(context: Context, id: string, body: object, words: object): Promise<void> {
  const kind = actKindOf(id);
  if (kind === undefined) throw new Error(`There is no act ${id}.`);
  const wanted = {
    kind,
    body: kind.body.parse(body),
    words: kind.words?.parse(words) ?? null,
    actor: officeActor,
    visibility: seesAll,
    expects: null,
  };
  const done = await performAct(context, openLiveDesk(), emptyEstate(), wanted);
  if ('refusal' in done) throw new Error(`${id} was refused: ${done.reason}`);
}

/** Two people in one entry, one of them again, a decision of the office that names them, a comment of theirs and one about them, and a hold. */
async function write(context: Context): Promise<void> {
  const said = (letter: string, name: string): object => ({ id: person(letter), name, user: name.replaceAll(' ', '-').toLowerCase() });
  const people = ['a', 'b'].map((letter) => ({ id: person(letter), teams: ['payments'] }));
  await act(context, 'record-people', { source: 'csv', people }, { people: [said('a', canary), said('b', 'Bo')] });
  await act(context, 'record-people', { source: 'csv', people: people.slice(0, 1) }, { people: [said('a', `${canary} the Younger`)] });
  await act(context, 'restrict-team', { team: 'payments', restricted: true }, { reason: `${canary} asked.` });
  await context.store.write(async (tx) => {
    const comment = { at: context.clock(), kind: 'comment', subject: 'finding:x', body: {} };
    const acts = [
      { ...comment, actor: person('a'), words: { text: 'What I said.' } },
      { ...comment, actor: person('b'), words: { text: `${canary} knows.` } },
    ];
    const { entries, words } = chained((await tx.ledgerHead()) ?? noHead, acts, context.randomId);
    await tx.appendLedger(entries, words);
  });
  await act(context, 'place-hold', { id: hold, on: person('a'), reference: 'M-7' }, { reason: 'A matter of its own.' });
}
