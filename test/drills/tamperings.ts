import { hash } from 'node:crypto';
import type { KeptEntry } from '#model/act.ts';
import { foreignKeys, rechained, signedHead, type Draw, type MadeLedger } from './made-ledger.ts';

/** A way to falsify a ledger: changes it in place and gives the entry at which it must show; null when it may show anywhere. */
export type Tampering = {
  readonly name: string;
  /** True when only a checkpoint from outside can show it. */
  readonly needsOutside: boolean;
  readonly tamper: (ledger: MadeLedger, draw: Draw) => number | null;
};

const fields = ['at', 'kind', 'actor', 'subject', 'body', 'commitment', 'previous', 'hash'] as const;

/** Every way that the drill tries. */
export const tamperings: readonly Tampering[] = [
  ...fields.map((field) =>
    inside(`${field} changed`, (ledger, draw) => change(ledger, place(ledger, draw), (entry) => ({ ...entry, [field]: other(entry[field]) }))),
  ),
  ...(['at', 'kind', 'actor', 'subject', 'body'] as const).map((field) =>
    inside(`${field} changed and the entry hashed anew`, (ledger, draw) => {
      const at = draw(ledger.entries.length - 1);
      change(ledger, at, (entry) => hashed({ ...entry, [field]: other(entry[field]) }));
      return at + 2;
    }),
  ),
  inside('number changed', (ledger, draw) => change(ledger, place(ledger, draw), (entry) => ({ ...entry, seq: entry.seq + 100_000 })) + 100_000),
  inside('two entries beside each other swapped', (ledger, draw) => {
    const at = draw(ledger.entries.length - 1);
    swap(ledger.entries, at, at + 1);
    return null;
  }),
  inside('two entries exchanged that keep their numbers', (ledger, draw) => {
    const [one, two] = [draw(ledger.entries.length - 2), ledger.entries.length - 1];
    const [first, second] = [at(ledger, one), at(ledger, two)];
    change(ledger, one, () => ({ ...second, seq: first.seq, previous: first.previous, hash: first.hash }));
    return change(ledger, two, () => ({ ...first, seq: second.seq, previous: second.previous, hash: second.hash }));
  }),
  inside('an entry deleted in the middle', (ledger, draw) => {
    const index = draw(ledger.entries.length - 1);
    ledger.entries.splice(index, 1);
    return index + 2;
  }),
  inside('an entry twice', (ledger, draw) => {
    const index = place(ledger, draw);
    ledger.entries.splice(index, 0, at(ledger, index));
    return null;
  }),
  inside('an entry put in between', (ledger, draw) => {
    const index = draw(ledger.entries.length - 1);
    const before = at(ledger, index);
    ledger.entries.splice(index + 1, 0, hashed({ ...before, seq: before.seq + 1, previous: before.hash, actor: 'person:forged' }));
    return before.seq + 1;
  }),
  inside('a field that nobody chained', (ledger, draw) => change(ledger, place(ledger, draw), (entry) => ({ ...entry, note: 'approved' }))),
  inside('the text of words changed', (ledger, draw) =>
    speak(ledger, draw, (entry) => ({ ...entry, words: { salt: entry.words?.salt ?? '', text: '{"text":"Never said"}' } })),
  ),
  inside('the salt of words changed', (ledger, draw) =>
    speak(ledger, draw, (entry) => ({ ...entry, words: { salt: 'other', text: entry.words?.text ?? '' } })),
  ),
  inside('words taken away', (ledger, draw) => speak(ledger, draw, (entry) => ({ ...entry, words: null }))),
  inside('words of another entry', (ledger, draw) =>
    speak(ledger, draw, (entry) => ({
      ...entry,
      words: ledger.entries.find((each) => each.words !== null && each.seq !== entry.seq)?.words ?? null,
    })),
  ),
  inside('words put where there were none', (ledger) => {
    const index = ledger.entries.findIndex((each) => each.commitment === null);
    return change(ledger, index, (entry) => ({ ...entry, words: { salt: 's', text: '{}' } }));
  }),
  inside('erased words put back, other than they were', (ledger) => {
    const index = ledger.entries.findIndex((each) => each.commitment !== null && each.words === null);
    return change(ledger, index, (entry) => ({ ...entry, words: { salt: 's', text: '{"text":"Back"}' } }));
  }),
  inside('an act of the past changed and all after it chained anew', (ledger, draw) => {
    const index = draw(Math.floor(ledger.entries.length / 2));
    change(ledger, index, (entry) => ({ ...entry, actor: 'person:forged' }));
    anew(ledger);
    return null;
  }),
  inside('an act of the past left out and all after it chained anew', (ledger, draw) => {
    ledger.entries.splice(draw(Math.floor(ledger.entries.length / 3)), 1);
    anew(ledger);
    return null;
  }),
  inside('an act put into the past and all after it chained anew', (ledger, draw) => {
    const index = draw(Math.floor(ledger.entries.length / 3));
    ledger.entries.splice(index, 0, { ...at(ledger, index), actor: 'person:forged' });
    anew(ledger);
    return null;
  }),
  inside('times moved and all chained anew', (ledger, draw) => {
    const by = (1 + draw(1000)) * 3_600_000;
    ledger.entries.forEach((_, index) => change(ledger, index, (entry) => ({ ...entry, at: entry.at - by })));
    anew(ledger);
    return null;
  }),
  outside('chained anew, its own checkpoints left out', (ledger, draw) => {
    change(ledger, place(ledger, draw), (entry) => ({ ...entry, actor: 'person:forged' }));
    anew(ledger);
    ledger.inside.length = 0;
    return null;
  }),
  inside('chained anew and signed by another key', (ledger, draw) => {
    change(ledger, place(ledger, draw), (entry) => ({ ...entry, actor: 'person:forged' }));
    anew(ledger);
    ledger.inside.splice(0, ledger.inside.length, signedHead(ledger.entries, foreignKeys));
    return null;
  }),
  outside('the newest entries cut off', (ledger, draw) => {
    ledger.entries.length -= 1 + draw(Math.floor(ledger.entries.length / 4));
    return null;
  }),
  outside('rolled back to an earlier state, as from an old dump', (ledger, draw) => {
    ledger.entries.length = 3 + draw(Math.floor(ledger.entries.length / 2));
    ledger.inside.splice(0, ledger.inside.length, ...ledger.inside.filter((each) => each.seq <= ledger.entries.length));
    return null;
  }),
  outside('emptied', (ledger) => {
    ledger.entries.length = 0;
    ledger.inside.length = 0;
    return null;
  }),
  inside('a checkpoint of its own changed', (ledger, draw) => {
    const index = draw(ledger.inside.length);
    const before = ledger.inside[index];
    if (before !== undefined) ledger.inside[index] = { ...before, at: before.at + 1 };
    return before?.seq ?? null;
  }),
  ...(['hash', 'at', 'entries', 'signature', 'keyId'] as const).map((field) =>
    outside(`${field} of a checkpoint from outside changed`, (ledger, draw) => {
      const index = draw(ledger.outside.length);
      const before = ledger.outside[index];
      if (before !== undefined) ledger.outside[index] = { ...before, [field]: other(before[field]) };
      return before?.seq ?? null;
    }),
  ),
  outside('a checkpoint from outside signed by another key', (ledger, draw) => {
    const index = draw(ledger.outside.length);
    const seq = ledger.outside[index]?.seq ?? 1;
    ledger.outside[index] = signedHead(ledger.entries.slice(0, seq), foreignKeys);
    return seq;
  }),
  outside('a checkpoint from outside replaced by one of another ledger', (ledger, draw) => {
    const foreign = rechained(ledger.entries.map((entry) => ({ ...entry, subject: 'finding:other' })));
    ledger.outside[draw(ledger.outside.length)] = signedHead(foreign);
    return null;
  }),
];

