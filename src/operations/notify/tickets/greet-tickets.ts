import type { fetchThrough } from '#outbound/fetch-through.ts';
import type { TicketChannel } from '../../notify-configuration.ts';
import { failedFor, sent, type Outcome } from '../channels/outcome.ts';
import { ticketSystem } from './keep-ticket.ts';
import { Unanswered } from './ticket-system.ts';

/** Whether a system answers, knows the credentials and lets us keep tickets. It makes none. */
export async function greetTickets(
  channel: TicketChannel,
  request: ReturnType<typeof fetchThrough>,
): Promise<Outcome & { readonly status?: number | null }> {
  try {
    const wrong = await ticketSystem(channel, request).greet();
    return wrong === null ? sent : { kind: 'failed', problem: wrong, again: false };
  } catch (error) {
    return error instanceof Unanswered ? { kind: 'failed', problem: error.message, again: error.again, status: error.status } : failedFor(error);
  }
}
