import { hash } from 'node:crypto';
import { foldAct, emptyDesk, type Desk } from '#desk/desk.ts';
import { standingOf } from '#desk/decisions/decisions.ts';
import { actOf } from '#desk/ledger/chain.ts';
import type { Estate } from '#estate/estate.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { csvLine } from '#language/csv.ts';
import { storedJson } from '#language/readers/json.ts';
import type { KeptEntry } from '#model/act.ts';
import type { Visibility } from '#model/visibility.ts';
import { cra } from '#reports/controls/cra.ts';
import { dora } from '#reports/controls/dora.ts';
import { iso18974 } from '#reports/controls/iso-18974.ts';
import type { Store, StoreReads } from '#store/store.ts';
import { keptCheckpoints } from './checkpoint-ledger.ts';
import { evidenceIndex } from './evidence-index.ts';
import type { Coverage, EvidenceQuestion } from './evidence-question.ts';
import { explainFinding } from './explain-finding.ts';
import { stretchAt } from './find-finding.ts';
import { findingView } from './finding-view.ts';
import { actKindOf } from './live-desk.ts';
import { receiptView } from './receipt-view.ts';

/** A pack: files by name, the manifest with their hashes last. The same question to the same facts gives the same bytes. */
export type EvidencePack = {
  readonly count: number;
  readonly hash: string;
  readonly sample: readonly string[];
  readonly files: ReadonlyMap<string, string>;
};

/** What a pack says of a row, beside its id. */
type Row = { readonly id: string; readonly cells: readonly string[] };

const dayMs = 86_400_000;

/** Draws a sample and puts together what it rests on. `estate` is that of the end of `asOf`; `name` of the office. */
export async function evidencePack(
  store: Store,
  estate: Estate,
  visibility: Visibility,
  name: string,
  question: EvidenceQuestion,
): Promise<EvidencePack> {
  return store.snapshot(async (reads) => {
    const until = Date.parse(question.known) + dayMs;
    const acts = await actsUntil(reads, until);
    const desk = deskOf(acts);
    const { head, rows } = populationOf(estate, desk, visibility, question, until);
    const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const ids = sorted.map(({ id }) => id);
    const proof = hash('sha256', ids.map((id) => `${id}\n`).join(''), 'hex');
    const sample = sampleOf(ids, question.seed, question.size);
    const checkpoints = (await keptCheckpoints(reads)).filter((each) => each.at < until);
    const files = new Map<string, string>();
    files.set('population.csv', [head, ...sorted.map((row) => [row.id, ...row.cells])].map((cells) => csvLine(cells)).join(''));
    for (const [index, id] of sample.entries()) {
      const chain = await chainOf(store, reads, estate, visibility, question, acts, id);
      files.set(`sample/${String(index + 1).padStart(4, '0')}.json`, jsonOf({ id, chain }));
    }
    files.set('coverage.json', jsonOf(coverageOf(estate, visibility)));
    files.set('ledger.json', jsonOf({ entries: acts.length, head: acts.at(-1)?.hash ?? null, checkpoint: checkpoints.at(-1) ?? null }));
    for (const framework of [dora, cra, iso18974]) files.set(`controls/${framework.id}.json`, jsonOf(framework));
    const population = { count: ids.length, hash: proof };
    files.set('index.md', evidenceIndex(name, question, population, sample, coverageOf(estate, visibility), [dora, cra, iso18974]));
    const hashes = Object.fromEntries([...files].map(([file, text]) => [file, hash('sha256', text, 'hex')]));
    files.set('manifest.json', jsonOf({ format: 'guildhall-evidence', version: 1, office: name, question, population, sample, files: hashes }));
    return { ...population, sample, files };
  });
}

