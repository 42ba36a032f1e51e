import type { Context } from '../../context.ts';
import { isTicketChannel, type Notify } from '../../notify-configuration.ts';
import { requestTo, type Senders } from '../send-deliveries.ts';
import { ticketKind } from './collect-tickets.ts';
import { ticketSystem } from './keep-ticket.ts';
import { linkOf, linkText } from './ticket-link.ts';

const lookBackMs = 7 * 24 * 3_600_000;

/** Notes which tickets somebody closed by hand in the other system, and which were opened again there. It closes no finding: only evidence and decisions do. */
export async function lookAtTickets({ store, clock }: Context, notify: Notify, access: Senders['access'], isStopped: () => boolean): Promise<void> {
  const now = clock();
  for (const channel of notify.channels.filter(isTicketChannel)) {
    const linked = (await store.deliveries.ofKind(channel.name, ticketKind)).flatMap((row) => {
      const link = linkOf(row);
      return link?.isOpen === true ? [{ id: row.id, was: row.remote ?? '', link }] : [];
    });
    if (linked.length === 0 || isStopped()) continue;
    const system = ticketSystem(channel, requestTo(channel, access));
    const closed = new Set(await system.closedSince(now - lookBackMs, now));
    for (const { id, was, link } of linked) {
      if (link.closedByHand === null && closed.has(link.id)) await store.deliveries.noteRemote(id, linkText({ ...link, closedByHand: now }), was);
      if (link.closedByHand === null || closed.has(link.id)) continue;
      const isOpenAgain = (await system.read(link.id))?.isOpen === true;
      if (isOpenAgain) await store.deliveries.noteRemote(id, linkText({ ...link, closedByHand: null }), was);
    }
  }
}
