import type { ChannelOf } from '../../notify-configuration.ts';
import { jsonBody, linkTo, outcomeOf, type Outcome, type Sending } from './outcome.ts';

/**
 * Says a message in Microsoft Teams, to a workflow that posts cards (https://learn.microsoft.com/connectors/teams/). Text runs of a rich text block know no
 * Markdown, so that names of others are text (https://adaptivecards.io/explorer/TextRun.html).
 */
export async function sayInTeams({ url }: ChannelOf<'teams'>, { message, office, request }: Sending): Promise<Outcome> {
  const href = linkTo(office, message.page);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      paragraph(message.title, { weight: 'bolder' }),
      ...message.lines.map((line) => paragraph(`• ${line.text}`)),
      ...(message.more === 0 ? [] : [paragraph(`and ${String(message.more)} more`)]),
    ],
    actions: href === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in the office', url: href }],
  };
  const body = jsonBody({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] });
  const answer = await request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return outcomeOf(answer.status, new URL(url).host);
}

function paragraph(text: string, style: object = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...style }] };
}
