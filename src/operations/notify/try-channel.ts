import type { Message } from '#desk/notices/notice.ts';
import type { Channel } from '../notify-configuration.ts';
import type { Outcome } from './channels/outcome.ts';
import { say, type Known } from './send-deliveries.ts';

/** Sends a test message on a channel, past the outbox. By mail it goes to the list of a team, of the office where `team` is empty. */
export async function tryChannel(
  channel: Channel,
  known: Known,
  { id, team, now }: { readonly id: string; readonly team: string; readonly now: number },
): Promise<Outcome> {
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
