import { createPublicKey } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ledgerProof, parsed, type LedgerProof } from './ledger-proof.ts';

const usage = `guildhall-verify-ledger (--export FILE|- | --data DIR | --database URL) [--checkpoint FILE]... [--key FILE.pub]... [--json]
Proves a ledger. --checkpoint: one that was kept outside the office; without it a ledger that was cut or written anew cannot be told from a true one.
Exit codes: 0 it holds, 1 it does not, 2 wrong use, 3 it cannot be read.
`;

/** The whole program: arguments, what it prints, its exit code. */
export async function verifyLedger(args: readonly string[], print: (text: string) => void, complain: (text: string) => void): Promise<0 | 1 | 2 | 3> {
  let given: ReturnType<typeof givenIn>;
  let proof: ReturnType<typeof ledgerProof>;
  try {
    given = givenIn(args);
    if (given.help === true) return (print(usage), 0);
    const { checkpoint = [], key = [] } = given;
    if ([given.export, given.data, given.database].filter((each) => each !== undefined).length !== 1) throw new Error('Name one ledger.');
    if (checkpoint.length > 0 && key.length === 0) throw new Error('A checkpoint proves nothing without --key, the public key of the office.');
    proof = ledgerProof(
      checkpoint.map((file) => parsed(readFileSync(file, 'utf8'))),
      key.map((file) => createPublicKey(readFileSync(file))),
    );
  } catch (error) {
    return (complain(`${(error as Error).message}\n${usage}`), 2);
  }
  try {
    if (given.export !== undefined) await fromExport(given.export, proof.take);
    else if (given.data !== undefined) await fromSqlite(given.data, proof.take);
    else await fromPostgres(given.database ?? '', proof.take);
  } catch (error) {
    return (complain(`The ledger cannot be read: ${(error as Error).message}\n`), 3);
  }
  const result = proof.proof();
  print(given.json === true ? `${JSON.stringify(result)}\n` : inWords(result));
  return result.holds ? 0 : 1;
}

function givenIn(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { export: text, data: text, database: text, checkpoint: { ...text, multiple: true }, key: { ...text, multiple: true } } as const;
  return parseArgs({ args: [...args], options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
}

async function fromExport(file: string, take: (record: unknown) => void): Promise<void> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  const lines = (async () => {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line !== '') take(parsed(line));
  })();
  await Promise.race([lines, failed]);
}

const columns = 'l.seq, l.at, l.kind, l.actor, l.subject, l.body, l.commitment, l.previous, l.hash, w.salt, w.text';
const joined = `select ${columns} from ledger l left join ledger_words w on w.seq = l.seq`;
const claimed = 'select seq, at, hash, key_id, signature from ledger_checkpoint order by seq';
const strays = 'select seq from ledger_words where seq not in (select seq from ledger) order by seq';

async function fromSqlite(folder: string, take: (record: unknown) => void): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${folder}/guildhall.db`, { readOnly: true });
  try {
    db.exec('begin');
    for (const row of db.prepare(claimed).iterate()) take(checkpointOfRow(row));
    for (const row of db.prepare(`${joined} order by l.seq`).iterate()) take(entryOfRow(row));
    for (const row of db.prepare(strays).iterate()) take({ stray: row['seq'] });
  } finally {
    db.close();
  }
}

async function fromPostgres(url: string, take: (record: unknown) => void): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const rowsOf = async (text: string, values: readonly unknown[] = []) => (await client.query<Row>(text, [...values])).rows;
    for (const row of await rowsOf(claimed)) take(checkpointOfRow(row));
    for (let after = '-9223372036854775808', size = 1; size > 0;) {
      const rows = await rowsOf(`${joined} where l.seq > $1 order by l.seq limit 20000`, [after]);
      for (const row of rows) take(entryOfRow(row));
      [after, size] = [String(rows.at(-1)?.['seq']), rows.length];
    }
    for (const row of await rowsOf(strays)) take({ stray: row['seq'] });
  } finally {
    await client.end();
  }
}

type Row = Readonly<Record<string, unknown>>;

function entryOfRow({ salt, text, ...row }: Row): unknown {
  return { ...row, seq: Number(row['seq']), at: Number(row['at']), words: text === null ? null : { salt, text } };
}

function checkpointOfRow({ seq, at, hash: claimedHash, key_id: keyId, signature }: Row): unknown {
  return { checkpoint: { seq: Number(seq), entries: Number(seq), at: Number(at), hash: claimedHash, keyId, signature } };
}

function inWords({ holds, entries, head, words, erased, checkpoints, faultCount, faults }: LedgerProof): string {
  const sizes = `${String(entries)} entries, ${String(words)} with words, ${String(erased)} erased, ${String(checkpoints)} checkpoints, head ${head}`;
  const lines = faults.map(({ seq, fault }) => `${String(seq)}: ${fault}`);
  return `${holds ? 'The ledger holds' : `The ledger does not hold: ${String(faultCount)} faults`}. ${sizes}\n${lines.map((each) => `${each}\n`).join('')}`;
}
