import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import { actOf } from '#desk/ledger/chain.ts';
import type { StoreReads, Store } from '#store/store.ts';
import { decisionsOn } from '../decisions-on.ts';
import { explainFinding } from '../explain-finding.ts';
import { placeById } from '../find-finding.ts';
import { receiptView } from '../receipt-view.ts';
import { withoutPrivileged } from '../shown-words.ts';
import type { Asking } from './population.ts';
import { seesLedger } from './evidence-sight.ts';

const dayMs = 86_400_000;

/**
 * What one row rests on, link by link: a finding down to the raw bytes, with what was decided of it; a component with its last observation; a decision with
 * every act about it. Acts stand there for who may read the ledger, with their hashes; words that were erased are shown as such.
 */
export async function rowChain(store: Store, reads: StoreReads, asking: Asking, id: string): Promise<unknown> {
  const { population } = asking.question;
  switch (population) {
    case 'findings':
      return findingChain(store, reads, asking, id);
    case 'components': {
      const { estate } = asking;
      const component = estate.components[estate.componentByRef.get(id) ?? -1];
      const receipt = component === undefined ? null : await reads.lastReceiptOf(component.origin);
      return { component: id, receipt: receipt === null ? null : receiptView(receipt), tree: receipt?.treeHash ?? null };
    }
    case 'decisions':
    case 'exceptions':
      return { acts: await actsAbout(reads, `decision:${id}`, asking.until) };
    default:
      return population satisfies never;
  }
}

async function findingChain(store: Store, reads: StoreReads, { estate, desk, sight, question, until }: Asking, id: string): Promise<object | null> {
  const explained = await explainFinding(store, estate, sight.findings, { id, on: onDay(question) });
  if (explained === null) return null;
  const place = placeById(estate, sight.findings, id);
  const views = place === null ? [] : decisionsOn(estate, desk, place, until - 1);
  if (!seesLedger(sight)) return { ...explained, decisions: views };
  const decisions = [];
  for (const view of views) decisions.push({ ...view, acts: await actsAbout(reads, `decision:${view.id}`, until) });
  return { ...explained, decisions };
}

async function actsAbout(reads: StoreReads, subject: string, until: number): Promise<readonly object[]> {
  const acts: object[] = [];
  for await (const page of reads.loadLedger({ subject }))
    for (const entry of page) if (entry.at < until) acts.push({ ...actOf(withoutPrivileged(entry)), previous: entry.previous, hash: entry.hash });
  return acts;
}

function onDay({ asOf }: EvidenceQuestion): number {
  return Date.parse(asOf) / dayMs;
}
