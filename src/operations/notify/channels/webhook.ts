import { createHmac } from 'node:crypto';
import type { ChannelOf } from '../../notify-configuration.ts';
import { jsonBody, linkTo, outcomeOf, type Outcome, type Sending } from './outcome.ts';

/** Posts a message as signed JSON. How a receiver checks it stands in docs/running.md. */
export async function sayByWebhook({ url, secret }: ChannelOf<'webhook'>, { delivery, message, office, now, request }: Sending): Promise<Outcome> {
  const body = jsonBody({
    id: delivery.id,
    at: new Date(delivery.created).toISOString(),
    kind: message.kind,
    title: message.title,
    lines: message.lines.map((line) => ({ text: line.text, url: linkTo(office, line.page) })),
    more: message.more,
    url: linkTo(office, message.page),
  });
  const timestamp = String(Math.floor(now / 1000));
  const headers = {
    'content-type': 'application/json',
    'guildhall-delivery': delivery.id,
    'guildhall-timestamp': timestamp,
    'guildhall-signature': `v1=${webhookSignature(secret, timestamp, body)}`,
  };
  const answer = await request(url, { method: 'POST', headers, body });
  return outcomeOf(answer.status, new URL(url).host);
}

/** HMAC-SHA256 (hex) over timestamp, a dot and the bytes of the body. */
export function webhookSignature(secret: string, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}
