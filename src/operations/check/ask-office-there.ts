import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { gates, policyVerdicts } from '#model/licence.ts';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { RemoteAccess } from '../collect-remote.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { AskOffice } from './check.ts';

/** A running office and a token for it. */
export type OfficeThere = { readonly url: string; readonly token: string | null };

const Verdict = z.enum(policyVerdicts);
const Answer = z.object({
  policy: z.string(),
  isBuiltIn: z.boolean(),
  verdict: Verdict,
  gate: z.enum(gates),
  counts: z.record(Verdict, z.number()),
  packages: z.array(
    z.object({
      purl: z.string(),
      verdict: Verdict,
      gate: z.enum(gates),
      because: z.string(),
      licence: z.string().nullable(),
      rule: z.string().nullable(),
      asks: z.array(z.string()),
      obligations: z.array(z.object({ title: z.string(), asks: z.string(), state: z.enum(['due', 'open']) })),
      exception: z.object({ id: z.string(), until: z.string() }).nullable(),
      // An office of before says neither.
      review: z
        .object({ name: z.string(), due: z.string(), state: z.enum(['open', 'waiting']) })
        .nullable()
        .default(null),
      notes: z.array(z.string()).default([]),
      alternatives: z.array(z.object({ purl: z.string(), version: z.string().nullable(), verdict: Verdict, components: z.number() })),
    }),
  ),
  ask: z.object({ team: z.string().nullable(), counsel: z.array(z.object({ person: z.string(), name: z.string().nullable() })) }),
});

const deadlineMs = 30_000;
// 50,000 verdicts, about a kilobyte each.
const mostBytes = 64 * 1024 * 1024;

/**
 * Asks a running office over HTTP. One that does not answer, or not with verdicts, gives null, so that no build waits for it; one that refuses the question
 * throws a `ConfigurationError`.
 */
export function askOfficeThere({ url, token }: OfficeThere, { proxy, caFile }: Pick<RemoteAccess, 'proxy' | 'caFile'>): AskOffice {
  const ca = caFile === null ? {} : { ca: [readFileSync(caFile, 'utf8')] };
  const send = fetchThrough({ proxy, ...ca, configuredHosts: [new URL(url).host] }, { deadlineMs, mostBytes });
  return async (packages, component, request) => {
    const body = {
      ...(component === null ? {} : { component }),
      packages: packages.map(({ purl, isDevelopment, claims = [] }) => ({ purl, development: isDevelopment, claims })),
      ...(request === null ? {} : { requestReview: true, reviewReason: request }),
    };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const answer = await send(new URL('/v1/verdicts', url).href, { method: 'POST', headers, body: Buffer.from(JSON.stringify(body)) }).catch(
      () => null,
    );
    if (answer === null || answer.status >= 500 || answer.status === 429) return null;
    const told: unknown = await answer.json().catch(() => null);
    if (answer.status >= 400) throw new ConfigurationError(`The office at ${url} refused the question: ${reasonIn(told, answer.status)}`);
    const read = Answer.safeParse(told);
    if (!read.success) return null;
    return { ...read.data, ask: { team: read.data.ask.team, counsel: read.data.ask.counsel.map(({ person, name }) => name ?? person) } };
  };
}

function reasonIn(told: unknown, status: number): string {
  const { detail } = z.object({ detail: z.string().max(2000) }).safeParse(told).data ?? {};
  return detail ?? (status === 401 ? 'give a token in GUILDHALL_TOKEN.' : `status ${String(status)}.`);
}
