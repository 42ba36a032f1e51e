import { readFileSync } from 'node:fs';
import type { Desk } from '#desk/desk.ts';
import type { Message } from '#desk/notices/notice.ts';
import type { Ticket } from '#desk/tickets/ticket.ts';
import { storedJson } from '#language/readers/json.ts';
import { redactText } from '#language/redact.ts';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { DeliveryTable } from '#store/schema.ts';
import type { DeliveryStore } from '#store/store.ts';
import type { RemoteAccess } from '../collect-remote.ts';
import type { Context } from '../context.ts';
import { isTicketChannel, type Channel, type MessageChannel, type Notify } from '../notify-configuration.ts';
import { sayByMail } from './channels/mail.ts';
import { failedFor, type Outcome, type Sending } from './channels/outcome.ts';
import { sayInSlack } from './channels/slack.ts';
import { sayInTeams } from './channels/teams.ts';
import { sayByWebhook } from './channels/webhook.ts';
import { ticketKind } from './tickets/collect-tickets.ts';
import { keepTicket, ticketSystem } from './tickets/keep-ticket.ts';
import { linkOf, linkText } from './tickets/ticket-link.ts';
import type { TicketSystem } from './tickets/ticket-system.ts';

const leaseMs = 5 * 60_000;
const atOnce = 10;
const firstRetryMs = 30_000;
const longestRetryMs = 4 * 3_600_000;
/** With the pauses between them these are about two days. */
const mostTries = 20;
const longestWaitMs = 24 * 3_600_000;

/** What sending rests on. */
export type Senders = {
  readonly notify: Notify;
  readonly access: Pick<RemoteAccess, 'proxy' | 'caFile'>;
  /** What people have done, read once something is to be sent. */
  readonly desk: () => Promise<Desk>;
  readonly leaseMs?: number;
};

/**
 * Sends what is due. Each is taken under a lease, sent, and only then marked: a process that is killed between leaves it to the next, so that it goes out at
 * least once. Gives how many went out.
 */
export async function sendDeliveries(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  senders: Senders,
  isStopped: () => boolean = () => false,
): Promise<number> {
  const { deliveries } = store;
  let count = 0;
  let desk: Desk | null = null;
  const down = new Map<string, Outcome>();
  const systems = new Map<string, TicketSystem>();
  while (!isStopped()) {
    const taken = await deliveries.take(clock(), senders.leaseMs ?? leaseMs, atOnce);
    if (taken.length === 0) return count;
    desk ??= await senders.desk();
    for (const delivery of taken) {
      const outcome = down.get(delivery.channel) ?? (await sendOne({ ...senders, desk, deliveries, systems }, delivery, clock()));
      if (outcome.kind === 'sent') {
        await deliveries.sent(delivery, clock());
        count += 1;
        continue;
      }
      // What does not answer is not asked ten times in a row.
      if (outcome.again) down.set(delivery.channel, { ...outcome, problem: 'The channel failed a moment ago.' });
      const isOver = !outcome.again || delivery.tries >= mostTries;
      const waitMs = Math.max(pauseMs(delivery.tries), Math.min(outcome.afterMs ?? 0, longestWaitMs));
      await deliveries.failed(delivery, redactText(outcome.problem), isOver ? null : clock() + waitMs);
    }
    if (down.size > 0) return count;
  }
  return count;
}

/** What saying one message rests on. */
export type Known = Pick<Senders, 'notify' | 'access'> & { readonly desk: Desk };

/** After the first try half a minute, then twice as long each time, four hours at most. */
export function pauseMs(tries: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries - 1, 20));
}

type Sender = Known & {
  readonly deliveries: Pick<DeliveryStore, 'noteRemote'>;
  /** What was opened in this run, by channel. */
  readonly systems: Map<string, TicketSystem>;
};

async function sendOne({ notify, access, desk, deliveries, systems }: Sender, delivery: DeliveryTable, now: number): Promise<Outcome> {
  const channel = notify.channels.find((each) => each.name === delivery.channel);
  if (channel === undefined) return { kind: 'failed', problem: `The channel ${delivery.channel} is no longer configured.`, again: false };
  const isTicket = delivery.kind === ticketKind;
  if (isTicketChannel(channel) !== isTicket) return { kind: 'failed', problem: `The channel ${channel.name} is of another kind now.`, again: false };
  if (!isTicketChannel(channel)) return say(channel, { notify, access, desk }, { delivery, message: storedJson(delivery.body) as Message, now });
  try {
    const system = systems.get(channel.name) ?? ticketSystem(channel, requestTo(channel, access));
    systems.set(channel.name, system);
    const note = (link: Parameters<typeof linkText>[0]): Promise<void> => deliveries.noteRemote(delivery.id, linkText(link));
    return await keepTicket(system, storedJson(delivery.body) as Ticket, { link: linkOf(delivery), note, office: officeAt(notify), now });
  } catch (error) {
    return failedFor(error);
  }
}

/** Requests to where a channel goes. The operator named the host, which may be an inner one. */
export function requestTo(channel: Channel, access: Senders['access']): ReturnType<typeof fetchThrough> {
  const url = channel.kind === 'mail' ? null : channel.kind === 'github' ? channel.api : channel.url;
  return fetchThrough({ proxy: access.proxy, configuredHosts: url === null ? [] : [new URL(url).host], ca: authorities(access) });
}

/** Private certificate authorities, PEM; null for none. */
export function authorities({ caFile }: Pick<Senders['access'], 'caFile'>): readonly string[] | null {
  return caFile === null ? null : [readFileSync(caFile, 'utf8')];
}

function officeAt({ office }: Notify): string | null {
  return office?.replace(/\/+$/, '') ?? null;
}

/** Says one message on a channel; whatever goes wrong is an outcome. */
export async function say(
  channel: MessageChannel,
  { notify, access, desk }: Known,
  what: Pick<Sending, 'delivery' | 'message' | 'now'>,
): Promise<Outcome> {
  try {
    const sending = { ...what, office: officeAt(notify), desk, request: requestTo(channel, access), ca: authorities(access) };
    switch (channel.kind) {
      case 'mail':
        return await sayByMail(channel, sending);
      case 'slack':
        return await sayInSlack(channel, sending);
      case 'teams':
        return await sayInTeams(channel, sending);
      case 'webhook':
        return await sayByWebhook(channel, sending);
      default:
        return channel satisfies never;
    }
  } catch (error) {
    return failedFor(error);
  }
}
