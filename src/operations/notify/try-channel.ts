import type { Message } from '#desk/notices/notice.ts';
import { isTicketChannel, type Channel } from '../notify-configuration.ts';
import type { Outcome } from './channels/outcome.ts';
import { requestTo, say, type Known } from './send-deliveries.ts';
import { greetTickets } from './tickets/greet-tickets.ts';

/**
 * Sends a test message on a channel, past the outbox. By mail it goes to the list of a team, of the office where `team` is empty. Where tickets are kept none is
 * made: it is asked whether they could be.
 */
export async function tryChannel(
  channel: Channel,
  known: Known,
  { id, team, now }: { readonly id: string; readonly team: string; readonly now: number },
): Promise<Outcome> {
  if (isTicketChannel(channel)) return greetTickets(channel, requestTo(channel, known.access));
  const list = channel.kind !== 'mail' ? [] : team === '' ? channel.office : (channel.lists[team] ?? []);
  if (channel.kind === 'mail' && list.length === 0)
    return { kind: 'failed', problem: 'Nobody to write to: name addresses under office, or a team of lists by --to.', again: false };
  const message: Message = {
    kind: 'digest',
    title: 'A test message',
    lines: [{ text: 'Somebody tries whether this channel works.', page: '/' }],
    more: 0,
    page: '/',
  };
  return say(channel, known, { delivery: { id, recipient: `list:${team}`, created: now }, message, now });
}
