import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readJsonText } from '#language/readers/json.ts';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { CheckReport } from '#reports/check/check-report.ts';
import { checkAsCheckRun } from '#reports/check/check-run.ts';
import { checkAsMarkdown } from '#reports/check/markdown.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { jsonRequests } from '../notify/tickets/json-requests.ts';
import { certificatesOf, type WayThere } from './office-requests.ts';

/** What a job of GitHub Actions has in its environment (https://docs.github.com/actions/reference/workflows-and-actions/variables). */
const Environment = z.object({
  GITHUB_TOKEN: z.string().min(1, 'is empty'),
  GITHUB_REPOSITORY: z.string().regex(/^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/, 'is no owner/name'),
  GITHUB_SHA: z.string().regex(/^[0-9a-f]{40,64}$/, 'is no commit'),
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
  GITHUB_WORKSPACE: z.string().optional(),
  GITHUB_EVENT_PATH: z.string().optional(),
  GITHUB_STEP_SUMMARY: z.string().optional(),
});
const PullRequest = z.object({ pull_request: z.object({ head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }) }) });

/** Reports a check where GitHub shows checks: a check run on the commit, and the summary of the job where there is one. Throws when GitHub does not take it. */
export async function tellGitHub(
  report: CheckReport,
  fails: boolean,
  env: Readonly<Record<string, string | undefined>>,
  way: WayThere,
): Promise<void> {
  const read = Environment.safeParse(env);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigurationError(
      `--report github needs the environment of GitHub Actions: ${String(issue?.path[0])} ${env[String(issue?.path[0])] === undefined ? 'is not set' : (issue?.message ?? '')}.`,
    );
  }
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_API_URL: api, ...job } = read.data;
  if (job.GITHUB_STEP_SUMMARY !== undefined && job.GITHUB_STEP_SUMMARY !== '') appendFileSync(job.GITHUB_STEP_SUMMARY, checkAsMarkdown(report));
  const root = job.GITHUB_WORKSPACE ?? process.cwd();
  const request = fetchThrough({ proxy: way.proxy, ...certificatesOf(way), configuredHosts: [new URL(api).host] });
  const ask = jsonRequests(request, api, {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  });
  const run = checkAsCheckRun(report, fails, (file) => pathIn(root, file));
  await ask('POST', `/repos/${repository}/check-runs`, { ...run, head_sha: headOf(job.GITHUB_EVENT_PATH) ?? job.GITHUB_SHA });
}

/** Of a pull request the last commit of its branch: `GITHUB_SHA` is that of a merge which nobody looks at. */
function headOf(event: string | undefined): string | null {
  if (event === undefined || event === '') return null;
  const read = readJsonText(readFileSync(event, 'utf8'));
  const known = read.ok ? PullRequest.safeParse(read.value) : null;
  return known?.success === true ? known.data.pull_request.head.sha : null;
}

function pathIn(root: string, file: string): string | null {
  const relative = path.relative(root, path.resolve(file));
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : relative.split(path.sep).join('/');
}
