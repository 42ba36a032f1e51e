import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import { openGateway } from '#gateway/gateway.ts';
import { carryCheckpoints, checkpointLedger } from '#operations/checkpoint-ledger.ts';
import { exportLedger } from '#operations/export-ledger.ts';
import { keptDecisions, undoneDecisions } from '#operations/kept-decisions.ts';
import { keptExtents } from '#operations/kept-extents.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { postgresDialect, sqliteDialect } from '#store/dialect.ts';
import { decisionsInTheLedger } from '#store/migrations/0015-decisions-in-the-ledger.ts';
import { connectPostgres } from '#store/postgres.ts';
import { connectSqlite, databaseFile } from '#store/sqlite.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { verifyLedger } from '#verifier/verify-ledger.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-ledger-'));
const gateway = openGateway({ workers: 1 });
const keys = generateKeyPairSync('ed25519');
const keyFile = path.join(folder, 'key.pub');
fs.writeFileSync(keyFile, keys.publicKey.export({ type: 'spki', format: 'pem' }));
const foreignFile = path.join(folder, 'foreign.pub');
fs.writeFileSync(foreignFile, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
afterAll(() => {
  gateway.close();
  fs.rmSync(folder, { recursive: true });
});

const acts = Array.from({ length: 6 }, (_, at): NewAct => ({
  at: Date.UTC(2026, 0, 1 + at),
  kind: 'comment',
  actor: 'person:a',
  subject: 'finding:x',
  body: { at },
  words: at === 2 ? null : { text: `Ada's ${String(at)}` },
}));

describe.each(testStores())('a ledger on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let checkpoints: string;
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2026-02-01T00:00Z');
    const { entries, words } = chained(noHead, acts, office.context.randomId);
    await opened.store.write((tx) => tx.appendLedger(entries, words));
    await checkpointLedger(office.context, keys.privateKey);
    checkpoints = fs.mkdtempSync(path.join(folder, 'outside-'));
    await carryCheckpoints(opened.store, checkpoints);
  });
  afterEach(async () => {
    await opened.drop();
  });

  const where = (): readonly string[] =>
    'dataDir' in opened.location ? ['--data', opened.location.dataDir] : ['--database', opened.location.databaseUrl];
  const outside = (): readonly string[] => ['--key', keyFile, '--checkpoint', path.join(checkpoints, 'checkpoint-000000000006.json')];

  async function verified(...args: readonly string[]): Promise<{ readonly code: number; readonly proof: unknown; readonly said: string }> {
    let [out, said] = ['', ''];
    const code = await verifyLedger(
      [...args, '--json'],
      (text) => (out += text),
      (text) => (said += text),
    );
    return { code, proof: out === '' ? null : JSON.parse(out), said };
  }

  async function tamper(statement: string): Promise<void> {
    if ('dataDir' in opened.location) {
      const connection = new Sqlite(path.join(opened.location.dataDir, 'guildhall.db'));
      connection.exec(statement);
      connection.close();
      return;
    }
    const client = new pg.Client({ connectionString: opened.location.databaseUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  it('that nobody touched holds, read from the store and from an export', async () => {
    const file = path.join(checkpoints, 'ledger.jsonl');
    fs.writeFileSync(file, (await Array.fromAsync(exportLedger(opened.store, { words: true }))).join(''));
    const bare = path.join(checkpoints, 'bare.jsonl');
    fs.writeFileSync(bare, (await Array.fromAsync(exportLedger(opened.store, { words: false }))).join(''));
    for (const from of [where(), ['--export', file]]) {
      expect(await verified(...from, ...outside())).toMatchObject({
        code: 0,
        proof: { holds: true, entries: 6, words: 5, checkpoints: 2, faults: [] },
      });
      expect(await verified(...from)).toMatchObject({ code: 0 });
    }
    expect(fs.readFileSync(bare, 'utf8')).not.toContain("Ada's");
    expect(await verified('--export', bare, ...outside())).toMatchObject({ code: 0, proof: { entries: 6, words: 0 } });
  });

  it.each<[name: string, statement: string, seq: number, fault: RegExp]>([
    ['an actor', "update ledger set actor = 'person:b' where seq = 3", 3, /hash does not fit/],
    ['a body', `update ledger set body = '{"at":9}' where seq = 4`, 4, /hash does not fit/],
    ['a deleted entry', 'delete from ledger where seq = 2', 0, /gone|missing|there/],
    ['words', "update ledger_words set text = '{}' where seq = 5", 5, /words of entry 5 were altered/],
    ['words that are gone', 'delete from ledger_words where seq = 5', 5, /no erasure says why/],
    ['words of nothing', "insert into ledger_words (seq, salt, text) values (99, 's', '{}')", 7, /no entry/],
    ['a cut ledger', 'delete from ledger where seq = 6', 6, /which is not there/],
    ['a checkpoint', 'update ledger_checkpoint set at = 1', 6, /signature does not fit/],
  ])('shows %s that was tampered with', async (_, statement, seq, fault) => {
    await tamper(statement);
    const { code, proof } = await verified(...where(), ...outside());
    const { faults } = proof as { readonly faults: readonly { readonly seq: number; readonly fault: string }[] };
    expect(code).toBe(1);
    expect(faults.some((each) => (seq === 0 || each.seq === seq) && fault.test(each.fault))).toBe(true);
  });

  it('is signed once for each head, and a checkpoint that is outside is never written again', async () => {
    await checkpointLedger(office.context, keys.privateKey);
    expect(await opened.store.ledgerCheckpoints()).toHaveLength(1);
    expect(await carryCheckpoints(opened.store, checkpoints)).toBe(0);
  });

  it('takes in what an earlier layout kept in a table of its own, with its time and author, and holds', async () => {
    const row = (id: string, kind: string, at: number, rest: string): string =>
      `insert into decision values ('${id}', '${kind}', 'component', 'component:test/shop', 'marta', 'Art. 17', 'Closed.', ${String(at)}, ${rest})`;
    for (const statement of [
      'drop table carried_out',
      `create table decision (id text primary key, kind text not null, about text not null, subject text not null, author text not null, authority text not null,
        reason text not null, at bigint not null, supersedes text unique, extent text not null, done_at bigint)`,
      row('a', 'retire', 1000, `null, '{"components":1}', 1500`),
      row('b', 'return', 2000, `'a', '{}', 2500`),
      row('c', 'erase', 3000, `null, '{}', null`),
      row('h', 'hold', 4000, `null, '{}', 4000`),
      row('r', 'release', 5000, `'h', '{}', 5000`),
    ])
      await tamper(statement);
    const { location, store } = opened;
    const db = 'dataDir' in location ? connectSqlite(databaseFile(location.dataDir), 'writer') : await connectPostgres(location.databaseUrl);
    await decisionsInTheLedger.up({ db, dialect: 'dataDir' in location ? sqliteDialect : postgresDialect });
    await db.destroy();
    expect(
      (await keptDecisions(store, {})).map(({ kind, id, author, authority, at, supersedes }) => [kind, id, author, authority, at, supersedes]),
    ).toEqual([
      ['retire', 'a', 'marta', 'Art. 17', 1000, null],
      ['return', 'b', 'marta', 'Art. 17', 2000, 'a'],
      ['erase', 'c', 'marta', 'Art. 17', 3000, null],
      ['hold', 'h', 'marta', 'Art. 17', 4000, null],
      ['release', 'h-released', 'marta', 'Art. 17', 5000, 'h'],
    ]);
    expect((await undoneDecisions(store)).map(({ id }) => id)).toEqual(['c']);
    expect((await keptDecisions(store, { standing: true })).map(({ id }) => id)).toEqual(['c']);
    expect((await keptExtents(store)).get('a')).toMatchObject({ components: 1 });
    expect(await verified(...where(), ...outside())).toMatchObject({ code: 0, proof: { holds: true, entries: 11, words: 10 } });
  });

  it('is proved by a program of its own', { timeout: 60_000 }, async () => {
    await tamper("update ledger set subject = 'finding:y' where seq = 2");
    const main = path.resolve(import.meta.dirname, '../src/verifier/main.ts');
    const run = promisify(execFile)(process.execPath, [main, ...where(), ...outside()]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/does not hold: 1 faults[^]*2: Entry 2 is not what was chained/) as unknown,
    });
  });

  it('is not proved by a checkpoint that somebody else signed', async () => {
    expect(await verified(...where(), '--key', foreignFile, ...outside().slice(2))).toMatchObject({ code: 1 });
  });
});

describe('the verifier', () => {
  it.each<[name: string, args: readonly string[], code: number]>([
    ['no ledger', [], 2],
    ['two ledgers', ['--export', 'a', '--data', 'b'], 2],
    ['an unknown option', ['--exprot', 'a'], 2],
    ['a checkpoint without a key', ['--export', keyFile, '--checkpoint', keyFile], 2],
    ['a key that is none', ['--export', keyFile, '--key', path.join(folder, 'nothing')], 2],
    ['a file that is not there', ['--export', path.join(folder, 'nothing')], 3],
    ['a folder without a ledger', ['--data', folder], 3],
    ['a file that is no ledger', ['--export', keyFile], 1],
  ])('answers %s with its own exit code', async (_, args, code) => {
    const said: string[] = [];
    expect(
      await verifyLedger(
        args,
        () => undefined,
        (text) => said.push(text),
      ),
    ).toBe(code);
    expect(said.length > 0).toBe(code > 1);
  });
});
