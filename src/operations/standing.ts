import { componentRef, refOnCollision } from '#analysis/components/component-ref.ts';
import type { KeptDecision } from '#model/decision.ts';
import type { Place } from '#model/receipt.ts';
import type { StoreReads } from '#store/store.ts';
import { keptDecisions } from './kept-decisions.ts';

/** What stands decided of a component. `retiredAt` in Unix milliseconds; null while it lives. */
export type Standing = { readonly removed: boolean; readonly retiredAt: number | null };

type Component = { readonly ref: string; readonly origin: string };

/** What was decided of a component, or of the source that it is of. */
export async function standingOf(reads: StoreReads, { ref, origin }: Component): Promise<Standing> {
  const rows = (await keptDecisions(reads, { kinds: ['retire', 'delete', 'erase'], subjects: [ref, origin], standing: true })).filter((each) =>
    each.about === 'component' ? each.subject === ref : each.about === 'origin' && each.subject === origin,
  );
  const retired = rows.filter((each) => each.kind === 'retire').map((each) => each.at);
  return { removed: rows.some((each) => each.kind !== 'retire'), retiredAt: retired.length === 0 ? null : Math.min(...retired) };
}

/** Something that was deleted or erased is not to be read again. */
export class RemovedError extends Error {}

/** The decision by which a source is no longer read; null while it may be. */
export async function removalOfOrigin(reads: StoreReads, origin: string): Promise<KeptDecision | null> {
  const rows = await keptDecisions(reads, { kinds: ['delete', 'erase'], subjects: [origin], standing: true });
  return rows.find((each) => each.about === 'origin') ?? null;
}

/** Tells the directories of a source whose components are no longer read from the others. */
export async function removalsIn(reads: StoreReads, origin: string, place: Place | null): Promise<(dir: string) => KeptDecision | null> {
  const removals = (await keptDecisions(reads, { kinds: ['delete', 'erase'], standing: true })).filter((each) => each.about === 'component');
  if (removals.length === 0 || place === null) return () => null;
  const byRef = new Map(removals.map((each) => [each.subject, each]));
  const known = new Map((await reads.componentsOf(origin)).map((row) => [row.dir, row.ref]));
  return (dir) => {
    const first = componentRef(place, dir);
    // What is known has its name; the others would get one of these.
    const refs = known.has(dir) ? [known.get(dir) ?? ''] : [refOnCollision(first, origin, dir), first];
    for (const ref of refs) {
      const removal = byRef.get(ref);
      if (removal !== undefined) return removal;
    }
    return null;
  };
}

/** Hashes of bytes that are not to be kept again. */
export async function erasedRaws(reads: StoreReads): Promise<ReadonlySet<string>> {
  const rows = await keptDecisions(reads, { kinds: ['erase'], standing: true });
  return new Set(rows.flatMap((each) => (each.about === 'raw' ? [each.subject] : [])));
}

/** Why something is not read, in words; the reason stays with the decision, since it may tell what is to be forgotten. */
export function removalInWords(what: string, { kind, id, at, authority }: KeptDecision): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return `${what} was ${kind === 'erase' ? 'erased' : 'deleted'} here on ${day} (${authority ?? 'authority erased'}) and is not read again. To read it again, run guildhall decisions readmit ${id}.`;
}
