import { generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto';
import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import { checkpointOf, type Checkpoint } from '#desk/ledger/checkpoint.ts';
import type { KeptEntry } from '#model/act.ts';

/** Numbers from 0 below `below`, the same for the same seed. */
export type Draw = (below: number) => number;

/** A ledger as it lies in an export, with the keys of its office and the checkpoints that lie outside. */
export type MadeLedger = {
  readonly entries: KeptEntry[];
  /** The office's own. */
  readonly inside: Checkpoint[];
  readonly outside: Checkpoint[];
  readonly keys: KeyObject[];
};

/** A source of numbers (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The office's pair of keys and one of somebody else. */
export const officeKeys = generateKeyPairSync('ed25519');
export const foreignKeys = generateKeyPairSync('ed25519');

/** The signed head of entries, as the office makes it. */
export function signedHead(entries: readonly KeptEntry[], keys = officeKeys): Checkpoint {
  const last = entries.at(-1) ?? { ...noHead, at: 0 };
  const keyId = hash('sha256', keys.publicKey.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 32);
  return checkpointOf(last, last.at + 1, keyId, (text) => sign(null, Buffer.from(text), keys.privateKey).toString('base64'));
}

/** The acts chained again from the beginning, as somebody who may write to the database can; words and their commitments follow. */
export function rechained(entries: readonly KeptEntry[]): KeptEntry[] {
  const salts = entries.flatMap((each) => (each.commitment === null ? [] : [each.words?.salt ?? 'lost']));
  const acts = entries.map(({ at, kind, actor, subject, body, commitment, words }): NewAct => {
    const said: unknown = commitment === null ? null : JSON.parse(words?.text ?? '{}');
    return { at, kind, actor, subject, body: JSON.parse(body), words: said };
  });
  const made = chained(noHead, acts, () => salts.shift() ?? '');
  const words = new Map(made.words.map((each) => [each.seq, { salt: each.salt, text: each.text }]));
  return made.entries.map((entry, index) => ({ ...entry, words: entries[index]?.words === null ? null : (words.get(entry.seq) ?? null) }));
}

/** A ledger of a number of acts: with words, without, some erased by an act that says so, and checkpoints at a third, two thirds and the end. */
export function madeLedger(draw: Draw, size: number): MadeLedger {
  const acts = Array.from({ length: size }, (_, index): NewAct => actAt(draw, index));
  const { entries, words } = chained(noHead, acts, () => `salt-${String(draw(1e9))}`);
  const erased = new Set(acts.flatMap((act) => (act.kind === 'erase-words' ? (act.body as { readonly entries: readonly number[] }).entries : [])));
  const bySeq = new Map(words.filter((each) => !erased.has(each.seq)).map((each) => [each.seq, { salt: each.salt, text: each.text }]));
  const kept = entries.map((entry) => ({ ...entry, words: bySeq.get(entry.seq) ?? null }));
  const signed = [1 / 3, 2 / 3, 1].map((part) => signedHead(kept.slice(0, Math.max(1, Math.ceil(size * part)))));
  return { entries: kept, inside: signed.slice(0, 2), outside: signed, keys: [officeKeys.publicKey] };
}

function actAt(draw: Draw, index: number): NewAct {
  const at = Date.UTC(2026, 0, 1) + index * 60_000;
  const actor = `person:${String(draw(5))}`;
  const who = { at, actor };
  if (index > 5 && index % 17 === 16)
    return { ...who, kind: 'erase-words', subject: 'ledger', body: { entries: [index - 3], basis: 'retention' }, words: { reason: 'Over.' } };
  if (index % 4 === 1)
    return { ...who, kind: 'assign', subject: `finding:${String(draw(9))}`, body: { to: `person:${String(draw(5))}` }, words: null };
  return {
    ...who,
    kind: 'comment',
    subject: `finding:${String(draw(9))}`,
    body: { finding: draw(1000) },
    words: { text: `Said ${String(draw(1e6))}` },
  };
}
