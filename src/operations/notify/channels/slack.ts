import type { ChannelOf } from '../../notify-configuration.ts';
import { jsonBody, linkTo, outcomeOf, type Outcome, type Sending } from './outcome.ts';

/** Says a message in Slack (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). Names of others can neither link nor call anybody. */
export async function sayInSlack({ url }: ChannelOf<'slack'>, { message, office, request }: Sending): Promise<Outcome> {
  const linked = (text: string, page: string): string => {
    const href = linkTo(office, page);
    return href === null ? plain(text) : `<${plain(href)}|${plain(text)}>`;
  };
  const lines = [
    `*${plain(message.title)}*`,
    ...message.lines.map((line) => `• ${linked(line.text, line.page)}`),
    ...(message.more === 0 ? [] : [linked(`and ${String(message.more)} more`, message.page)]),
  ];
  const body = jsonBody({ text: lines.join('\n'), unfurl_links: false, unfurl_media: false });
  const answer = await request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return outcomeOf(answer.status, new URL(url).host);
}

/** Text that Slack takes for nothing but text: what begins links, mentions and marks is written otherwise. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '¦')
    .replace(/[*_~`]/g, '\u200b$&');
}
