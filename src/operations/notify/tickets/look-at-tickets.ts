import type { DeliveryStore } from '#store/store.ts';
import type { Context } from '../../context.ts';
import { isTicketChannel, type Notify, type TicketChannel } from '../../notify-configuration.ts';
import { requestTo, type Senders } from '../send-deliveries.ts';
import { ticketKind } from './collect-tickets.ts';
import { ticketSystem } from './keep-ticket.ts';
import { linkOf, linkText } from './ticket-link.ts';

const lookBackMs = 7 * 24 * 3_600_000;

/** Notes which tickets somebody closed by hand in the other system, and which were opened again there. It closes no finding: only evidence and decisions do. */
export async function lookAtTickets({ store, clock }: Context, notify: Notify, access: Senders['access'], isStopped: () => boolean): Promise<void> {
  const failures: unknown[] = [];
  for (const channel of notify.channels.filter(isTicketChannel)) {
    if (isStopped()) return;
    try {
      await lookOn(channel, store.deliveries, access, clock());
    } catch (error) {
      failures.push(error);
    }
  }
  // One that does not answer keeps nobody from looking at the others.
  if (failures.length > 0) throw new Error('Not every system that keeps tickets could be asked. guildhall doctor says why.', { cause: failures[0] });
}

async function lookOn(channel: TicketChannel, deliveries: DeliveryStore, access: Senders['access'], now: number): Promise<void> {
  const linked = (await deliveries.ofKind(channel.name, ticketKind)).flatMap((row) => {
    const link = linkOf(row);
    return link?.isOpen === true ? [{ id: row.id, was: row.remote ?? '', link }] : [];
  });
  if (linked.length === 0) return;
  const system = ticketSystem(channel, requestTo(channel, access));
  const closed = new Set(await system.closedSince(now - lookBackMs, now));
  for (const { id, was, link } of linked) {
    if (link.closedByHand === null && closed.has(link.id)) await deliveries.noteRemote(id, linkText({ ...link, closedByHand: now }), was);
    if (link.closedByHand === null || closed.has(link.id)) continue;
    const isOpenAgain = (await system.read(link.id))?.isOpen === true;
    if (isOpenAgain) await deliveries.noteRemote(id, linkText({ ...link, closedByHand: null }), was);
  }
}
