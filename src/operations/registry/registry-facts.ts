import { withheldSentences, type Withheld } from '#analysis/registry/may-ask.ts';
import { packageKey } from '#language/package-key.ts';
import type { RegistryRecord } from '#model/registry.ts';
import type { RegistryLookTable, RegistryPackageTable } from '#store/schema.ts';
import type { PackageKey, StoreReads } from '#store/store.ts';
import type { Context } from '../context.ts';
import { askPackage } from './ask-package.ts';
import { chosenRegistries } from './chosen-registries.ts';
import { recordKept } from './fold-registry.ts';
import { withheldOf } from './packages-to-ask.ts';
import { recordAnswers } from './record-answers.ts';
import type { PoliteClient } from '#sources/registry/polite-client.ts';
import type { ChosenProtocol } from './chosen-registries.ts';
import { registryClient, type RefreshRequest } from './refresh-packages.ts';
import type { Registries } from './registries-configuration.ts';

/** What is known of a package from its registry, and how fresh that is. Times are Unix milliseconds. */
export type RegistryFacts = {
  /** `absent`: the registry has it not, or not any more; `unknown`: nobody has asked yet. */
  readonly state: 'known' | 'absent' | 'unknown' | 'withheld';
  /** Why it is not asked about; null where it is. */
  readonly withheld: Withheld | null;
  /** One sentence for people where nothing is known; null where something is. */
  readonly because: string | null;
  /** What the registry said; of an absent one what it said before. */
  readonly record: RegistryRecord | null;
  /** Address of the registry; null when none was ever asked. */
  readonly registry: string | null;
  readonly askedAt: number | null;
  /** When it last answered. */
  readonly confirmedAt: number | null;
  /** Why the last try failed, or what was left open; null when neither. */
  readonly problem: string | null;
};

/** What is known of one package. Asks nobody. */
export async function registryFacts(reads: StoreReads, registries: Registries, key: PackageKey & { readonly name: string }): Promise<RegistryFacts> {
  const [row, look] = [await rowOf(reads, key), await lookOf(reads, key)];
  const chosen = chosenRegistries(registries).get(key.ecosystem) ?? null;
  const withheld = withheldOf(key, chosen, await hostsOf(reads, key), registries);
  const record = row?.record == null ? null : await recordKept(reads, row.record);
  const state = row === null ? (withheld === null ? 'unknown' : 'withheld') : row.state;
  return {
    state,
    withheld,
    because:
      state === 'withheld' && withheld !== null ? withheldSentences[withheld] : state === 'unknown' ? 'Its registry has not been asked yet.' : null,
    record,
    registry: row?.registry ?? null,
    askedAt: look?.asked_at ?? row?.valid_at ?? null,
    confirmedAt: look?.good_at ?? row?.valid_at ?? null,
    problem: look?.problem ?? null,
  };
}

/**
 * The same, asking the registry first where nothing fresh is known and it may hear the name. The package is kept fresh from then on, for ninety days.
 * What a verdict about a new package rests on.
 */
export async function askAbout(
  context: Context,
  request: Pick<RefreshRequest, 'registries' | 'access' | 'http' | 'pace'> & {
    /** Moment of `performance.now()` after which nothing more is asked. */
    readonly endsAt?: number;
    /** A client that others ask by as well, so that all together keep the pace. */
    readonly clientFor?: (chosen: ChosenProtocol) => PoliteClient;
  },
  wanted: { readonly ecosystem: string; readonly name: string; readonly versions?: readonly string[] },
): Promise<RegistryFacts> {
  const { registries } = request;
  const { ecosystem, name } = wanted;
  const key = { ecosystem, nameKey: packageKey(ecosystem, name), name };
  const facts = await registryFacts(context.store, registries, key);
  const chosen = chosenRegistries(registries).get(ecosystem) ?? null;
  const isFresh = facts.confirmedAt !== null && facts.confirmedAt > context.clock() - registries.staleHours * 3_600_000;
  const isOpen = (wanted.versions ?? []).some(
    (version) => !(facts.record?.versions ?? []).some(([each, , licences]) => each === version && licences !== null),
  );
  if (facts.withheld !== null || chosen === null || (isFresh && !isOpen)) return facts;
  const look = await lookOf(context.store, key);
  const asked = await askPackage({
    context,
    client: request.clientFor?.(chosen) ?? registryClient(chosen, request),
    chosen,
    name,
    used: wanted.versions ?? [],
    before: { record: facts.record, etag: look?.etag ?? null, lastModified: look?.last_modified ?? null },
    ...(request.endsAt === undefined ? {} : { endsAt: request.endsAt }),
  });
  await recordAnswers(context, chosen.origin, [{ ...key, asked, before: look, wasAbsent: facts.state === 'absent', wantedAt: context.clock() }]);
  return registryFacts(context.store, registries, key);
}

async function rowOf(reads: StoreReads, key: PackageKey): Promise<RegistryPackageTable | null> {
  for await (const [row] of reads.loadRegistryPackages([key])) return row ?? null;
  return null;
}

async function lookOf(reads: StoreReads, key: PackageKey): Promise<RegistryLookTable | null> {
  for await (const [row] of reads.loadRegistryLooks([key])) return row ?? null;
  return null;
}

async function hostsOf(reads: StoreReads, key: PackageKey): Promise<readonly string[]> {
  const hosts: string[] = [];
  for await (const page of reads.loadPackageHosts([key])) hosts.push(...page.map((each) => each.host));
  return hosts;
}
