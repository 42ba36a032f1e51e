import type { DeliveryTable } from '#store/schema.ts';
import type { Message } from '#desk/notices/notice.ts';
import type { Desk } from '#desk/desk.ts';
import type { fetchThrough } from '#outbound/fetch-through.ts';

/** What became of one try. `again` is whether another one may go better, `afterMs` how long the other side wants to be left alone where it says so. */
export type Outcome =
  { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly problem: string; readonly again: boolean; readonly afterMs?: number | null };

export const sent: Outcome = { kind: 'sent' };

/** What a channel sends with. */
export type Sending = {
  readonly delivery: Pick<DeliveryTable, 'id' | 'recipient' | 'created'>;
  readonly message: Message;
  /** Where people reach the office, without a slash at the end; null when nobody said. */
  readonly office: string | null;
  readonly desk: Desk;
  /** Unix milliseconds. */
  readonly now: number;
  readonly request: ReturnType<typeof fetchThrough>;
  /** PEM of private certificate authorities; null for none. */
  readonly ca: readonly string[] | null;
};

const lasting: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 413, 422]);

/** What a status says of a try; what the other side wrote is not kept. */
export function outcomeOf(status: number, host: string): Outcome {
  if (status >= 200 && status < 300) return sent;
  return { kind: 'failed', problem: `${host} answered ${String(status)}.`, again: !lasting.has(status) };
}

/** A failure that another try may mend. */
export function failedFor(error: unknown): Outcome {
  return { kind: 'failed', problem: error instanceof Error ? error.message : String(error), again: true };
}

/** The address of a page; null when nobody said where the office is. */
export function linkTo(office: string | null, page: string): string | null {
  return office === null ? null : `${office}${page}`;
}

/** JSON as it is sent. */
export function jsonBody(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
