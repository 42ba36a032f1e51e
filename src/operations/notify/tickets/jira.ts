import { z } from 'zod';
import { inAdf } from '#desk/tickets/in-adf.ts';
import { inWiki } from '#desk/tickets/in-wiki.ts';
import type { Block } from '#desk/tickets/rich-text.ts';
import type { fetchThrough } from '#outbound/fetch-through.ts';
import type { ChannelOf } from '../../notify-configuration.ts';
import { jsonRequests } from './json-requests.ts';
import { Unanswered, type Draft, type RemoteTicket, type TicketSystem } from './ticket-system.ts';

const Status = z.object({ statusCategory: z.object({ key: z.string() }) });
const Issue = z.object({ id: z.string(), key: z.string(), fields: z.object({ status: Status }) });
const Found = z.object({ issues: z.array(Issue), nextPageToken: z.string().nullable().optional(), total: z.number().optional() });
const Made = z.object({ id: z.string(), key: z.string() });
const Transitions = z.object({ transitions: z.array(z.object({ id: z.string(), name: z.string(), to: Status })) });
const Permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

const perPage = 100;
const mostPages = 100;
const needed = ['CREATE_ISSUES', 'EDIT_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES'];

/**
 * The issues of a project in Jira Cloud (https://developer.atlassian.com/cloud/jira/platform/rest/v3/) or Data Center
 * (https://docs.atlassian.com/software/jira/docs/api/REST/latest/). What is ours bears the label, and a second one of its own by which it is found.
 */
export function jiraIssues(channel: ChannelOf<'jira'>, request: ReturnType<typeof fetchThrough>): TicketSystem {
  const { url, edition, user, secret, project, issueType, label } = channel;
  const isCloud = edition === 'cloud';
  const authorization = user === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  // Data Center takes what a program posts for a forged request unless it says that it checks for none.
  const ask = jsonRequests(request, url, { authorization, 'x-atlassian-token': 'no-check' });
  const rest = isCloud ? '/rest/api/3' : '/rest/api/2';
  const textOf = (text: readonly Block[]): unknown => (isCloud ? inAdf(text) : inWiki(text));
  const remoteOf = ({ id, key, fields }: z.infer<typeof Issue>): RemoteTicket => ({
    id,
    url: `${url.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}`,
    isOpen: fields.status.statusCategory.key !== 'done',
  });
  const fieldsOf = ({ title, body }: Draft): object => ({ summary: title, description: textOf(body) });

  async function* found(jql: string): AsyncGenerator<z.infer<typeof Issue>> {
    let next: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const common = { jql, fields: ['status'], maxResults: perPage };
      const answer = isCloud
        ? await ask('POST', `${rest}/search/jql`, next === null ? common : { ...common, nextPageToken: next })
        : await ask('POST', `${rest}/search`, { ...common, startAt: page * perPage });
      const { issues, nextPageToken } = Found.parse(answer);
      yield* issues;
      next = nextPageToken ?? null;
      if (isCloud ? next === null : issues.length < perPage) return;
    }
    throw new Unanswered(`${project} has more issues with the label ${label} than can be looked through.`, { again: false });
  }

  async function move(id: string, named: string | undefined, leadsThere: (category: string) => boolean, whither: string): Promise<void> {
    const { transitions } = Transitions.parse(await ask('GET', `${rest}/issue/${encodeURIComponent(id)}/transitions`));
    const way = transitions.find((each) => (named === undefined ? leadsThere(each.to.statusCategory.key) : each.name === named));
    if (way === undefined)
      throw new Unanswered(`No transition leads to ${whither} there: name one under close and reopen of the channel, or add it to the workflow.`, {
        again: false,
      });
    await ask('POST', `${rest}/issue/${encodeURIComponent(id)}/transitions`, { transition: { id: way.id } });
  }

  return {
    async find(marker) {
      for await (const each of found(`project = "${project}" AND labels = "${ownLabel(label, marker)}" ORDER BY created ASC`)) return remoteOf(each);
      return null;
    },
    async read(id) {
      try {
        return remoteOf(Issue.parse(await ask('GET', `${rest}/issue/${encodeURIComponent(id)}?fields=status`)));
      } catch (error) {
        if (error instanceof Unanswered && (error.status === 404 || error.status === 410)) return null;
        throw error;
      }
    },
    async create(draft) {
      const fields = {
        ...fieldsOf(draft),
        project: { key: project },
        issuetype: { name: issueType },
        labels: [label, ownLabel(label, draft.marker)],
      };
      const made = Made.parse(await ask('POST', `${rest}/issue`, { fields }));
      return remoteOf({ ...made, fields: { status: { statusCategory: { key: 'new' } } } });
    },
    async change(id, draft) {
      await ask('PUT', `${rest}/issue/${encodeURIComponent(id)}`, { fields: fieldsOf(draft) });
    },
    async say(id, text) {
      await ask('POST', `${rest}/issue/${encodeURIComponent(id)}/comment`, { body: textOf(text) });
    },
    close: (id) => move(id, channel.close, (category) => category === 'done', 'a status that is done'),
    reopen: (id) => move(id, channel.reopen, (category) => category !== 'done', 'a status that is not done'),
    async closedSince(since, now) {
      // Minutes ago, since a day or hour would be read in the time zone of the user.
      const minutes = Math.max(1, Math.ceil((now - since) / 60_000));
      const ids: string[] = [];
      for await (const each of found(`project = "${project}" AND labels = "${label}" AND statusCategory = Done AND updated >= -${String(minutes)}m`))
        ids.push(each.id);
      return ids;
    },
    async greet() {
      const answer = await ask('GET', `${rest}/mypermissions?projectKey=${encodeURIComponent(project)}&permissions=${needed.join(',')}`);
      const { permissions } = Permissions.parse(answer);
      const missing = needed.filter((each) => permissions[each]?.havePermission !== true);
      return missing.length === 0 ? null : `The user may not do all of it in ${project}: it lacks ${missing.join(', ')}.`;
    },
  };
}

function ownLabel(label: string, marker: string): string {
  return `${label}-${marker}`;
}
