import { ZodError } from 'zod';
import { ticketBody, ticketNews, ticketTitle } from '#desk/tickets/ticket-text.ts';
import type { Ticket } from '#desk/tickets/ticket.ts';
import type { fetchThrough } from '#outbound/fetch-through.ts';
import type { TicketChannel } from '../../notify-configuration.ts';
import { failedFor, sent, type Outcome } from '../channels/outcome.ts';
import { gitHubIssues } from './github.ts';
import { jiraIssues } from './jira.ts';
import type { TicketLink } from './ticket-link.ts';
import { Unanswered, type Draft, type RemoteTicket, type TicketSystem } from './ticket-system.ts';

/** The system of a channel. */
export function ticketSystem(channel: TicketChannel, request: ReturnType<typeof fetchThrough>): TicketSystem {
  return channel.kind === 'github' ? gitHubIssues(channel, request) : jiraIssues(channel, request);
}

/** What keeping one ticket rests on. */
export type Keeping = {
  readonly link: TicketLink | null;
  /** Keeps what is known of it there, before anything else is done. */
  readonly note: (link: TicketLink) => Promise<void>;
  /** Where people reach the office, without a slash at the end; null when nobody said. */
  readonly office: string | null;
  /** Unix milliseconds. */
  readonly now: number;
};

/**
 * Brings a ticket of another system to what it shall say. It is looked for before it is made, so that a lost answer or a killed process never makes two; every
 * step can be done again. One that somebody closed by hand is opened again only by something new.
 */
export async function keepTicket(system: TicketSystem, ticket: Ticket, keeping: Keeping): Promise<Outcome> {
  try {
    await keep(system, ticket, keeping);
    return sent;
  } catch (error) {
    if (error instanceof ZodError) return { kind: 'failed', problem: 'It answered in a shape that is not known.', again: true };
    if (!(error instanceof Unanswered)) return failedFor(error);
    return { kind: 'failed', problem: error.message, again: error.again, afterMs: error.afterMs };
  }
}

async function keep(system: TicketSystem, ticket: Ticket, { link, note, office, now }: Keeping): Promise<void> {
  const draft = { marker: ticket.marker, title: ticketTitle(ticket), body: ticketBody(ticket, office) };
  const known = link === null ? null : await system.read(link.id);
  const remote = known ?? (await system.find(ticket.marker));
  if (remote === null) {
    if (ticket.isOpen) await make(system, ticket, draft, note);
    return;
  }
  const told = link?.id === remote.id ? link.told : [];
  const isByHand = link?.id === remote.id && link.isOpen && !remote.isOpen;
  const news = ticketNews(ticket, told);
  const cameBack = ticket.findings.some(({ id }) => !told.includes(id));
  const closedByHand = isByHand ? (link.closedByHand ?? now) : null;
  const isLeft = isByHand && !cameBack;
  if (link?.id !== remote.id) await note({ ...linkTo(remote), told, closedByHand });
  if (isLeft && ticket.isOpen) {
    await note({ ...link, closedByHand });
    return;
  }
  // Before the text, since some workflows let nobody change what is closed.
  if (ticket.isOpen && !remote.isOpen) await system.reopen(remote.id);
  await system.change(remote.id, draft);
  if (news !== null && (told.length > 0 || !ticket.isOpen)) await system.say(remote.id, news);
  if (!ticket.isOpen && remote.isOpen) await system.close(remote.id);
  await note({ ...linkTo(remote), isOpen: ticket.isOpen, told: ticket.findings.map(({ id }) => id), closedByHand: null });
}

async function make(system: TicketSystem, ticket: Ticket, draft: Draft, note: Keeping['note']): Promise<void> {
  const made = await system.create(draft);
  await note({ ...linkTo(made), told: ticket.findings.map(({ id }) => id), closedByHand: null });
}

function linkTo({ id, url, isOpen }: RemoteTicket): Pick<TicketLink, 'id' | 'url' | 'isOpen'> {
  return { id, url, isOpen };
}
