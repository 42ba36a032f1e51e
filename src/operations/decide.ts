import { endedBy, type DecisionAbout, type DecisionKind, type Extent } from '#model/decision.ts';
import type { DecisionTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import type { Context } from './context.ts';
import { isFeed } from './fold-feed.ts';
import { standingHolds } from './holds.ts';
import { extentOf, planRemoval, type Removal, type Subject } from './plan-removal.ts';

/** Who decides, on what authority and why. */
export type Decider = { readonly author: string; readonly authority: string; readonly reason: string };

/** A decision that is recorded, or why it is not. What follows from it is done by `carryOut`. */
export type Decided = { readonly ok: true; readonly decision: DecisionTable } | { readonly ok: false; readonly refusal: string };

/** A decision that stands by itself until another one ends it. */
export type FirstKind = keyof typeof endedBy;

/** Records a decision about something that is there. Legal hold wins over deleting and erasing. */
export async function decide(context: Context, kind: FirstKind, asked: Subject, decider: Decider): Promise<Decided> {
  const found = await namedSubject(context.store, asked, kind);
  if (found === null) return { ok: false, refusal: notThere(asked) };
  const isRemoval = kind === 'delete' || kind === 'erase';
  if (kind === 'retire' && found.about !== 'component' && found.about !== 'origin')
    return { ok: false, refusal: 'Only a component or a source can be retired.' };
  if (kind === 'delete' && found.about !== 'component' && found.about !== 'origin')
    return { ok: false, refusal: 'Only a component or a source can be deleted; erase the rest.' };
  const removal = isRemoval ? await planRemoval(context.store, found, kind === 'erase') : null;
  return context.store.write(async (tx): Promise<Decided> => {
    const before = await tx.decisions({ kinds: [kind], subjects: [found.subject], standing: true });
    const same = before.find((each) => each.about === found.about);
    if (same !== undefined) return { ok: false, refusal: `That was decided already, on ${dayOf(same.at)} by ${same.author}: ${same.id}.` };
    const held = removal !== null ? await holdOn(tx, found, removal) : null;
    if (held !== null) return { ok: false, refusal: heldInWords(held) };
    const at = context.clock();
    const decision: DecisionTable = {
      ...{ id: context.randomId(), kind, ...found, ...decider, at, supersedes: null, extent: '{}' },
      done_at: kind === 'hold' ? at : null,
    };
    await tx.recordDecision(decision);
    return { ok: true, decision };
  });
}

/** Records that a decision no longer holds: a retired component is back, a deletion or erasure no longer keeps what it named from being read, a hold is over. */
export async function endDecision(context: Context, id: string, decider: Decider): Promise<Decided> {
  return context.store.write(async (tx): Promise<Decided> => {
    const [ended] = await tx.decisions({ ids: [id] });
    if (ended === undefined || !isFirst(ended.kind)) return { ok: false, refusal: `There is no decision ${id} that could be ended.` };
    if ((await tx.decisions({ ids: [id], standing: true })).length === 0) return { ok: false, refusal: 'Another decision ended this one already.' };
    const at = context.clock();
    const kind = endedBy[ended.kind];
    const { about, subject } = ended;
    const decision: DecisionTable = {
      ...{ id: context.randomId(), kind, about, subject, ...decider, at, supersedes: id, extent: '{}' },
      done_at: kind === 'release' ? at : null,
    };
    await tx.recordDecision(decision);
    return { ok: true, decision };
  });
}

/** What deciding about something would touch, and the hold that forbids to remove it; null when nothing of the kind is there. */
export async function extentBefore(
  reads: StoreReads,
  asked: Subject,
  kind: FirstKind,
): Promise<{ readonly subject: Subject; readonly extent: Extent; readonly hold: DecisionTable | null } | null> {
  const subject = await namedSubject(reads, asked, kind);
  if (subject === null) return null;
  const removal = await planRemoval(reads, subject, kind === 'erase');
  return { subject, extent: await extentOf(reads, removal), hold: await holdOn(reads, subject, removal) };
}

/** The hold that forbids a removal, or null. A hold on a part holds the whole, and one on the whole each part. */
export async function holdOn(reads: StoreReads, { about, subject }: Subject, removal: Removal): Promise<DecisionTable | null> {
  const holds = await standingHolds(reads);
  if (holds.length === 0) return null;
  const touched: Readonly<Record<DecisionAbout, ReadonlySet<string>>> = {
    component: new Set(removal.components.map((each) => each.ref)),
    origin: new Set([...removal.origins, ...removal.refolded, ...removal.components.map((each) => each.origin)]),
    upload: new Set(removal.receipts.map((each) => each.publicId)),
    raw: removal.raws,
  };
  return holds.find((each) => (each.about === about && each.subject === subject) || touched[each.about].has(each.subject)) ?? null;
}

/** A hold as the reason of a refusal. */
export function heldInWords({ about, subject, at, authority, id }: DecisionTable): string {
  return `A legal hold on the ${about} ${subject} of ${dayOf(at)} (${authority}) forbids it: ${id}.`;
}

/** The subject by its natural key; null when there is nothing of the kind. Feeds hold nothing of the firm's. What was deleted can still be erased. */
async function namedSubject(reads: StoreReads, { about, subject }: Subject, kind: FirstKind): Promise<Subject | null> {
  const wasDeleted =
    kind === 'erase' && (await reads.decisions({ kinds: ['delete'], subjects: [subject], standing: true })).some((each) => each.about === about);
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

function notThere({ about, subject }: Subject): string {
  const next = {
    component: 'guildhall scan lists refs',
    origin: 'the page of sources lists them',
    upload: 'the page of its component lists receipts',
  };
  const where = about === 'component' || about === 'origin' || about === 'upload' ? ` (${next[about]})` : '';
  return `There is no ${about} ${JSON.stringify(subject)} here${where}.`;
}

function isFirst(kind: DecisionKind): kind is FirstKind {
  return Object.hasOwn(endedBy, kind);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
