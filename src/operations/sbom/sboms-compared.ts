import { evidencesOf } from '#estate/questions/inventory.ts';
import type { Estate } from '#estate/estate.ts';
import type { Context } from '../context.ts';
import { shownBy } from '../shown-by.ts';
import { compareSboms, type NamedSbom, type SbomsCompared } from './compare-sboms.ts';

/** An SBOM by the receipt that showed it; `path` where one receipt shows several. */
export type SbomPlace = { readonly receipt: string; readonly path: string | null };

/**
 * Compares two SBOMs of a component that may be seen. Only what sources of its own showed is compared, under paths of its own: gives in one sentence what is not
 * there otherwise.
 */
export async function sbomsOfComponentCompared(
  { store, gateway }: Pick<Context, 'store' | 'gateway'>,
  estate: Estate,
  slot: number,
  places: { readonly before: SbomPlace; readonly after: SbomPlace },
): Promise<SbomsCompared | string> {
  const own = new Map<string, Set<string>>();
  for (const each of evidencesOf(estate, slot)) {
    const evidence = estate.evidence[each];
    const shown = evidence?.kind === 'sbom' ? await shownBy(store, evidence) : null;
    if (shown === null || evidence == null) continue;
    const paths = own.get(shown.receipt.origin) ?? new Set();
    own.set(shown.receipt.origin, paths.add(evidence.path));
  }
  const read = async ({ receipt, path }: SbomPlace): Promise<NamedSbom | null> => {
    const found = await store.receiptByPublicId(receipt);
    const paths = found === null ? undefined : own.get(found.receipt.origin);
    if (found === null || paths === undefined) return null;
    const tree = await store.treeOf(found.receipt);
    const entry = tree.find((each) => paths.has(each.path) && (path === null || each.path === path));
    const bytes = entry?.state === 'read' ? await store.readRaw(entry.hash) : null;
    if (entry === undefined || bytes === null) return null;
    const { document } = await gateway.readSbom({ path: entry.path, bytes, formatId: null });
    return { name: `${entry.path} of ${new Date(found.receipt.validAt).toISOString().slice(0, 10)}`, document };
  };
  const [before, after] = [await read(places.before), await read(places.after)];
  if (before === null || after === null) return `There is no SBOM of this component in the receipt ${before === null ? 'before' : 'after'}.`;
  return compareSboms(before, after);
}
