import type { ActKind } from '#desk/act-kind.ts';
import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import type { Refused } from '#desk/refused.ts';
import { invalid, unknown } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { EntryHead } from '#model/act.ts';
import type { Actor } from '#model/actor.ts';
import { isAllowed } from '#model/actor.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import type { Context } from './context.ts';
import { extentOf, extentsOf } from './extent-of.ts';
import { holdAbout, standingHolds } from './holds.ts';
import { keptHeld, keptMeant } from './kept-thing.ts';
import type { LiveDesk } from './live-desk.ts';
import { misfitOf } from './misfit.ts';

/** Who wants to do what. `body` and `words` have passed the kind's schemas. */
export type Wanted = {
  readonly kind: ActKind;
  readonly body: unknown;
  readonly words: unknown;
  readonly actor: Actor;
  /** What the actor may see of findings. */
  readonly visibility: Visibility;
  /** What the actor may see of components; absent: those whose findings they may see. */
  readonly estateVisibility?: Visibility;
  /** Number of the last act that the actor has seen, about the same subject unless the kind looks wider, 0 for none; null when they do not care. */
  readonly expects: number | null;
};

/** What was done, by its number in the ledger. */
export type Done = { readonly seq: number; readonly subject: string; readonly at: number };

/**
 * Judges an act on the newest state of the desk and appends it to the ledger, in one transaction: resolved as done, it is durable and everybody's next look shows it.
 * A refusal is a value and changes nothing.
 */
export async function performAct(context: Context, live: LiveDesk, estate: Estate, wanted: Wanted): Promise<Done | Refused> {
  const { kind, words, actor, visibility, estateVisibility = visibility, expects } = wanted;
  if (!isAllowed(actor, kind.permission)) return { refusal: 'not-allowed', reason: `This needs the permission ${kind.permission}.` };
  const kept = await keptMeant(context.store, estate, estateVisibility, kind, wanted.body);
  if (kept !== null && 'refusal' in kept) return kept;
  const body = kept === null ? wanted.body : { ...(wanted.body as object), ...kept.subject };
  const teams: (string | null)[] = [];
  for (const ref of kind.componentsOf?.(body) ?? []) {
    const component = estate.components[estate.componentByRef.get(ref) ?? -1];
    if (component === undefined || !isVisible(component, estateVisibility)) return unknown(`There is no component ${ref}.`);
    teams.push(component.team);
  }
  const seen = kind.seenOf?.(body, await live.catchUp(context.store)) ?? [];
  for (const ref of seen) {
    const component = estate.components[estate.componentByRef.get(ref) ?? -1];
    if (component !== undefined && !isVisible(component, estateVisibility)) return unknown('One of these does not exist.');
  }
  const misfit = misfitOf(kind.id, body);
  if (misfit !== null) return invalid(misfit);
  const predicate = kind.predicateOf?.(body) ?? null;
  const extent = predicate === null ? null : extentOf(estate, predicate, visibility);
  const predicates = kind.predicatesOf?.(body, await live.catchUp(context.store)) ?? null;
  const extents = predicates === null ? {} : { extents: extentsOf(estate, predicates, visibility) };
  const subject = kind.subjectOf(body);
  const done = await context.store.write(async (tx): Promise<Done | Refused> => {
    await tx.lockLedger();
    const desk = await live.catchUp(tx);
    const at = context.clock();
    const erased = kind.entriesOf?.(body) ?? [];
    const entries = erased.length === 0 ? [] : await tx.ledgerHeads(erased);
    const retried = kind.deliveriesOf?.(body) ?? [];
    const givenUp = retried.length === 0 ? {} : { givenUp: await tx.countGivenUp(retried) };
    const command = { body, words, actor, at, extent, ...extents, teams, entries, ...givenUp };
    const isChanged = expects !== null && (kind.isChangedSince?.(desk, command, expects) ?? (desk.versions.get(subject) ?? 0) !== expects);
    if (isChanged) return { refusal: 'changed', reason: 'Somebody changed this meanwhile. Look at it again.' };
    const held = entries.length === 0 ? null : await heldEntry(tx, entries);
    const refused = held ?? (kept === null ? null : await keptHeld(tx, kept)) ?? kind.judge(desk, command);
    if (refused !== null) return refused;
    const head = (await tx.ledgerHead()) ?? noHead;
    const act: NewAct = { at, kind: kind.id, actor: actor.id, subject, body: kind.kept?.(desk, command) ?? body, words: words ?? null };
    const made = chained(head, [act], context.randomId);
    await tx.appendLedger(made.entries, made.words);
    if (erased.length > 0) await tx.eraseWords(erased);
    if (retried.length > 0) await tx.retryDeliveries(retried, at);
    const seq = head.seq + 1;
    await tx.appendChange('act', { acts: [seq] }, at);
    return { seq, subject, at };
  });
  if (!('refusal' in done)) await live.catchUp(context.store);
  return done;
}

/** Words about what is held are held, too, wherever the hold was placed. */
async function heldEntry(reads: StoreReads, entries: readonly EntryHead[]): Promise<Refused | null> {
  const holds = await standingHolds(reads);
  for (const entry of entries) {
    const hold = holdAbout(holds, entry);
    if (hold !== null) return invalid(`Entry ${String(entry.seq)} is about what is under a legal hold (${hold.authority}).`);
  }
  return null;
}
