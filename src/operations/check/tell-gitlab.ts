import { hash } from 'node:crypto';
import { z } from 'zod';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { CheckReport } from '#reports/check/check-report.ts';
import { checkAsMarkdown } from '#reports/check/markdown.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { jsonRequests, type Ask } from '../notify/tickets/json-requests.ts';
import { certificatesOf, type WayThere } from './office-requests.ts';

/** What a merge request pipeline has in its environment (https://docs.gitlab.com/ci/variables/predefined_variables/), and a token that may write notes. */
const Environment = z.object({
  GUILDHALL_GITLAB_TOKEN: z.string().min(1, 'is empty'),
  CI_API_V4_URL: z.url({ protocol: /^https?$/ }),
  CI_PROJECT_ID: z.string().regex(/^\d+$/, 'is no number'),
  CI_MERGE_REQUEST_IID: z.string().regex(/^\d+$/, 'is no number'),
});
const Me = z.object({ id: z.number().int() });
const Notes = z.array(z.object({ id: z.number().int(), body: z.string(), author: z.object({ id: z.number().int() }) }));

const deadlineMs = 10_000;
// A note may have a megabyte.
const mostBytes = 24 * 1024 * 1024;
const perPage = 20;
const mostPages = 100;

/**
 * Reports a check as one note of the merge request, which is found again by a marker that nobody sees and changed from then on; where everything is allowed and
 * there is none, none is written. `about` tells several checks of one merge request apart. Throws when GitLab does not take it.
 */
export async function tellGitLab(
  report: CheckReport,
  about: string,
  env: Readonly<Record<string, string | undefined>>,
  way: WayThere,
): Promise<void> {
  const read = Environment.safeParse(env);
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0]);
    throw new ConfigurationError(`--report gitlab needs a merge request pipeline: ${name} ${env[name] === undefined ? 'is not set' : 'is wrong'}.`);
  }
  const { GUILDHALL_GITLAB_TOKEN: token, CI_API_V4_URL: api, CI_PROJECT_ID: project, CI_MERGE_REQUEST_IID: iid } = read.data;
  const settings = { proxy: way.proxy, ...certificatesOf(way), configuredHosts: [new URL(api).host] };
  const ask = jsonRequests(fetchThrough(settings, { deadlineMs, mostBytes }), api, { 'private-token': token });
  const notes = `/projects/${project}/merge_requests/${iid}/notes`;
  const marker = `<!-- guildhall-check:${hash('sha256', about, 'hex').slice(0, 32)} -->`;
  const body = `${marker}\n\n### Guildhall\n\n${checkAsMarkdown(report)}`;
  const before = await ownNote(ask, notes, marker);
  if (before !== null) await ask('PUT', `${notes}/${String(before)}`, { body });
  else if (!report.judged || report.problems.length > 0 || report.packages.some((each) => each.verdict !== 'allowed'))
    await ask('POST', notes, { body });
}

/** The note with the marker that the bearer of the token wrote: what others copied is theirs. */
async function ownNote(ask: Ask, notes: string, marker: string): Promise<number | null> {
  const me = Me.parse(await ask('GET', '/user'));
  for (let page = 1; page <= mostPages; page += 1) {
    const found = Notes.parse(await ask('GET', `${notes}?sort=asc&order_by=created_at&per_page=${String(perPage)}&page=${String(page)}`));
    const own = found.find((each) => each.author.id === me.id && each.body.startsWith(marker));
    if (own !== undefined) return own.id;
    if (found.length < perPage) return null;
  }
  return null;
}
