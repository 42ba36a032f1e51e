import os from 'node:os';
import { httpClient } from '#outbound/http.ts';
import { whyNoPort } from '#outbound/own-port.ts';
import { runGit } from '#sources/git/run-git.ts';
import { fault, ok, warning, type Check } from './check.ts';

/** Environment variables, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Node and git: there, and new enough. */
export async function toolChecks(version: string, gitDir: string): Promise<readonly Check[]> {
  const ran = await runGit({ command: ['version'], gitDir, deadlineMs: 10_000 }, 10_000);
  return [nodeCheck(version), gitCheck(ran.ok ? ran.stdout.toString() : null)];
}

function nodeCheck(version: string): Check {
  return Number(version.split('.')[0]) >= 26
    ? ok('node', `Node ${version}`)
    : fault('node', `Node ${version} is too old.`, 'Install Node 26 or newer, or use the one that npm ci brings.');
}

function gitCheck(said: string | null): Check {
  if (said === null) return fault('git', 'git cannot be run.', 'Install git 2.39 or newer and put it on the PATH.');
  const [version = '?', major, minor] = /(\d+)\.(\d+)/.exec(said) ?? [];
  const isNew = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 39);
  return isNew ? ok('git', `git ${version}`) : fault('git', `git ${version} is older than 2.39.`, 'Install git 2.39 or newer.');
}

/** Proxies, authorities and switches of the environment: which are used, which are not, which are harmful. */
export function environmentChecks(environment: Environment, configuredProxy: string | null): readonly Check[] {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  const checks: Check[] = [];
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    checks.push(
      fault('tls', 'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anyone pose as any server.', 'Unset it, and name the authority as outbound.caFile.'),
    );
  const proxy = configuredProxy !== null ? 'outbound.proxy of the configuration' : isSet('HTTPS_PROXY') ? 'HTTPS_PROXY' : null;
  const unread = ['https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'].filter(isSet);
  checks.push(
    unread.length === 0
      ? ok('proxy', proxy === null ? 'none: the network is left directly' : `${proxy} is used`)
      : warning(
          'proxy',
          `${unread.join(', ')} ${unread.length === 1 ? 'is' : 'are'} set and not read; ${proxy === null ? 'the network is left directly' : `${proxy} is used`}.`,
          'Name the proxy as outbound.proxy or HTTPS_PROXY.',
        ),
  );
  const unreadAuthorities = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'].filter(isSet);
  if (unreadAuthorities.length > 0)
    checks.push(
      warning(
        'authorities',
        `${unreadAuthorities.join(', ')} name certificates and are not read.`,
        'Name the PEM file as outbound.caFile, which git and feeds use.',
      ),
    );
  if (isSet('NODE_EXTRA_CA_CERTS'))
    checks.push(
      warning('authorities', 'NODE_EXTRA_CA_CERTS is read for feeds, not by git.', 'Name the PEM file as outbound.caFile, which both use.'),
    );
  const zone = environment['TZ'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  checks.push(ok('time zone', `${zone}; it makes no difference, every time is kept and shown in UTC`));
  return checks;
}

/** Whether the office can have its port, or has it. */
export async function portCheck(port: number): Promise<Check> {
  const code = await whyNoPort(port);
  if (code === null) return ok('port', `${String(port)} is free`);
  if (code !== 'EADDRINUSE')
    return fault('port', `${String(port)} cannot be opened (${code}).`, 'Choose one above 1023 with --port, or give the right to open it.');
  return (await isOffice(port))
    ? ok('port', `an office answers at ${String(port)}`)
    : fault('port', `Another program has port ${String(port)}.`, 'Stop it, or choose another port with --port.');
}

async function isOffice(port: number): Promise<boolean> {
  const http = httpClient({ configuredHosts: ['127.0.0.1'], retryBaseMs: 10 });
  const answer = await http.get(`http://127.0.0.1:${String(port)}/healthz`, { maxBytes: 1_000, deadlineMs: 3_000 });
  return answer.kind === 'fetched';
}

/** What this process may hold, in bytes: the container's limit where there is one, else the machine's memory. */
export function memoryLimit(): { readonly bytes: number; readonly isContainer: boolean } {
  const total = os.totalmem();
  const constrained = process.constrainedMemory();
  const isContainer = constrained > 0 && constrained < total;
  return { bytes: isContainer ? constrained : total, isContainer };
}

/** The office and its worker with nothing in them, and four reader processes at rest; see docs/running.md. */
const emptyOfficeBytes = 700e6;
/** Of the estate in memory, measured with 100 million occurrences (`npm run -s bench -- estate`), with room for loading. */
const bytesPerOccurrence = 40;

/** Whether the estate fits into the memory there is. */
export function memoryCheck(limit: { readonly bytes: number; readonly isContainer: boolean }, occurrences: number): Check {
  const wanted = emptyOfficeBytes + occurrences * bytesPerOccurrence;
  const has = `${gigabytes(limit.bytes)} ${limit.isContainer ? 'allowed by the container' : 'in this machine'}`;
  const needs = `an estate of ${occurrences.toLocaleString('en')} occurrences wants about ${gigabytes(wanted)}`;
  if (limit.bytes >= wanted) return ok('memory', `${has}; ${needs}`);
  return warning('memory', `${has}, and ${needs}.`, limit.isContainer ? 'Raise the limit of the container.' : 'Give the machine more memory.');
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
