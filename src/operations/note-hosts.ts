import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { ReadingResult } from '#model/reading.ts';
import { ownName } from '#store/schema.ts';
import type { WriteTx } from '#store/store.ts';

/** Notes from which hosts a file takes packages, and which name its own component bears: who may hear of a package hangs on it. */
export async function noteHosts(tx: Pick<WriteTx, 'addPackageHosts'>, result: ReadingResult): Promise<void> {
  const rows = new Map<string, { ecosystem: string; name_key: string; host: string }>();
  const note = (ecosystem: string, name: string, host: string): void => {
    const row = { ecosystem, name_key: packageKey(ecosystem, name), host };
    rows.set(JSON.stringify(row), row);
  };
  for (const { ecosystem, name, registry } of result.packages) if (ecosystem !== null && registry !== undefined) note(ecosystem, name, registry);
  const own = ownOf(result);
  if (own !== null) note(own.ecosystem, own.name, ownName);
  // In one order, so that two who fold at once do not wait for each other.
  if (rows.size > 0) await tx.addPackageHosts([...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row));
}

function ownOf({ subject, packages }: ReadingResult): { readonly ecosystem: string; readonly name: string } | null {
  if (subject === undefined) return null;
  const named = subject.purl === null ? null : packageOfPurl(subject.purl);
  const ecosystem = named?.ecosystem ?? packages[0]?.ecosystem ?? null;
  return ecosystem === null ? null : { ecosystem, name: named?.name ?? subject.name };
}
