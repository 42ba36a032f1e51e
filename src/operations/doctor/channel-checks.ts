import { greetMailServer } from '#outbound/mailer.ts';
import { serverOf } from '../notify/channels/mail.ts';
import { authorities, requestTo, type Senders } from '../notify/send-deliveries.ts';
import { greetTickets } from '../notify/tickets/greet-tickets.ts';
import { isTicketChannel, type Channel, type ChannelOf, type Notify, type TicketChannel } from '../notify-configuration.ts';
import { fault, ok, warning, type Check } from './check.ts';
import { nextSteps, whyUnreachable, type Unreachable } from './reach.ts';

type Access = Senders['access'];

/** Asks every channel whether it answers and takes the credentials. Nobody is sent anything. */
export async function channelChecks({ channels, office }: Notify, access: Access): Promise<readonly Check[]> {
  const found = await Promise.all(channels.map((channel) => channelCheck(channel, access)));
  const next = 'Set notify.office to where people reach the office.';
  return channels.length > 0 && office === undefined ? [...found.flat(), warning('notify', 'Messages have no links.', next)] : found.flat();
}

async function channelCheck(channel: Channel, access: Access): Promise<readonly Check[]> {
  const name = `channel ${channel.name}`;
  try {
    if (isTicketChannel(channel)) return [await ticketCheck(name, channel, access)];
    switch (channel.kind) {
      case 'mail':
        return await mailChecks(name, channel, access);
      case 'slack':
        return [await slackCheck(name, channel, access)];
      case 'teams':
      case 'webhook':
        return [await answerCheck(name, channel, access)];
      default:
        return channel satisfies never;
    }
  } catch (error) {
    return [judged(name, null, error instanceof Error ? error.message : String(error))];
  }
}

async function mailChecks(name: string, channel: ChannelOf<'mail'>, access: Access): Promise<readonly Check[]> {
  const lost = 'Name addresses under office of this channel.';
  const unheard = channel.office.length > 0 ? [] : [warning(name, 'What nobody else is found for may reach nobody.', lost)];
  try {
    await greetMailServer(serverOf(channel, authorities(access)));
    return [ok(name, `${channel.host} answers${channel.user === undefined ? '' : ' and takes the login'}`), ...unheard];
  } catch (error) {
    const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
    const message = error instanceof Error ? error.message : String(error);
    const isTls = error instanceof Error && 'code' in error && error.code === 'ETLS';
    // What a mail server answers may repeat the login.
    const shown = isTls
      ? `${channel.host} offers no TLS by STARTTLS.`
      : code === 0
        ? `${channel.host}: ${message}`
        : `${channel.host} answered ${String(code)}.`;
    const isLogin = code === 530 || code === 534 || code === 535;
    return [isLogin ? fault(name, shown, channelSteps.token ?? '', 3) : judged(name, null, shown), ...unheard];
  }
}

/** An empty body is refused by a URL that is good, and nothing is posted (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
async function slackCheck(name: string, channel: ChannelOf<'slack'>, access: Access): Promise<Check> {
  const body = Buffer.from('{}');
  const answer = await requestTo(channel, access)(channel.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (answer.status === 400) return ok(name, 'answers and knows the URL');
  return judged(name, answer.status, `${new URL(channel.url).host} answered ${String(answer.status)}.`);
}

/** Every message is taken for one, so it is only asked whether anybody answers. */
async function answerCheck(name: string, channel: ChannelOf<'teams' | 'webhook'>, access: Access): Promise<Check> {
  const answer = await requestTo(channel, access)(channel.url, { method: 'HEAD', headers: {}, body: null });
  const { host } = new URL(channel.url);
  if (answer.status < 500) return ok(name, `${host} answers; whether it takes messages is seen by guildhall notify test ${channel.name}`);
  return judged(name, answer.status, `${host} answered ${String(answer.status)}.`);
}

async function ticketCheck(name: string, channel: TicketChannel, access: Access): Promise<Check> {
  const greeted = await greetTickets(channel, requestTo(channel, access));
  if (greeted.kind === 'sent') return ok(name, 'answers, and tickets can be kept there');
  return judged(name, greeted.status ?? null, greeted.problem);
}

function judged(name: string, status: number | null, message: string): Check {
  const why = whyUnreachable(status, message);
  return fault(name, message, channelSteps[why] ?? nextSteps[why], 3);
}

const channelSteps: Readonly<Partial<Record<Unreachable, string>>> = {
  token: 'It wants other credentials: check user and secret of the channel, and that they have not expired.',
  right: 'It knows the credentials and forbids this: give them the rights that docs/running.md names.',
  rate: 'It is asked too often: wait, or use credentials with a higher limit.',
  missing: 'It is not there, or these credentials may not see it: check the URL, repository or project of the channel.',
  other: 'Check the channel in the configuration, then try guildhall notify test.',
};
