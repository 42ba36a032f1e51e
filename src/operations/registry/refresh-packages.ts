import { readFileSync } from 'node:fs';
import { withheldSentences, type Withheld } from '#analysis/registry/may-ask.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { httpClient, type HttpSettings } from '#outbound/http.ts';
import { politeClient, type Pace, type PoliteClient } from '#sources/registry/polite-client.ts';
import type { PackageVersionTable } from '#store/schema.ts';
import { authorizations, type RemoteAccess } from '../collect-remote.ts';
import type { Context } from '../context.ts';
import { askPackage, type AskedBefore } from './ask-package.ts';
import type { ChosenProtocol } from './chosen-registries.ts';
import { recordKept } from './fold-registry.ts';
import { packagesToAsk, type PackageToAsk } from './packages-to-ask.ts';
import { recordAnswers, type AnsweredPackage } from './record-answers.ts';
import type { Registries } from './registries-configuration.ts';

/** What a refresh gave, by registry. */
export type RegistryRefreshed = {
  readonly registry: string;
  /** Packages of its ecosystem in use or asked about. */
  readonly packages: number;
  readonly asked: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly absent: number;
  readonly failed: number;
  /** Due and left for the next time. */
  readonly left: number;
  readonly requests: number;
  readonly bytes: number;
  /** Packages not asked about, by why. */
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>;
  readonly problems: readonly Problem[];
};

/** How a refresh goes: what is due (or all, or these), for how long, and who hears of it. */
export type RefreshRequest = {
  readonly registries: Registries;
  readonly access: RemoteAccess;
  /** Ask also about what is fresh. */
  readonly all?: boolean;
  /** Only these packages, as `ecosystem nameKey`. */
  readonly only?: ReadonlySet<string>;
  /** Milliseconds after which no further package is begun. */
  readonly forMs?: number;
  /** Throws when it is to end. */
  readonly mayGoOn?: () => void;
  readonly progress?: (line: string) => void;
  /** For tests: another pace than the registries' keepers ask for, and another way out. */
  readonly pace?: Pace;
  readonly http?: HttpSettings;
};

const batchPackages = 40;
const mostUsedVersions = 300;

/** Asks the configured registries about packages in use or asked about: what was never asked first. Each batch is recorded as it comes, so that whoever is cut off goes on from there. */
export async function refreshPackages(context: Context, request: RefreshRequest): Promise<readonly RegistryRefreshed[]> {
  const wanted = (await packagesToAsk(context.store, request.registries, context.clock())).filter(
    (each) => request.only === undefined || request.only.has(`${each.ecosystem} ${each.nameKey}`),
  );
  const byRegistry = Map.groupBy(
    wanted.filter((each) => each.chosen?.base != null),
    (each) => each.chosen?.origin ?? '',
  );
  const endsAt = performance.now() + (request.forMs ?? Infinity);
  return Promise.all([...byRegistry].map(([origin, packages]) => refreshOne(context, request, origin, packages, endsAt)));
}

async function refreshOne(
  context: Context,
  request: RefreshRequest,
  origin: string,
  packages: readonly PackageToAsk[],
  endsAt: number,
): Promise<RegistryRefreshed> {
  const [first] = packages;
  const chosen = first?.chosen ?? null;
  if (chosen === null) throw new Error(`No registry is chosen for ${origin}. This is a mistake of this program.`);
  const due = packages.filter((each) => each.withheld === null && (request.all === true || request.only !== undefined || each.isDue));
  const client = registryClient(chosen, request);
  const tally = { asked: 0, changed: 0, unchanged: 0, absent: 0, failed: 0, requests: 0, bytes: 0, problems: [] as Problem[] };
  for (let start = 0; start < due.length && performance.now() < endsAt && !client.isTired(); start += batchPackages) {
    request.mayGoOn?.();
    const batch = due.slice(start, start + batchPackages);
    const answered = await askBatch(context, client, chosen, batch, endsAt);
    await recordAnswers(context, origin, answered);
    for (const { asked, name } of answered) {
      tally.asked += 1;
      tally.requests += asked.requests;
      tally.bytes += asked.bytes;
      if (asked.kind === 'known') tally.changed += 1;
      else tally[asked.kind] += 1;
      const problem = asked.kind === 'failed' ? asked.problem : asked.problems[0];
      if (problem !== undefined && tally.problems.length < 100) tally.problems.push({ ...problem, message: `${quoted(name)}: ${problem.message}` });
    }
    request.progress?.(`${chosen.protocol.title}: ${String(tally.asked)} of ${String(due.length)} packages`);
  }
  const withheld: Partial<Record<Withheld, number>> = {};
  for (const { withheld: why } of packages) if (why !== null) withheld[why] = (withheld[why] ?? 0) + 1;
  const refreshed = { registry: origin, packages: packages.length, ...tally, left: due.length - tally.asked, withheld };
  if (tally.asked > 0 || due.length === 0) await saveSource(context, refreshed);
  return refreshed;
}

