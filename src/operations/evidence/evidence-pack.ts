import { hash } from 'node:crypto';
import { emptyDesk, foldAct, type Desk } from '#desk/desk.ts';
import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import { actOf } from '#desk/ledger/chain.ts';
import type { Refused } from '#desk/refused.ts';
import { invalid } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { csvLine } from '#language/csv.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Visibility } from '#model/visibility.ts';
import { cra } from '#reports/controls/cra.ts';
import { dora } from '#reports/controls/dora.ts';
import { iso18974 } from '#reports/controls/iso-18974.ts';
import type { Store, StoreReads } from '#store/store.ts';
import { checkpointJson, keptCheckpoints } from '../checkpoint-ledger.ts';
import { exportLedger } from '../export-ledger.ts';
import { actKindOf } from '../live-desk.ts';
import { evidenceIndex, type Coverage } from './evidence-index.ts';
import { seesLedger, type EvidenceSight } from './evidence-sight.ts';
import { columnsOf, mostRows, rowsOf, type Asking } from './population.ts';
import { rowChain } from './row-chain.ts';
import { turns, untilDone, type Running } from './running.ts';

/** A pack: files by name, the manifest with their hashes last. The same question to the same facts gives the same bytes. */
export type EvidencePack = {
  readonly count: number;
  /** SHA-256 (hex) over the sorted ids of the population, one a line. */
  readonly hash: string;
  readonly sample: readonly string[];
  readonly coverage: Coverage;
  readonly ledger: LedgerEnd;
  readonly files: ReadonlyMap<string, string>;
};

/** How far the ledger went by the day that was asked for. */
export type LedgerEnd = { readonly entries: number; readonly head: string | null; readonly checkpoint: number | null; readonly isExported: boolean };

const dayMs = 86_400_000;
/** An export of more is taken by itself: `guildhall ledger export`. */
const mostEntries = 200_000;
const frameworks = [dora, cra, iso18974];

/** Draws a sample and puts together what it rests on, as far as it may be seen. `estate` is that of the end of `asOf`; `name` of the office. */
export async function evidencePack(
  store: Store,
  estate: Estate,
  sight: EvidenceSight,
  name: string,
  question: EvidenceQuestion,
  running: Running = untilDone,
): Promise<EvidencePack | Refused> {
  return store.snapshot(async (reads) => {
    const until = Date.parse(question.known) + dayMs;
    const turn = turns(running);
    const { desk, ...end } = await deskUntil(reads, until, turn);
    const asking: Asking = { estate, desk, sight, question, until };
    const rows = await rowsOf(asking, turn);
    if (rows === null) return invalid(`More than ${String(mostRows)} rows meet this. Ask for a team, a severity or something that they name.`);
    const ids = rows.map(({ id }) => id);
    const population = { count: ids.length, hash: hash('sha256', ids.map((id) => `${id}\n`).join(''), 'hex') };
    const sample = sampleOf(ids, question.seed, question.size);
    const coverage = coverageOf(estate, sight.estate);
    const files = new Map<string, string>();
    files.set('population.csv', [columnsOf(question), ...rows.map((row) => [row.id, ...row.cells])].map((cells) => csvLine(cells)).join(''));
    for (const [index, id] of sample.entries()) {
      files.set(sampleFile(index + 1), jsonOf({ id, chain: await rowChain(store, reads, asking, id) }));
      await turn(index + 1, sample.length);
    }
    files.set('coverage.json', jsonOf(coverage));
    const ledger = await ledgerFiles(reads, files, end, sight, until);
    for (const framework of frameworks) files.set(`controls/${framework.id}.json`, jsonOf(framework));
    files.set('index.md', evidenceIndex(name, question, population, sample, coverage, frameworks, ledger.isExported));
    const hashes = Object.fromEntries([...files].map(([file, text]) => [file, hash('sha256', text, 'hex')]));
    files.set('manifest.json', jsonOf({ format: 'guildhall-evidence', version: 1, office: name, question, population, sample, files: hashes }));
    return { ...population, sample, coverage, ledger, files };
  });
}

/** Where a pack holds the chain of a row of its sample, counted from 1. */
export function sampleFile(number: number): string {
  return `sample/${String(number).padStart(4, '0')}.json`;
}

/** The `size` ids whose SHA-256 of seed, NUL and id is least, in that order: whoever has ids and seed draws the same. */
export function sampleOf(ids: readonly string[], seed: string, size: number): readonly string[] {
  return ids
    .map((id) => ({ id, rank: hash('sha256', `${seed}\0${id}`, 'hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}

/** What people had done by then, and where the ledger ended; `all` counts it whole. */
async function deskUntil(
  reads: StoreReads,
  until: number,
  turn: (done: number, of: number) => Promise<void>,
): Promise<{ readonly desk: Desk; readonly entries: number; readonly head: string | null; readonly all: number }> {
  const desk = emptyDesk();
  let [entries, all]: [number, number] = [0, 0];
  let head: string | null = null;
  for await (const page of reads.loadLedger()) {
    for (const entry of page) {
      all += 1;
      if (entry.at >= until) continue;
      foldAct(desk, actOf(entry), (kind) => actKindOf(kind)?.fold);
      entries += 1;
      head = entry.hash;
    }
    await turn(0, 1);
  }
  return { desk, entries, head, all };
}

/** Where the ledger ended, and for who may read it the ledger itself, as the separate verifier takes it: up to now, since later entries say why words are gone. */
async function ledgerFiles(
  reads: StoreReads,
  files: Map<string, string>,
  { entries, head, all }: { readonly entries: number; readonly head: string | null; readonly all: number },
  sight: EvidenceSight,
  until: number,
): Promise<LedgerEnd> {
  const checkpoints = await keptCheckpoints(reads);
  const checkpoint = checkpoints.filter((each) => each.at < until).at(-1) ?? null;
  files.set('ledger.json', jsonOf({ entries, head, checkpoint }));
  const end = { entries, head, checkpoint: checkpoint?.seq ?? null };
  if (!seesLedger(sight) || all > mostEntries) return { ...end, isExported: false };
  files.set('ledger.jsonl', (await Array.fromAsync(exportLedger(reads, { words: true }))).join(''));
  const newest = checkpoints.at(-1);
  if (newest !== undefined) files.set('checkpoint.json', checkpointJson(newest));
  return { ...end, isExported: true };
}

function coverageOf(estate: Estate, visibility: Visibility): Coverage {
  const slots = listedComponents(estate, visibility);
  const count = (is: (slot: number) => boolean): number => slots.filter(is).length;
  const notRead = count((slot) => isUnread(estate, slot));
  return {
    components: slots.length,
    read: slots.length - notRead,
    notRead,
    stale: count((slot) => estate.components[slot]?.stale_since !== null),
    withoutOwner: count((slot) => estate.components[slot]?.team === null),
  };
}

/** For people to read, and the same for equal values. */
function jsonOf(value: unknown): string {
  return `${JSON.stringify(storedJson(canonicalJson(value)), null, 2)}\n`;
}
