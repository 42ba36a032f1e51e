import { ticketAfter, type Ticket, type TicketNow } from '#desk/tickets/ticket.ts';
import { ticketTitle } from '#desk/tickets/ticket-text.ts';
import type { Desk } from '#desk/desk.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { NewDelivery } from '#store/store.ts';
import type { Context } from '../../context.ts';
import type { Notify, TicketChannel } from '../../notify-configuration.ts';
import { isTicketChannel } from '../../notify-configuration.ts';
import type { Triage } from '../../triage/live-triage.ts';
import { endsOf } from './ends-of.ts';
import { ticketsNow, type Standing } from './tickets-now.ts';

/** Kind of a delivery that keeps a ticket in step. */
export const ticketKind = 'issue';

/** A key that no finding has: the channel has begun. */
const begun = 'begun';
const notHere = 'It is no longer kept here.';

/**
 * Puts what tickets shall say into the outbox, where it is not what they say. A channel that is new makes none for what was there before, unless it is
 * told to: that is work that somebody already has.
 */
export async function collectTickets(context: Context, notify: Notify, triage: Triage, desk: Desk): Promise<void> {
  for (const channel of notify.channels.filter(isTicketChannel)) await collectOn(channel, context, triage, desk);
}

async function collectOn(channel: TicketChannel, { store, clock, randomId }: Context, triage: Triage, desk: Desk): Promise<void> {
  const rows = await store.deliveries.ofKind(channel.name, ticketKind);
  const before = new Map(rows.map(({ body }) => storedJson(body) as Ticket).map((ticket) => [ticket.marker, ticket]));
  const standings = ticketsNow(triage, new Map([...before].map(([marker, { component, purl }]) => [marker, { ref: component.ref, purl }])));
  const said = await store.deliveries.said(channel.name);
  const isNew = !said.has(begun);
  const here = [...standings.values()].filter(({ team }) => goesThere(team, channel, desk));
  const past = isNew && !channel.past ? here.flatMap(({ wantedBy }) => wantedBy) : [];
  const isPast = (key: string): boolean => said.has(key) || past.includes(key);
  const markers = new Set(here.map(({ now }) => now.marker));
  const changed: Ticket[] = [];
  for (const standing of here) {
    const isWanted = standing.wantedBy.some((key) => !isPast(key));
    const ticket = await ticketNow(before.get(standing.now.marker) ?? null, { ...standing.now, isWanted }, standing, store, triage);
    if (ticket !== null) changed.push(ticket);
  }
  for (const ticket of before.values()) {
    if (markers.has(ticket.marker) || !ticket.isOpen) continue;
    const elsewhere = standings.has(ticket.marker) || isMoved(ticket, triage, channel, desk);
    // What its team no longer shows here is taken out of the text, too.
    const next = elsewhere ? closedElsewhere(ticket) : await ticketNow(ticket, nothingOf(ticket), null, store, triage);
    if (next !== null) changed.push(next);
  }
  const now = clock();
  const current = new Set(here.flatMap(({ wantedBy }) => wantedBy));
  await store.deliveries.put(channel.name, {
    say: isNew ? [begun, ...past] : [],
    forget: [...said].filter((key) => key !== begun && !current.has(key)),
    post: changed
      .filter((ticket) => canonicalJson(ticket) !== canonicalJson(before.get(ticket.marker) ?? null))
      .map((ticket) => deliveryOf(ticket, channel, now, randomId())),
    now,
  });
}

function ticketNow(
  before: Ticket | null,
  now: TicketNow,
  standing: Standing | null,
  store: Context['store'],
  triage: Triage,
): Promise<Ticket | null> | Ticket | null {
  const open = new Set(now.findings.map(({ id }) => id));
  const gone = before?.findings.filter(({ id }) => !open.has(id) && standing?.settled.has(id) !== true) ?? [];
  const settledBecause = (id: string): string | null => standing?.settled.get(id) ?? null;
  if (gone.length === 0) return ticketAfter(before, now, settledBecause);
  return endsOf(store, triage.judging.estate, now.component.ref, gone).then((ends) =>
    ticketAfter(before, now, (id) => settledBecause(id) ?? ends.get(id) ?? null),
  );
}

function nothingOf({ marker, component, package: name, purl }: Ticket): TicketNow {
  return { marker, component, package: name, purl, findings: [], isWanted: false };
}

function closedElsewhere(ticket: Ticket): Ticket {
  return { ...ticket, findings: [], ended: ticket.findings.map(({ id }) => ({ id, name: 'A finding', because: notHere })), isOpen: false };
}

/** Its component is there and its findings may be, but not for this channel. */
function isMoved({ component }: Ticket, { judging: { estate } }: Triage, channel: TicketChannel, desk: Desk): boolean {
  const holder = estate.components[estate.componentByRef.get(component.ref) ?? -1];
  return holder !== undefined && !goesThere(holder.team, channel, desk);
}

/** What restricted teams have open is shown only where the configuration names them. */
function goesThere(team: string | null, channel: TicketChannel, desk: Desk): boolean {
  if (channel.teams !== undefined) return team !== null && channel.teams.includes(team);
  return team === null || !desk.access.restricted.has(team);
}

function deliveryOf(ticket: Ticket, channel: TicketChannel, now: number, id: string): NewDelivery {
  const title = ticketTitle(ticket);
  return { id, key: `${channel.name} ${ticket.marker}`, recipient: '', kind: ticketKind, title, body: canonicalJson(ticket), due: now };
}
