import type { Block } from '#desk/tickets/rich-text.ts';

/** A ticket as another system has it. */
export type RemoteTicket = { readonly id: string; readonly url: string; readonly isOpen: boolean };

/** What a ticket is made or changed to. */
export type Draft = { readonly marker: string; readonly title: string; readonly body: readonly Block[] };

/** Another system that keeps tickets. Every function throws `Unanswered` when it was not done, or nobody knows whether it was. */
export type TicketSystem = {
  /** The one with this marker, whatever its state; null when there is none. */
  find(marker: string): Promise<RemoteTicket | null>;
  /** Null when it is gone. */
  read(id: string): Promise<RemoteTicket | null>;
  create(draft: Draft): Promise<RemoteTicket>;
  change(id: string, draft: Draft): Promise<void>;
  say(id: string, text: readonly Block[]): Promise<void>;
  close(id: string): Promise<void>;
  reopen(id: string): Promise<void>;
  /** Ids of tickets of ours that are closed there and were changed since a moment. Unix milliseconds. */
  closedSince(since: number, now: number): Promise<readonly string[]>;
  /** Asks whether it answers and lets us keep tickets, and changes nothing: what is wrong as a sentence, null for nothing. */
  greet(): Promise<string | null>;
};

/** It was not done, or nobody knows. `again` is whether another try may go better, `afterMs` how long the other side wants to be left alone. */
export class Unanswered extends Error {
  readonly again: boolean;
  readonly status: number | null;
  readonly afterMs: number | null;
  constructor(message: string, { again, status = null, afterMs = null }: { again: boolean; status?: number | null; afterMs?: number | null }) {
    super(message);
    this.again = again;
    this.status = status;
    this.afterMs = afterMs;
  }
}