function inside(name: string, tamper: Tampering['tamper']): Tampering {
  return { name, needsOutside: false, tamper };
}

function outside(name: string, tamper: Tampering['tamper']): Tampering {
  return { name, needsOutside: true, tamper };
}

function place({ entries }: MadeLedger, draw: Draw): number {
  return draw(entries.length);
}

function at({ entries }: MadeLedger, index: number): KeptEntry {
  const entry = entries[index];
  if (entry === undefined) throw new Error(`There is no entry ${String(index)}.`);
  return entry;
}

function change(ledger: MadeLedger, index: number, made: (entry: KeptEntry) => KeptEntry): number {
  const entry = at(ledger, index);
  ledger.entries[index] = made(entry);
  return entry.seq;
}

/** Changes an entry that has words. */
function speak(ledger: MadeLedger, draw: Draw, made: (entry: KeptEntry) => KeptEntry): number {
  const spoken = ledger.entries.flatMap((entry, index) => (entry.words === null ? [] : [index]));
  return change(ledger, spoken[draw(spoken.length - 1) + 1] ?? 0, made);
}

function anew(ledger: MadeLedger): void {
  ledger.entries.splice(0, ledger.entries.length, ...rechained(ledger.entries));
}

function hashed(entry: KeptEntry): KeptEntry {
  const { seq, at: when, kind, actor, subject, body, commitment, previous } = entry;
  return { ...entry, hash: hash('sha256', JSON.stringify([seq, when, kind, actor, subject, body, commitment, previous]), 'hex') };
}

function swap(entries: KeptEntry[], one: number, two: number): void {
  const [first, second] = [entries[one], entries[two]];
  if (first !== undefined && second !== undefined) [entries[one], entries[two]] = [second, first];
}

/** Another value of the same kind. */
function other(value: string | number | null): string | number {
  if (typeof value === 'number') return value + 1;
  return value === null || value === ''
    ? 'f'.repeat(64)
    : value.startsWith('{')
      ? value.replace(/.$/, ',"z":1}')
      : `${value.slice(1)}${value.startsWith('a') ? 'b' : 'a'}`;
}
