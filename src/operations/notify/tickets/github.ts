import { z } from 'zod';
import { inMarkdown } from '#desk/tickets/in-markdown.ts';
import type { fetchThrough } from '#outbound/fetch-through.ts';
import type { ChannelOf } from '../../notify-configuration.ts';
import { jsonRequests } from './json-requests.ts';
import { Unanswered, type Draft, type RemoteTicket, type TicketSystem } from './ticket-system.ts';

const Issue = z.object({
  number: z.number().int().positive(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullable().optional(),
  pull_request: z.unknown().optional(),
});
const Issues = z.array(Issue);
const Repository = z.object({ has_issues: z.boolean(), archived: z.boolean().optional(), permissions: z.record(z.string(), z.boolean()).optional() });

// A page stays far below the megabyte that an answer may have.
const perPage = 30;
const mostPages = 400;

/** The issues of a repository (https://docs.github.com/rest/issues). What is ours bears the label and, in its text, a marker that nobody sees. */
export function gitHubIssues({ api, repository, label, secret }: ChannelOf<'github'>, request: ReturnType<typeof fetchThrough>): TicketSystem {
  const ask = jsonRequests(request, api, {
    authorization: `Bearer ${secret}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  });
  const issues = `/repos/${repository}/issues`;
  // Listing is consistent at once, searching is not. It is made once, and what is created then is added.
  let known: Promise<Map<string, RemoteTicket>> | null = null;

  async function* listed(query: string): AsyncGenerator<z.infer<typeof Issue>> {
    for (let page = 1; page <= mostPages; page += 1) {
      const found = Issues.parse(
        await ask('GET', `${issues}?labels=${encodeURIComponent(label)}&per_page=${String(perPage)}&page=${String(page)}&${query}`),
      );
      yield* found.filter((each) => each.pull_request === undefined);
      if (found.length < perPage) return;
    }
    throw new Unanswered(`${repository} has more issues with the label ${label} than can be looked through.`, { again: false });
  }

  async function byMarker(): Promise<Map<string, RemoteTicket>> {
    const markers = new Map<string, RemoteTicket>();
    for await (const each of listed('state=all&sort=created&direction=asc')) {
      const marker = /<!-- guildhall:([0-9a-f]{32}) -->/.exec(each.body ?? '')?.[1];
      // The first one counts, should somebody have copied its text.
      if (marker !== undefined && !markers.has(marker)) markers.set(marker, remoteOf(each));
    }
    return markers;
  }

  /** Whoever may not set labels has them dropped without a word, and what we made could not be found again. */
  async function ensureLabel(): Promise<void> {
    const found = await orNull(ask('GET', `/repos/${repository}/labels/${encodeURIComponent(label)}`));
    if (found === null)
      await ask('POST', `/repos/${repository}/labels`, { name: label, color: '5a6b7b', description: 'Kept in step by the open source office' });
  }

  return {
    async find(marker) {
      known ??= byMarker();
      return (await known).get(marker) ?? null;
    },
    async read(id) {
      const found = await orNull(ask('GET', `${issues}/${id}`));
      return found === null ? null : remoteOf(Issue.parse(found));
    },
    async create(draft) {
      await ensureLabel();
      const made = remoteOf(Issue.parse(await ask('POST', issues, { title: draft.title, body: bodyOf(draft), labels: [label] })));
      (await known)?.set(draft.marker, made);
      return made;
    },
    async change(id, draft) {
      await ask('PATCH', `${issues}/${id}`, { title: draft.title, body: bodyOf(draft) });
    },
    async say(id, text) {
      await ask('POST', `${issues}/${id}/comments`, { body: inMarkdown(text) });
    },
    async close(id) {
      await ask('PATCH', `${issues}/${id}`, { state: 'closed', state_reason: 'completed' });
    },
    async reopen(id) {
      await ask('PATCH', `${issues}/${id}`, { state: 'open' });
    },
    async closedSince(since) {
      const ids: string[] = [];
      for await (const each of listed(`state=closed&since=${new Date(since).toISOString()}`)) ids.push(String(each.number));
      return ids;
    },
    async greet() {
      const { has_issues: hasIssues, archived, permissions } = Repository.parse(await ask('GET', `/repos/${repository}`));
      if (!hasIssues) return `${repository} has no issues: switch them on in its settings.`;
      if (archived === true) return `${repository} is archived.`;
      return permissions?.push === false && permissions.triage !== true
        ? `The token may not label issues of ${repository}: give it the right to write issues.`
        : null;
    },
  };
}

function bodyOf({ marker, body }: Draft): string {
  return `${inMarkdown(body)}\n\n<!-- guildhall:${marker} -->`;
}

function remoteOf({ number, html_url: url, state }: z.infer<typeof Issue>): RemoteTicket {
  return { id: String(number), url, isOpen: state === 'open' };
}

/** Null for what is gone, or was moved to another repository. */
async function orNull(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unanswered && (error.status === 404 || error.status === 410 || error.status === 301)) return null;
    throw error;
  }
}
