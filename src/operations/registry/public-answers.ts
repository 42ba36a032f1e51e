import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withheldSentences, type Withheld } from '#analysis/registry/may-ask.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { registryProtocols } from '#language/registries/all.ts';
import { carriedValidator, maxLineBytes, type CarriedAnswer } from '#sources/bundle/registry-lines.ts';
import type { RegistryLookTable, RegistryPackageTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import { pathOfPackage, recordKept } from './fold-registry.ts';
import { packagesToAsk } from './packages-to-ask.ts';
import type { Registries } from './registries-configuration.ts';

/** What is known of one package, without its record. `confirmedAt`: when its registry last said so. */
export type PublicAnswer = { readonly row: RegistryPackageTable; readonly look: RegistryLookTable | null; readonly confirmedAt: number };

/** What may be carried to others, by address of the registry, confirmed longest ago first; and how much is kept back, by why. */
export type PublicAnswers = {
  readonly byRegistry: ReadonlyMap<string, readonly PublicAnswer[]>;
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>;
};

/**
 * What registries said of packages in use or asked about whose names the public registry might hear. What a mirror of our own may hear is not enough:
 * a name that lockfiles take from there alone may be our own.
 */
export async function publicAnswers(reads: StoreReads, registries: Registries, now: number): Promise<PublicAnswers> {
  const asked = await packagesToAsk(reads, asOfPublic(registries), now);
  const packages = new Map(asked.map((each) => [pathOfPackage(each), each]));
  const found: PublicAnswer[] = [];
  const withheld: Partial<Record<Withheld, number>> = {};
  for await (const page of reads.loadRegistryPackages(asked))
    for (const row of page) {
      const its = packages.get(pathOfPackage({ ecosystem: row.ecosystem, nameKey: row.name_key }));
      if (its === undefined) continue;
      if (its.withheld === null) found.push({ row, look: its.look, confirmedAt: Math.max(row.valid_at, its.look?.good_at ?? 0) });
      else withheld[its.withheld] = (withheld[its.withheld] ?? 0) + 1;
    }
  // What is confirmed at once and of one ecosystem is recorded at once where it comes to.
  found.sort((a, b) => a.confirmedAt - b.confirmedAt || (placeOf(a) < placeOf(b) ? -1 : 1));
  return { byRegistry: Map.groupBy(found, ({ row }) => row.registry), withheld };
}

/** How many packages are kept back, by why: sentences with their numbers. */
export function notCarried(withheld: PublicAnswers['withheld']): readonly string[] {
  return Object.entries(withheld).map(([why, count]) => `${String(count)} packages not carried. ${withheldSentences[why as Withheld]}`);
}

/** Writes answers as lines; those whose record is gone or too large are counted as refused. */
export async function writeAnswers(
  reads: StoreReads,
  answers: readonly PublicAnswer[],
  file: string,
): Promise<{ readonly records: number; readonly refused: number }> {
  const counts = { records: 0, refused: 0 };
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    for (const answer of answers) {
      const carried = await carriedOf(reads, answer);
      const line = carried === null ? null : Buffer.from(`${canonicalJson(carried)}\n`);
      if (line === null || line.length > maxLineBytes) counts.refused += 1;
      else {
        counts.records += 1;
        yield line;
      }
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
  return counts;
}

async function carriedOf(reads: StoreReads, { row, look, confirmedAt }: PublicAnswer): Promise<CarriedAnswer | null> {
  const { ecosystem } = row;
  if (row.state === 'absent') return { ecosystem, name: row.name, confirmedAt, etag: null, lastModified: null, record: null };
  const record = row.record === null ? null : await recordKept(reads, row.record);
  if (record === null) return null;
  const [etag, lastModified] = [carriedValidator(look?.etag ?? null), carriedValidator(look?.last_modified ?? null)];
  return { ecosystem, name: record.name, confirmedAt, etag, lastModified, record };
}

/** As if every public registry were asked, and no other. */
function asOfPublic(registries: Registries): Registries {
  return { ...registries, ask: registryProtocols.map(({ ecosystem }) => ({ ecosystem, hearsPrivateNames: false })) };
}

function placeOf({ row }: PublicAnswer): string {
  return pathOfPackage({ ecosystem: row.ecosystem, nameKey: row.name_key });
}
