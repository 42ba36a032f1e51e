import { hash, verify, type KeyObject } from 'node:crypto';

// Shares no code with the program that writes the ledger: what is wrong there must not be wrong here, too. The format is in docs/ledger-format.md.
const entryFields = 'actor,at,body,commitment,hash,kind,previous,seq,subject,words';
const kept = 1000;

type Entry = Readonly<Record<'kind' | 'actor' | 'subject' | 'body' | 'previous' | 'hash', string>> & {
  readonly seq: number;
  readonly at: number;
  readonly commitment: string | null;
  readonly words: { readonly salt: string; readonly text: string } | null;
};
type Checkpoint = Readonly<Record<'hash' | 'keyId' | 'signature', string>> & Readonly<Record<'seq' | 'entries' | 'at', number>>;

/** One thing that is wrong, at the entry where it shows; 0 stands for the whole ledger. */
export type LedgerFault = { readonly seq: number; readonly fault: string };

/** What was proved. `faults` are in the order of entries, the first thousand; `erased` counts entries whose words went by an erasure. */
export type LedgerProof = {
  readonly holds: boolean;
  readonly entries: number;
  readonly head: string;
  readonly words: number;
  readonly erased: number;
  readonly checkpoints: number;
  readonly faultCount: number;
  readonly faults: readonly LedgerFault[];
};

/** Takes records in the order of the file, and says at the end what they prove. `outside` are checkpoints kept elsewhere, which must be signed by one of the keys. */
export function ledgerProof(outside: readonly unknown[], keys: readonly KeyObject[]) {
  const faults: LedgerFault[] = [];
  const claims = new Map<number, Checkpoint[]>();
  // Words that are not there wait for the erasure that says why; words that are there must not have been erased.
  const missing = new Set<number>();
  let withheld: ReadonlySet<string> = new Set();
  const erased = new Map<number, number>();
  const [spoken, keyIds] = [new Set<number>(), new Map(keys.map((key) => [keyIdOf(key), key]))];
  let [last, head, words, checkpoints, faultCount, hasWords] = [0, '', 0, 0, 0, true];
  const found = (seq: number, fault: string) => {
    faultCount += 1;
    if (faults.length < kept) faults.push({ seq, fault });
  };
  function takeCheckpoint(value: unknown, isOutside: boolean): void {
    checkpoints += 1;
    if (!isCheckpoint(value)) {
      found(0, 'A checkpoint is not one.');
      return;
    }
    const { seq, hash: claimed, entries, at, keyId, signature } = value;
    const said = JSON.stringify(['guildhall-checkpoint', 1, seq, claimed, entries, at, keyId]);
    const key = keyIds.get(keyId);
    if (key === undefined && (isOutside || keys.length > 0))
      found(seq, `The checkpoint at ${String(seq)} is signed by ${keyId}, which is not trusted.`);
    else if (key !== undefined && !verify(null, Buffer.from(said), key, Buffer.from(signature, 'base64')))
      found(seq, `The checkpoint at ${String(seq)} was altered: its signature does not fit.`);
    else claims.set(seq, [...(claims.get(seq) ?? []), value]);
    if (entries !== seq) found(seq, `The checkpoint at ${String(seq)} counts ${String(entries)} entries.`);
  }
  function takeEntry(entry: Entry): void {
    const { seq, at, kind, actor, subject, body, commitment, previous } = entry;
    if (seq !== last + 1) found(seq, `Entry ${String(seq)} follows ${String(last)}: entries are missing, doubled or exchanged.`);
    if (previous !== head) found(seq, `Entry ${String(seq)} does not rest on the one before.`);
    const own = hash('sha256', JSON.stringify([seq, at, kind, actor, subject, body, commitment, previous]), 'hex');
    if (own !== entry.hash) found(seq, `Entry ${String(seq)} is not what was chained: its hash does not fit.`);
    for (const { hash: claimed } of claims.get(seq) ?? []) {
      if (claimed !== entry.hash) found(seq, `Entry ${String(seq)} is another than the checkpoint saw: the chain was written anew.`);
    }
    claims.delete(seq);
    if (kind === 'erase-words') for (const each of erasedBy(body)) erased.set(each, seq);
    if (entry.words !== null) {
      words += 1;
      spoken.add(seq);
      if (hash('sha256', `${entry.words.salt}\0${entry.words.text}`, 'hex') !== commitment)
        found(seq, `The words of entry ${String(seq)} were altered.`);
    } else if (commitment !== null && !withheld.has(kind)) missing.add(seq);
    [last, head] = [seq, entry.hash];
  }
  for (const each of outside) takeCheckpoint(each, true);
  return {
    take(record: unknown): void {
      const object = (typeof record === 'object' && record !== null ? record : {}) as Readonly<Record<string, unknown>>;
      if (object['format'] === 'guildhall-ledger') {
        hasWords = object['words'] !== false;
        withheld = textsIn(object['withheld']);
      } else if ('checkpoint' in object) takeCheckpoint(object['checkpoint'], false);
      else if (isEntry(object)) takeEntry(object);
      else found(last + 1, `After entry ${String(last)} stands what is no entry.`);
    },
    proof(): LedgerProof {
      for (const seq of claims.keys()) found(seq, `A checkpoint saw entry ${String(seq)}, which is not there: the ledger ends at ${String(last)}.`);
      for (const seq of hasWords ? missing : [])
        if (!erased.has(seq)) found(seq, `The words of entry ${String(seq)} are gone, and no erasure says why.`);
      for (const [seq, by] of erased)
        if (spoken.has(seq)) found(seq, `The words of entry ${String(seq)} are there, though entry ${String(by)} erased them.`);
      faults.sort((a, b) => a.seq - b.seq);
      const gone = [...missing].filter((seq) => erased.has(seq)).length;
      return { holds: faultCount === 0, entries: last, head, words, erased: gone, checkpoints, faultCount, faults };
    },
  };
}

function isEntry(value: Readonly<Record<string, unknown>>): value is Entry {
  const { seq, at, commitment, words } = value as Partial<Entry>;
  if (Object.keys(value).sort().join() !== entryFields || !Number.isSafeInteger(seq) || !Number.isSafeInteger(at)) return false;
  const texts = [value['kind'], value['actor'], value['subject'], value['body'], value['previous'], value['hash'], commitment ?? ''];
  const said = words === null || words === undefined ? [] : [words.salt, words.text, Object.keys(words).length === 2 ? '' : null];
  return [...texts, ...said].every((each) => typeof each === 'string');
}

function isCheckpoint(value: unknown): value is Checkpoint {
  const { seq, entries, at, hash: claimedHash, keyId, signature } = (value ?? {}) as Partial<Checkpoint>;
  return [seq, entries, at].every(Number.isSafeInteger) && [claimedHash, keyId, signature].every((each) => typeof each === 'string');
}

function textsIn(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
}

function erasedBy(body: string): readonly number[] {
  const { entries } = (parsed(body) ?? {}) as { readonly entries?: unknown };
  return Array.isArray(entries) ? entries.filter((each) => typeof each === 'number') : [];
}

function keyIdOf(key: KeyObject): string {
  return hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 32);
}

/** The value of a JSON text; null when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
