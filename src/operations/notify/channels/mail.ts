import { mailOf } from '#desk/notices/mail-of.ts';
import { isActive } from '#desk/people/people.ts';
import { isMailAddress, sendMail, type MailServer } from '#outbound/mailer.ts';
import type { ChannelOf } from '../../notify-configuration.ts';
import { sent, type Outcome, type Sending } from './outcome.ts';

/** Mails a message to a person or list. Where the person has left or was erased meanwhile nothing is sent. */
export async function sayByMail(channel: ChannelOf<'mail'>, { delivery, message, office, desk, now, ca }: Sending): Promise<Outcome> {
  const { recipient } = delivery;
  const addresses = recipient.startsWith('list:') ? listed(channel, recipient.slice('list:'.length)) : addressOf(recipient, desk, now);
  const mail = mailOf(message, office);
  for (const [at, to] of addresses.entries()) {
    if (!isMailAddress(to)) return { kind: 'failed', problem: 'The address of the recipient is none that can be written to.', again: false };
    try {
      await sendMail(serverOf(channel, ca), { ...mail, id: `${delivery.id}.${String(at)}`, from: channel.from, to });
    } catch (error) {
      const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
      // 5xx is the server's last word about this mail; but logins are mended by people.
      const isFinal = code >= 500 && code !== 530 && code !== 535;
      return { kind: 'failed', problem: `The mail server ${channel.host}: ${codeText(error, code)}`, again: !isFinal };
    }
  }
  return sent;
}

/** The server of a channel. */
export function serverOf({ host, port, tls, user, secret }: ChannelOf<'mail'>, ca: readonly string[] | null): MailServer {
  return { host, port, tls, ca, login: user === undefined || secret === undefined ? null : { user, secret } };
}

function listed(channel: ChannelOf<'mail'>, team: string): readonly string[] {
  return team === '' ? channel.office : (channel.lists[team] ?? []);
}

function addressOf(id: string, desk: Sending['desk'], now: number): readonly string[] {
  const person = desk.people.get(id);
  const email = person === undefined || !isActive(person, now) ? null : (person.words?.email ?? null);
  return email === null ? [] : [email];
}

/** Answers of mail servers repeat addresses, which are not kept in problems. */
function codeText(error: unknown, code: number): string {
  if (code !== 0) return `it answered ${String(code)}.`;
  return error instanceof Error && 'code' in error ? `it cannot be reached or trusted (${String(error.code)}).` : 'it cannot be reached.';
}