/** The `size` ids whose SHA-256 of seed, NUL and id is least, in that order: whoever has ids and seed draws the same. */
export function sampleOf(ids: readonly string[], seed: string, size: number): readonly string[] {
  return ids
    .map((id) => ({ id, rank: hash('sha256', `${seed}\0${id}`, 'hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}

async function actsUntil(reads: StoreReads, until: number): Promise<readonly KeptEntry[]> {
  const acts: KeptEntry[] = [];
  for await (const page of reads.loadLedger()) for (const entry of page) if (entry.at < until) acts.push(entry);
  return acts;
}

function deskOf(acts: readonly KeptEntry[]): Desk {
  const desk = emptyDesk();
  for (const entry of acts) foldAct(desk, actOf(entry), (kind) => actKindOf(kind)?.fold);
  return desk;
}

function populationOf(
  estate: Estate,
  desk: Desk,
  visibility: Visibility,
  { population, team }: EvidenceQuestion,
  until: number,
): { readonly head: readonly string[]; readonly rows: readonly Row[] } {
  switch (population) {
    case 'components':
      return { head: ['component', 'team', 'origin', 'read'], rows: componentRows(estate, visibility, team) };
    case 'findings':
      return {
        head: ['finding', 'component', 'team', 'package', 'advisory', 'severity', 'opened'],
        rows: findingRows(estate, visibility, team, until),
      };
    case 'decisions':
    case 'exceptions':
      return {
        head: ['decision', 'verdict', 'author', 'at', 'until', 'findings', 'stands'],
        rows: [...desk.decisions.byId.values()]
          .filter((each) => team === null || each.extent.teams.includes(team))
          .map((each) => ({ each, stands: standingOf(each, until - 1) }))
          .filter(
            ({ each, stands }) =>
              population === 'decisions' || (stands === 'holds' && (each.verdict === 'accepted' || each.verdict === 'workaround')),
          )
          .map(({ each, stands }) => ({
            id: each.id,
            cells: [each.verdict, each.author, isoOf(each.at), each.until === null ? '' : isoOf(each.until), String(each.extent.findings), stands],
          })),
      };
    default:
      return population satisfies never;
  }
}

function componentRows(estate: Estate, visibility: Visibility, team: string | null): readonly Row[] {
  return listedComponents(estate, visibility).flatMap((slot) => {
    const each = estate.components[slot];
    if (each === undefined || (team !== null && each.team !== team)) return [];
    return [{ id: each.ref, cells: [each.team ?? '', each.origin, isUnread(estate, slot) ? 'no' : 'yes'] }];
  });
}

function findingRows(estate: Estate, visibility: Visibility, team: string | null, until: number): readonly Row[] {
  const rows: Row[] = [];
  for (const { component, columns } of findingColumns(estate, visibility)) {
    const holder = estate.components[component];
    if (holder === undefined || (team !== null && holder.team !== team)) continue;
    for (let row = 0; row < columns.group.length; row += 1) {
      const stretch = stretchAt(estate, { component, row });
      const view = stretch === null || stretch.openedAt >= until ? null : findingView(estate, stretch);
      if (view === null) continue;
      rows.push({ id: view.id, cells: [holder.ref, holder.team ?? '', view.subject, view.advisory?.key ?? '', view.severity, view.opened] });
    }
  }
  return rows;
}

/** What one row of the sample rests on, link by link. */
async function chainOf(
  store: Store,
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  { population, asOf }: EvidenceQuestion,
  acts: readonly KeptEntry[],
  id: string,
): Promise<unknown> {
  if (population === 'findings') return explainFinding(store, estate, visibility, { id, on: Date.parse(asOf) / dayMs });
  if (population === 'components') {
    const component = estate.components[estate.componentByRef.get(id) ?? -1];
    const receipt = component === undefined ? null : await reads.lastReceiptOf(component.origin);
    return { component: id, receipt: receipt === null ? null : receiptView(receipt), tree: receipt?.treeHash ?? null };
  }
  // Words that were erased are shown as such; the hash is that of the chain.
  return {
    acts: acts
      .filter((entry) => entry.subject === `decision:${id}`)
      .map((entry) => ({ ...actOf(entry), previous: entry.previous, hash: entry.hash })),
  };
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

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** For people to read, and the same for equal values. */
function jsonOf(value: unknown): string {
  return `${JSON.stringify(storedJson(canonicalJson(value)), null, 2)}\n`;
}
