import type { Problem } from '#model/problem.ts';
import type { StoredReceipt } from '#store/store.ts';

/** A receipt as clients see it. Times are ISO 8601; the store's own number stays inside. */
export type ReceiptView = {
  readonly id: string;
  readonly source: SourceKind;
  readonly origin: string;
  readonly revision: string | null;
  readonly outcome: 'complete' | 'partial' | 'failed';
  readonly validAt: string;
  readonly receivedAt: string;
  readonly confirmedAt: string;
};

/** Where observations come from. */
export type SourceKind = 'git' | 'folder' | 'file' | 'image' | 'upload' | 'osv' | 'kev' | 'epss' | 'registry' | 'end-of-life' | 'attestation';

/** A problem as clients see it: what it does not say is null. */
export type ProblemView = Omit<Problem, 'path' | 'line'> & { readonly path: string | null; readonly line: number | null };

/** A receipt as clients see it. */
export function receiptView(receipt: StoredReceipt): ReceiptView {
  return {
    id: receipt.publicId,
    source: receipt.source as SourceKind,
    origin: receipt.origin,
    revision: receipt.revision,
    outcome: receipt.outcome,
    validAt: new Date(receipt.validAt).toISOString(),
    receivedAt: new Date(receipt.receivedAt).toISOString(),
    confirmedAt: new Date(receipt.confirmedAt).toISOString(),
  };
}

/** A problem as clients see it. */
export function problemView({ code, message, path, line, severity }: Problem): ProblemView {
  return { code, message, path: path ?? null, line: line ?? null, severity };
}
