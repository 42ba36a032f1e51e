import type { ActKind } from '#desk/act-kind.ts';
import type { Refused } from '#desk/refused.ts';
import { invalid, unknown } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { DecisionKind, KeptDecision } from '#model/decision.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { isFeed } from './fold-feed.ts';
import { standingHolds } from './holds.ts';
import { keptDecisions } from './kept-decisions.ts';
import { planRemoval, type Removal, type Subject } from './plan-removal.ts';

/** What an act decides of what the office keeps: by its lasting key, and what would go. */
export type KeptMeant = { readonly subject: Subject; readonly removal: Removal | null };

/** Finds what an act means, as far as the actor may see it; null for kinds that mean nothing of it, a refusal when it is not there. */
export async function keptMeant(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  kind: ActKind,
  body: unknown,
): Promise<KeptMeant | Refused | null> {
  const asked = kind.keptOf?.(body) ?? null;
  if (asked === null) return null;
  if (!maySee(estate, visibility, asked)) return unknown(notThere(asked));
  // What is ended is named by its decision, and may be gone.
  if (asked.decision === 'return' || asked.decision === 'readmit') return { subject: { about: asked.about, subject: asked.subject }, removal: null };
  const subject = await namedSubject(reads, asked, asked.decision);
  if (subject === null) return unknown(notThere(asked));
  const isRemoval = asked.decision === 'delete' || asked.decision === 'erase';
  return { subject, removal: isRemoval ? await planRemoval(reads, subject, asked.decision === 'erase') : null };
}

/** The hold that forbids it, as a refusal; null when none does. */
export async function keptHeld(reads: StoreReads, { subject, removal }: KeptMeant): Promise<Refused | null> {
  const hold = removal === null ? null : await holdOn(reads, subject, removal);
  return hold === null ? null : invalid(heldInWords(hold));
}

/** The hold that forbids a removal, or null. A hold on a part holds the whole, and one on the whole each part. */
export async function holdOn(reads: StoreReads, { about, subject }: Subject, removal: Removal): Promise<KeptDecision | null> {
  const holds = await standingHolds(reads);
  if (holds.length === 0) return null;
  const touched: Readonly<Record<Subject['about'], ReadonlySet<string>>> = {
    component: new Set(removal.components.map((each) => each.ref)),
    origin: new Set([...removal.origins, ...removal.refolded, ...removal.components.map((each) => each.origin)]),
    upload: new Set(removal.receipts.map((each) => each.publicId)),
    raw: removal.raws,
  };
  return holds.find((each) => (each.about === about && each.subject === subject) || touched[each.about].has(each.subject)) ?? null;
}

/** A hold as the reason of a refusal. */
export function heldInWords({ about, subject, at, authority, id }: KeptDecision): string {
  return `A legal hold on the ${about} ${subject} of ${new Date(at).toISOString().slice(0, 10)} (${authority ?? 'authority erased'}) forbids it: ${id}.`;
}

/** The subject by its natural key; null when there is nothing of the kind. Feeds hold nothing of the firm's. What was deleted can still be erased. */
export async function namedSubject(reads: StoreReads, { about, subject }: Subject, kind: DecisionKind): Promise<Subject | null> {
  const wasDeleted =
    kind === 'erase' && (await keptDecisions(reads, { kinds: ['delete'], subjects: [subject], standing: true })).some((each) => each.about === about);
  switch (about) {
    case 'component': {
      const row = await reads.componentByRef(subject);
      if (row === null) return wasDeleted ? { about, subject } : null;
      return row.removed === 1 && kind !== 'erase' ? null : { about, subject: row.ref };
    }
    case 'origin': {
      const receipt = await reads.lastReceiptOf(subject);
      if (receipt === null) return wasDeleted ? { about, subject } : null;
      return isFeed(receipt) ? null : { about, subject: receipt.origin };
    }
    case 'upload':
      return (await reads.receiptByPublicId(subject))?.receipt.source === 'upload' ? { about, subject } : null;
    case 'raw':
      return (await reads.hasRaw([subject])).has(subject) ? { about, subject } : null;
    default:
      return about satisfies never;
  }
}

/** Why nothing can be decided about it. */
export function notThere({ about, subject }: Subject): string {
  const next = {
    component: 'guildhall scan lists refs',
    origin: 'the page of sources lists them',
    upload: 'the page of its component lists receipts',
  };
  const where = about === 'component' || about === 'origin' || about === 'upload' ? ` (${next[about]})` : '';
  return `There is no ${about} ${JSON.stringify(subject)} here${where}.`;
}

/** Of what is no component only who sees everything knows whose it is. */
function maySee(estate: Estate, visibility: Visibility, { about, subject }: Subject): boolean {
  if (visibility.kind === 'all') return true;
  const component = about === 'component' ? estate.components[estate.componentByRef.get(subject) ?? -1] : undefined;
  return component !== undefined && isVisible(component, visibility);
}
