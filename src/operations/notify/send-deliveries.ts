import { readFileSync } from 'node:fs';
import type { Desk } from '#desk/desk.ts';
import type { Message } from '#desk/notices/notice.ts';
import { storedJson } from '#language/readers/json.ts';
import { redactText } from '#language/redact.ts';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { DeliveryTable } from '#store/schema.ts';
import type { RemoteAccess } from '../collect-remote.ts';
import type { Context } from '../context.ts';
import type { Channel, Notify } from '../notify-configuration.ts';
import { sayByMail } from './channels/mail.ts';
import { failedFor, type Outcome, type Sending } from './channels/outcome.ts';
import { sayInSlack } from './channels/slack.ts';
import { sayInTeams } from './channels/teams.ts';
import { sayByWebhook } from './channels/webhook.ts';

const leaseMs = 5 * 60_000;
const atOnce = 10;
const firstRetryMs = 30_000;
const longestRetryMs = 4 * 3_600_000;
/** With the pauses between them these are about two days. */
const mostTries = 20;
const later: Outcome = { kind: 'failed', problem: 'The channel failed a moment ago.', again: true };

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
export async function sendDeliveries({ store, clock }: Context, senders: Senders, isStopped: () => boolean = () => false): Promise<number> {
  const { deliveries } = store;
  let count = 0;
  let desk: Desk | null = null;
  const down = new Set<string>();
  while (!isStopped()) {
    const taken = await deliveries.take(clock(), senders.leaseMs ?? leaseMs, atOnce);
    if (taken.length === 0) return count;
    desk ??= await senders.desk();
    for (const delivery of taken) {
      const outcome = down.has(delivery.channel) ? later : await sendOne({ ...senders, desk }, delivery, clock());
      if (outcome.kind === 'sent') {
        await deliveries.sent(delivery, clock());
        count += 1;
        continue;
      }
      // What does not answer is not asked ten times in a row.
      if (outcome.again) down.add(delivery.channel);
      const isOver = !outcome.again || delivery.tries >= mostTries;
      await deliveries.failed(delivery, redactText(outcome.problem), isOver ? null : clock() + pauseMs(delivery.tries));
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

async function sendOne({ notify, access, desk }: Known, delivery: DeliveryTable, now: number): Promise<Outcome> {
  const channel = notify.channels.find((each) => each.name === delivery.channel);
  if (channel === undefined) return { kind: 'failed', problem: `The channel ${delivery.channel} is no longer configured.`, again: false };
  return say(channel, { notify, access, desk }, { delivery, message: storedJson(delivery.body) as Message, now });
}

/** Says one message on a channel; whatever goes wrong is an outcome. */
export async function say(channel: Channel, { notify, access, desk }: Known, what: Pick<Sending, 'delivery' | 'message' | 'now'>): Promise<Outcome> {
  try {
    const ca = access.caFile === null ? null : [readFileSync(access.caFile, 'utf8')];
    // The operator named the host, which may be an inner one.
    const configuredHosts = channel.kind === 'mail' ? [] : [new URL(channel.url).host];
    const request = fetchThrough({ proxy: access.proxy, configuredHosts, ca });
    const sending = { ...what, office: notify.office?.replace(/\/+$/, '') ?? null, desk, request, ca };
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
