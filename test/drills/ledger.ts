import { ledgerProof, type LedgerProof } from '#verifier/ledger-proof.ts';
import type { Drill } from './drill.ts';
import { drawFrom, madeLedger, type MadeLedger } from './made-ledger.ts';
import { tamperings } from './tamperings.ts';

/** How much is tried. */
export type LedgerTries = { readonly tampered: number; readonly untouched: number; readonly seed: number };

/** What was missed, by name of the tampering. */
type Missed = Readonly<Record<string, number>>;

/**
 * Falsifies ledgers in every way of `tamperings.ts` and asks the verifier, which shares no code with what made them; beside them untouched ones, of which it
 * must say nothing. Then the same without the checkpoints from outside: what only they show must go unseen, or the drill proves nothing.
 */
export function drillLedger({ tampered, untouched, seed }: LedgerTries = { tampered: 1000, untouched: 200, seed: 1 }): Drill {
  const [missed, missedWithout] = [new Map<string, number>(), new Map<string, number>()];
  for (let round = 0; round < tampered; round += 1) {
    const draw = drawFrom(seed * 100_000 + round);
    const tampering = tamperings[round % tamperings.length];
    if (tampering === undefined) break;
    const ledger = madeLedger(draw, 20 + draw(60));
    const at = tampering.tamper(ledger, draw);
    const { holds, faults } = proofOf(ledger);
    const isNamed = at === null || faults.some((each) => each.seq === at);
    if (holds || !isNamed) missed.set(tampering.name, (missed.get(tampering.name) ?? 0) + 1);
    if (proofOf({ ...ledger, outside: [] }).holds) missedWithout.set(tampering.name, (missedWithout.get(tampering.name) ?? 0) + 1);
  }
  const alarms = falseAlarms(untouched, seed);
  const unexpected = [...missedWithout.keys()].filter((name) => tamperings.every((each) => each.name !== name || !each.needsOutside));
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, each) => total + each, 0);
  return {
    name: 'ledger',
    tried: tampered + untouched,
    failed: sum(missed.values()) + alarms + unexpected.length,
    details: {
      ways: tamperings.length,
      tampered,
      found: tampered - sum(missed.values()),
      missed: Object.fromEntries(missed) satisfies Missed,
      untouched,
      falseAlarms: alarms,
      // The drill can fail: blind to the outside, the verifier misses these.
      missedWithoutCheckpoints: Object.fromEntries(missedWithout) satisfies Missed,
    },
  };
}

function falseAlarms(untouched: number, seed: number): number {
  let alarms = 0;
  for (let round = 0; round < untouched; round += 1) {
    const draw = drawFrom(seed * 900_000 + round);
    const ledger = madeLedger(draw, 1 + draw(120));
    const asked = [
      ledger,
      { ...ledger, outside: [] },
      { ...ledger, outside: ledger.outside.slice(0, 1) },
      { ...ledger, inside: [], keys: [], outside: [] },
    ];
    if (!asked.every((each) => proofOf(each).holds)) alarms += 1;
  }
  return alarms;
}

/** What the verifier says of an export, which it gets as text, as it would from a file. */
function proofOf({ entries, inside, outside, keys }: MadeLedger): LedgerProof {
  const proof = ledgerProof(outside, keys);
  const records = [{ format: 'guildhall-ledger', version: 1, words: true }, ...inside.map((checkpoint) => ({ checkpoint })), ...entries];
  for (const each of records) proof.take(JSON.parse(JSON.stringify(each)));
  return proof.proof();
}
