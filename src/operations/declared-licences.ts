import { packageKey } from '#language/package-key.ts';
import type { Store } from '#store/store.ts';
import { shownBy } from './shown-by.ts';

/** Licences a file declares for one of its package versions, as written; empty when it declares none. */
export type DeclaredLicences = (ecosystem: string, nameKey: string, version: string) => readonly string[];

/** What the file of an evidence declares of licences: they are kept in its reading, not in the estate. */
export async function declaredLicences(
  store: Pick<Store, 'snapshot'>,
  evidence: { readonly path: string; readonly receipt: number },
): Promise<DeclaredLicences> {
  return store.snapshot(async (reads) => {
    const shown = await shownBy(reads, evidence);
    const declared = new Map<string, readonly string[]>();
    const result = shown?.reading == null ? null : await reads.resultOf(shown.reading);
    for (const each of result?.packages ?? []) {
      const ecosystem = each.ecosystem ?? '';
      if (each.licences.length > 0) declared.set(keyOf(ecosystem, packageKey(ecosystem, each.name), each.version ?? ''), each.licences);
    }
    return (ecosystem, nameKey, version) => declared.get(keyOf(ecosystem, nameKey, version)) ?? [];
  });
}

function keyOf(ecosystem: string, nameKey: string, version: string): string {
  return [ecosystem, nameKey, version].join('\0');
}
