import { growingOf, recordOf, stillToAsk, withAnswer, type GrowingRecord } from '#analysis/registry/record.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { sparsePath } from '#language/registries/crates-io.ts';
import type { Problem } from '#model/problem.ts';
import type { RegistryAsk, RegistryRecord } from '#model/registry.ts';
import type { PoliteClient } from '#sources/registry/polite-client.ts';
import type { Context } from '../context.ts';
import type { ChosenProtocol } from './chosen-registries.ts';

/** What is known of a package before it is asked about. */
export type AskedBefore = {
  readonly record: RegistryRecord | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

/** What asking about one package gave. */
export type PackageAsked = { readonly requests: number; readonly bytes: number; readonly problems: readonly Problem[] } & (
  | { readonly kind: 'known'; readonly record: RegistryRecord; readonly etag: string | null; readonly lastModified: string | null }
  /** The registry said the same as the last time. */
  | { readonly kind: 'unchanged'; readonly etag: string | null; readonly lastModified: string | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly problem: Problem }
);

const maxBytes = 64 * 1024 * 1024;
const deadlineMs = 60_000;
const maxRequests = 600;

type Asking = {
  readonly context: Pick<Context, 'gateway'>;
  readonly client: PoliteClient;
  readonly chosen: ChosenProtocol;
  readonly name: string;
  /** Versions of it that matter: of these everything is asked. */
  readonly used: readonly string[];
  readonly before: AskedBefore;
  /** Moment of `performance.now()` after which nothing more is asked; absent: each request has a minute. */
  readonly endsAt?: number;
};

/** Asks a registry about one package, until nothing that matters is left open. What could not be asked is a problem beside what could. */
export async function askPackage(asking: Asking): Promise<PackageAsked> {
  const { chosen, name, used, before } = asking;
  const { protocol } = chosen;
  const tally = { requests: 0, bytes: 0, problems: [] as Problem[] };
  const first = protocol.first(name);
  if (first === null || chosen.base === null) return { ...tally, kind: 'failed', problem: notAName };
  const main = chosen.isSparse ? { part: 'index', of: '', path: sparsePath(name) } : first;
  const got = await ask(asking, main, tally, before);
  if (got.kind === 'absent') return { ...tally, kind: 'absent' };
  if (got.kind === 'failed') return { ...tally, kind: 'failed', problem: got.problem };
  let growing = growingOf(before.record);
  const queue: RegistryAsk[] = [];
  const asked = new Set<string>([main.path]);
  const add = (asks: readonly RegistryAsk[]): void => {
    for (const each of asks)
      if (!asked.has(each.path)) {
        asked.add(each.path);
        queue.push(each);
      }
  };
  if (got.kind === 'said') {
    growing = withAnswer(growing, got.answer, protocol.ecosystem);
    add(got.answer.asks);
  }
  growing = await followed(asking, growing, { queue, add, tally });
  // What the first answers lead to comes before single versions, since it may bring some.
  if (!chosen.isSparse) add(stillToAsk(protocol, name, growing, used));
  growing = await followed(asking, growing, { queue, add, tally });
  const record = recordOf(protocol, name, chosen.origin.slice('registry:'.length), growing);
  const { etag, lastModified } = got.kind === 'said' ? got : before;
  if (canonicalJson(record) === canonicalJson(before.record)) return { ...tally, kind: 'unchanged', etag, lastModified };
  return { ...tally, kind: 'known', record, etag, lastModified };
}

type Tally = { requests: number; bytes: number; readonly problems: Problem[] };

async function followed(
  asking: Asking,
  from: GrowingRecord,
  { queue, add, tally }: { readonly queue: RegistryAsk[]; readonly add: (asks: readonly RegistryAsk[]) => void; readonly tally: Tally },
): Promise<GrowingRecord> {
  let growing = from;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (tally.requests >= maxRequests) {
      tally.problems.push({
        code: 'too-many-requests',
        message: 'Not everything about the package was asked: it takes too many requests.',
        severity: 'warning',
      });
      queue.length = 0;
      break;
    }
    if (asking.client.isTired() || isLate(asking)) break;
    const got = await ask(asking, next, tally, null);
    // What a registry does not have of one version stays open; that is no fault.
    if (got.kind === 'failed') tally.problems.push({ ...got.problem, severity: 'warning' });
    if (got.kind !== 'said') continue;
    growing = withAnswer(growing, got.answer, asking.chosen.protocol.ecosystem);
    add(got.answer.asks);
  }
  return growing;
}

type Got =
  | {
      readonly kind: 'said';
      readonly answer: Awaited<ReturnType<Context['gateway']['readRegistry']>>;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: 'not-modified' | 'absent' }
  | { readonly kind: 'failed'; readonly problem: Problem };

async function ask(
  { context, client, chosen, name, endsAt = Infinity }: Asking,
  { part, of, path, accept }: RegistryAsk,
  tally: Tally,
  before: AskedBefore | null,
): Promise<Got> {
  tally.requests += 1;
  const validators = before?.record == null ? {} : { etag: before.etag, lastModified: before.lastModified };
  const answer = await client.get(`${chosen.base ?? ''}/${path}`, {
    ...validators,
    ...(accept === undefined ? {} : { headers: { accept } }),
    maxBytes,
    deadlineMs: Math.max(1, Math.min(deadlineMs, Math.ceil(endsAt - performance.now()))),
    allow: chosen.isConfigured ? 'configured' : 'public',
  });
  if (answer.kind === 'not-modified') return { kind: 'not-modified' };
  // 451: taken down for legal reasons.
  if (answer.kind === 'failed')
    return answer.problem.code === 'not-found' || answer.status === 451 ? { kind: 'absent' } : { kind: 'failed', problem: answer.problem };
  const { body, etag, lastModified, size } = answer;
  tally.bytes += size;
  if (body === null) return { kind: 'failed', problem: { code: 'no-body', message: 'The registry sent nothing.', severity: 'error' } };
  const said = await context.gateway.readRegistry(chosen.protocol.id, { name, part, of, bytes: body, modified: timeOf(lastModified) });
  const refused = said.problems.find((each) => each.severity === 'error');
  if (refused !== undefined) return { kind: 'failed', problem: refused };
  tally.problems.push(...said.problems);
  return { kind: 'said', answer: said, etag, lastModified };
}

function isLate({ endsAt }: Asking): boolean {
  return endsAt !== undefined && performance.now() >= endsAt;
}

function timeOf(lastModified: string | null): number | null {
  const at = Date.parse(lastModified ?? '');
  return Number.isNaN(at) ? null : at;
}

const notAName: Problem = { code: 'not-a-name', message: 'This cannot be the name of a package of that registry.', severity: 'error' };
