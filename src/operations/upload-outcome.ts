import { componentRef } from '#analysis/components/component-ref.ts';
import type { Estate } from '#estate/estate.ts';
import { countsOfComponent, type LevelCounts } from '#estate/questions/findings.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Problem } from '#model/problem.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Store, StoreReads, StoredReceipt } from '#store/store.ts';
import { problemView, type ProblemView } from './receipt-view.ts';

/** What became of an upload; `read` and `failed` are final. */
export type UploadOutcome = {
  readonly id: string;
  readonly state: 'received' | 'reading' | 'read' | 'failed';
  readonly receivedAt: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly slot: string;
  /** Ref of the component; null until it is known. */
  readonly component: string | null;
  readonly format: string | null;
  readonly packages: number | null;
  readonly findings: LevelCounts | null;
  readonly problems: readonly ProblemView[];
};

/** What became of an upload by the public id of its receipt; null when there is none that may be seen. */
export async function uploadOutcome(
  store: Pick<Store, 'snapshot'>,
  estate: Estate,
  seen: { readonly uploads: Visibility; readonly findings: Visibility },
  id: string,
): Promise<UploadOutcome | null> {
  return store.snapshot(async (reads) => {
    const found = await reads.receiptByPublicId(id);
    if (found === null || found.receipt.source !== 'upload') return null;
    const { receipt } = found;
    const ref = receipt.place === null ? null : componentRef(receipt.place, '');
    const slot = ref === null ? null : componentByRef(estate, seen.uploads, ref);
    // A component that is not there yet has no team.
    const isThere = ref !== null && estate.componentByRef.has(ref);
    if (slot === null && (isThere || !isVisible({ team: null }, seen.uploads))) return null;
    const component = slot === null ? undefined : estate.components[slot];
    const base = {
      id: receipt.publicId,
      receivedAt: new Date(receipt.receivedAt).toISOString(),
      bytes: await reads.rawBytes(receipt.revision ?? ''),
      sha256: receipt.revision ?? '',
      slot: receipt.place?.slot?.replace(/^upload:/, '') ?? '',
      component: component?.ref ?? null,
    };
    const unread = { format: null, packages: null, findings: null };
    if (found.state === 'pending') return { ...base, state: 'received', ...unread, problems: [] };
    const { format, packages, problems } = await readingOf(reads, receipt);
    const all = found.problems.length > 0 ? found.problems : problems;
    const isRead = found.state === 'read' && format !== null && !(packages === 0 && all.some((problem) => problem.severity === 'error'));
    if (!isRead) return { ...base, state: 'failed', ...unread, format, problems: all.map(problemView) };
    return {
      ...base,
      state: 'read',
      format,
      packages,
      findings: slot === null || component === undefined || !isVisible(component, seen.findings) ? null : countsOfComponent(estate, slot),
      problems: all.map(problemView),
    };
  });
}

async function readingOf(
  reads: StoreReads,
  receipt: StoredReceipt,
): Promise<{ readonly format: string | null; readonly packages: number; readonly problems: readonly Problem[] }> {
  const reading = (await reads.readingsOfMain(receipt.place?.slot ?? '', receipt.revision ?? '')).at(-1);
  if (reading === undefined) return { format: null, packages: 0, problems: [] };
  const { packages, problems } = await reads.resultOf(reading);
  return { format: reading.format === 'none' ? null : reading.format, packages: packages.length, problems };
}
