import { mirrorAnswers } from '#sources/git/mirror.ts';
import { authorizations, type RemoteAccess } from '../collect-remote.ts';
import type { Configuration } from '../configuration.ts';
import { isUrl } from '../configuration.ts';
import { feedHttp } from '../sync-feeds.ts';
import { redactText } from '#language/redact.ts';
import { fault, ok, type Check } from './check.ts';

/** Why what lies behind a network cannot be had. */
export type Unreachable = 'name' | 'connection' | 'tls' | 'proxy' | 'token' | 'right' | 'rate' | 'missing' | 'refused' | 'other';

const deadlineMs = 10_000;

/** Asks every configured source and feed behind a network whether it answers, and where not, which of name, TLS, token, right or rate it is. */
export async function reachChecks({ sources, feeds }: Configuration, access: RemoteAccess): Promise<readonly Check[]> {
  const asked = [
    ...sources.filter(({ at }) => isUrl(at)).map(({ at, revision }) => gitCheck(at, revision, access)),
    ...feeds.filter(({ from }) => isUrl(from)).map((feed) => feedCheck(feed, access)),
  ];
  return await Promise.all(asked);
}

async function gitCheck(url: string, branch: string | undefined, access: RemoteAccess): Promise<Check> {
  const network = { proxy: access.proxy, caFile: access.caFile, credentials: authorizations(access) };
  const source = { url, trusted: access.trusted, dataDir: access.dataDir, network, deadlineMs, ...(branch === undefined ? {} : { branch }) };
  const problem = await mirrorAnswers(source);
  return judged(redactText(url), problem === null ? null : { why: whyUnreachable(null, problem.message), message: problem.message });
}

async function feedCheck({ kind, from }: Configuration['feeds'][number], access: RemoteAccess): Promise<Check> {
  const target = kind === 'osv' ? { kind, from, ecosystems: null } : { kind, from };
  const url = kind === 'osv' ? `${from.replace(/\/+$/, '')}/ecosystems.txt` : from;
  // One byte is enough to know that it would send: more than that is then refused by us.
  const answer = await feedHttp(target, access, { retryBaseMs: 50 }).get(url, { maxBytes: 1, deadlineMs });
  const name = `${kind} ${redactText(from)}`;
  if (answer.kind !== 'failed' || answer.status === 200) return judged(name, null);
  const why = whyUnreachable(answer.status, answer.problem.message);
  // Not every mirror of the bucket has the list of ecosystems.
  return judged(name, kind === 'osv' && why === 'missing' ? null : { why, message: answer.problem.message });
}

function judged(name: string, found: { readonly why: Unreachable; readonly message: string } | null): Check {
  return found === null ? ok(name, 'answers') : fault(name, found.message, nextSteps[found.why], 3);
}

/** What to do about each reason. */
export const nextSteps: Readonly<Record<Unreachable, string>> = {
  name: 'Its host has no address: check the spelling and the name server; where only a proxy knows it, set outbound.proxy.',
  connection: 'Nothing answers there: check host and port, the firewall, and whether outbound.proxy is needed.',
  tls: 'It does not prove who it is: name the authority of the firm as outbound.caFile, or renew its certificate.',
  proxy: 'The proxy refuses: check outbound.proxy with its user and password, and whether it lets through to that host.',
  token: 'It wants other credentials: check the secret under outbound.credentials for its origin, and that it has not expired.',
  right: 'It knows the credentials and forbids this: give them the right to read.',
  rate: 'It is asked too often: wait, raise rescanMinutes, or use credentials with a higher limit.',
  missing: 'It is not there, or these credentials may not see it: check the URL, then the right to read.',
  refused: 'Its address is one that is never reached: correct the URL in the configuration.',
  other: 'Try the URL by hand from this machine.',
};

/** By status where there is one, else by what git, curl, ssh or Node say; first match counts. */
const words: readonly (readonly [RegExp, Unreachable])[] = [
  [/proxy answered|proxy does not|CONNECT tunnel failed|response 407 from proxy|error: 407|resolve proxy/i, 'proxy'],
  [/no address|resolve host|ENOTFOUND|EAI_AGAIN|Name or service not known|Temporary failure in name/i, 'name'],
  [/certificate|SSL|TLS|Host key verification/i, 'tls'],
  [/error: 401|Authentication failed|could not read (?:Username|Password)|Permission denied/i, 'token'],
  [/error: 403|access denied|forbidden/i, 'right'],
  [/error: 429|rate limit|too many requests/i, 'rate'],
  [/error: 404|not found|does not appear to be a git repository/i, 'missing'],
  [/refused: |is not fetched|not public/i, 'refused'],
  [/ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|connect to|timed out|did not answer|took more than|unreachable/i, 'connection'],
];

const byStatus: Readonly<Record<number, Unreachable>> = { 401: 'token', 403: 'right', 404: 'missing', 407: 'proxy', 410: 'missing', 429: 'rate' };

/** Which of the usual reasons a failure has, from the HTTP status, null where there is none, and its words. */
export function whyUnreachable(status: number | null, text: string): Unreachable {
  return (status === null ? undefined : byStatus[status]) ?? words.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}