/** A client for one registry: only a host that the operator named may have an inner address. */
export function registryClient(chosen: ChosenProtocol, { access, http, pace }: Pick<RefreshRequest, 'access' | 'http' | 'pace'>): PoliteClient {
  const client = httpClient({
    proxy: access.proxy,
    credentials: authorizations(access),
    configuredHosts: chosen.isConfigured && chosen.base !== null ? [new URL(chosen.base).host] : [],
    ...(access.caFile === null ? {} : { ca: [readFileSync(access.caFile, 'utf8')] }),
    ...http,
  });
  return politeClient(client, pace ?? chosen.protocol);
}

async function askBatch(
  context: Context,
  client: PoliteClient,
  chosen: ChosenProtocol,
  batch: readonly PackageToAsk[],
  endsAt: number,
): Promise<readonly AnsweredPackage[]> {
  const used = await versionsUsed(context, batch);
  const before = await knownBefore(context, batch);
  const answered: AnsweredPackage[] = [];
  const waiting = [...batch];
  // As many packages as requests at once: what a package leads to is asked one after the other.
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (performance.now() >= endsAt || client.isTired()) return;
      const known = before.get(next.nameKey) ?? null;
      const asked = await askPackage({
        context,
        client,
        chosen,
        name: next.name,
        used: (next.id === null ? [] : (used.get(next.id) ?? [])).slice(0, mostUsedVersions),
        before: { record: known?.record ?? null, etag: next.look?.etag ?? null, lastModified: next.look?.last_modified ?? null },
      });
      // Asked too much is nobody's fault but ours: the package stays due.
      if (asked.kind === 'failed' && client.isTired()) return;
      const { ecosystem, nameKey, name, look } = next;
      answered.push({ ecosystem, nameKey, name, asked, before: look, wasAbsent: known?.isAbsent ?? false, wantedAt: null });
    }
  };
  await Promise.all(Array.from({ length: chosen.protocol.atOnce }, worker));
  return answered;
}

async function versionsUsed({ store }: Context, batch: readonly PackageToAsk[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const ids = batch.flatMap((each) => each.id ?? []);
  const rows: PackageVersionTable[] = [];
  for await (const page of store.loadVersions({ packageIds: ids })) rows.push(...page.filter((row) => row.version !== ''));
  return new Map([...Map.groupBy(rows, (row) => row.package_id)].map(([id, versions]) => [id, versions.map((row) => row.version)]));
}

type Known = Pick<AskedBefore, 'record'> & { readonly isAbsent: boolean };

/** What is known of packages, by their keys: all are of one ecosystem. */
export async function knownBefore(
  { store }: Pick<Context, 'store'>,
  batch: readonly Pick<PackageToAsk, 'ecosystem' | 'nameKey'>[],
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  for await (const page of store.loadRegistryPackages(batch))
    for (const row of page)
      known.set(row.name_key, { record: row.record === null ? null : await recordKept(store, row.record), isAbsent: row.state === 'absent' });
  return known;
}

/** How the registry stands, for the sources page. Names of packages stay with the looks: who may see them is decided there. */
async function saveSource(context: Context, { registry, asked, failed, left, packages, withheld, problems }: RegistryRefreshed): Promise<void> {
  const at = context.clock();
  const before = await context.store.sourceOf(registry);
  const notAsked = Object.entries(withheld).map(([why, count]): Problem => {
    const message = `${String(count)} packages were not asked about. ${withheldSentences[why as Withheld]}`;
    return { code: why, message, severity: 'warning' };
  });
  const isFailed = asked > 0 && failed === asked;
  await context.store.write((tx) =>
    tx.putSource({
      origin: registry,
      source: 'registry',
      last_attempt: asked === 0 ? (before?.last_attempt ?? at) : at,
      last_success: isFailed || asked === 0 ? (before?.last_success ?? (asked === 0 ? at : null)) : at,
      outcome: isFailed ? 'failed' : failed > 0 || left > 0 ? 'partial' : 'complete',
      items: packages - left - Object.values(withheld).reduce((sum, each) => sum + each, 0),
      problems: canonicalJson([...problems.slice(0, 20), ...notAsked]),
      cursor: 'null',
    }),
  );
}
