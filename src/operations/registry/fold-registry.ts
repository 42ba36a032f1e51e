import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { RegistryRecord } from '#model/registry.ts';
import { summaryOf } from '#model/registry-summary.ts';
import type { RegistryPackageTable } from '#store/schema.ts';
import type { PackageKey, StoredReceipt, WriteTx } from '#store/store.ts';
import type { ChangeBody } from '../follow-estate.ts';

/** Source of receipts of what registries say. */
export const registrySource = 'registry';

/** The path under which a receipt names a package. */
export function pathOfPackage({ ecosystem, nameKey }: PackageKey): string {
  return `${ecosystem}/${nameKey}`;
}

function packageOfPath(path: string): PackageKey {
  const slash = path.indexOf('/');
  return { ecosystem: path.slice(0, slash), nameKey: path.slice(slash + 1) };
}

/** Takes what one receipt of a registry shows: what it says of packages, and which it does not have. Done twice it changes nothing; what is older than what is known is passed over. */
export async function foldRegistry(tx: WriteTx, receipt: StoredReceipt): Promise<ChangeBody> {
  const tree = await tx.treeOf(receipt);
  const keys = tree.map(({ path }) => packageOfPath(path));
  const before = new Map<string, RegistryPackageTable>();
  for await (const page of tx.loadRegistryPackages(keys))
    for (const row of page) before.set(pathOfPackage({ ecosystem: row.ecosystem, nameKey: row.name_key }), row);
  const rows: RegistryPackageTable[] = [];
  for (const entry of tree) {
    const known = before.get(entry.path) ?? null;
    if (known !== null && (known.valid_at > receipt.validAt || (known.valid_at === receipt.validAt && known.receipt >= receipt.seq))) continue;
    const row = await rowOf(tx, receipt, entry, known);
    if (row !== null) rows.push(row);
  }
  await tx.putRegistryPackages(rows);
  return { registry: rows.map(({ ecosystem, name_key }) => ({ ecosystem, nameKey: name_key })) };
}

async function rowOf(
  tx: WriteTx,
  receipt: StoredReceipt,
  entry: TreeEntry,
  known: RegistryPackageTable | null,
): Promise<RegistryPackageTable | null> {
  const { ecosystem, nameKey } = packageOfPath(entry.path);
  const shown = { ecosystem, name_key: nameKey, receipt: receipt.seq, valid_at: receipt.validAt };
  if (entry.state === 'absent') {
    const record = known?.record == null ? null : await recordKept(tx, known.record);
    const name = known?.name ?? nameKey;
    const registry = known?.registry ?? receipt.origin.slice(`${registrySource}:`.length);
    return { ...shown, name, registry, state: 'absent', record: known?.record ?? null, summary: canonicalJson(summaryOf(record, true)) };
  }
  const record = entry.state === 'read' ? await recordKept(tx, entry.hash) : null;
  if (record === null || entry.state !== 'read') return null;
  const { name, registry } = record;
  return { ...shown, name, registry, state: 'known', record: entry.hash, summary: canonicalJson(summaryOf(record, false)) };
}

/** What a registry said, as it is kept; null when the bytes are gone. */
export async function recordKept(reads: Pick<WriteTx, 'readRaw'>, hash: string): Promise<RegistryRecord | null> {
  const bytes = await reads.readRaw(hash);
  return bytes === null ? null : (storedJson(Buffer.from(bytes).toString()) as RegistryRecord);
}
