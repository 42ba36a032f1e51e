import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import type { Problem } from '#model/problem.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { RegistryLookTable } from '#store/schema.ts';
import type { Context } from '../context.ts';
import type { PackageAsked } from './ask-package.ts';
import { foldRegistry, pathOfPackage, registrySource } from './fold-registry.ts';

/** One package that was asked about, with its look before; null for the first one. */
export type AnsweredPackage = {
  readonly ecosystem: string;
  readonly nameKey: string;
  readonly name: string;
  readonly asked: PackageAsked;
  readonly before: RegistryLookTable | null;
  /** Whether the registry was known to have it: of a package that it never had one answer of absence is enough. */
  readonly wasAbsent: boolean;
  /** Somebody asked about it who does not use it: when. */
  readonly wantedAt: number | null;
};

/**
 * Records what a registry said of some packages and folds it, in one durable transaction: a receipt with what changed, and the looks, which an unchanged
 * answer moves as well. `takenAt` is when it was asked, if that was elsewhere and not now.
 */
export async function recordAnswers(context: Context, origin: string, answered: readonly AnsweredPackage[], takenAt?: number): Promise<void> {
  const at = context.clock();
  const tree: TreeEntry[] = [];
  const raws: { hash: string; bytes: Uint8Array }[] = [];
  for (const each of answered) {
    const path = pathOfPackage(each);
    if (each.asked.kind === 'absent' && !each.wasAbsent) tree.push({ path, state: 'absent' });
    if (each.asked.kind !== 'known') continue;
    const bytes = Buffer.from(canonicalJson(each.asked.record));
    const digest = hash('sha256', bytes, 'hex');
    tree.push({ path, state: 'read', hash: digest });
    raws.push({ hash: digest, bytes });
  }
  tree.sort((a, b) => (a.path < b.path ? -1 : 1));
  const looks = answered.map((each) => lookOf(each, origin, takenAt ?? at));
  await context.store.write(async (tx) => {
    await tx.putRegistryLooks(looks);
    if (tree.length === 0) return;
    const { seq } = await tx.recordReceipt({
      publicId: context.randomId(),
      source: registrySource,
      origin,
      revision: null,
      validAt: takenAt ?? at,
      receivedAt: at,
      outcome: 'complete',
      tree,
      problems: [],
      place: null,
      raws,
    });
    const receipt = await tx.receiptBySeq(seq);
    if (receipt === null) return;
    const change = await foldRegistry(tx, receipt);
    await tx.finishReceipt(seq, 'read', [], at);
    await tx.appendChange(registrySource, change, at);
  });
}

function lookOf({ ecosystem, nameKey, name, asked, before, wantedAt }: AnsweredPackage, origin: string, at: number): RegistryLookTable {
  const wanted_at = wantedAt ?? before?.wanted_at ?? null;
  const common = { ecosystem, name_key: nameKey, name, registry: origin, asked_at: at, wanted_at };
  if (asked.kind === 'failed') {
    const { good_at = null, etag = null, last_modified = null, failures = 0 } = before ?? {};
    return { ...common, good_at, etag, last_modified, failures: failures + 1, problem: problemText(asked.problem) };
  }
  const validators = asked.kind === 'absent' ? { etag: null, last_modified: null } : { etag: asked.etag, last_modified: asked.lastModified };
  const [doubt] = asked.problems;
  return { ...common, ...validators, good_at: at, failures: 0, problem: doubt === undefined ? null : problemText(doubt) };
}

function problemText(problem: Problem): string {
  return problem.message.slice(0, 1_000);
}
