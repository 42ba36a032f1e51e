import { emptyEstate, type Estate } from '#estate/estate.ts';
import { keyOfKept } from '#desk/keeping/kept-decisions.ts';
import type { Actor } from '#model/actor.ts';
import type { endedBy, Extent, KeptDecision } from '#model/decision.ts';
import type { Visibility } from '#model/visibility.ts';
import { seesAll } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import type { Context } from './context.ts';
import { keptDecisions, type KeptRow } from './kept-decisions.ts';
import { holdOn, namedSubject, notThere } from './kept-thing.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';
import { extentOf, planRemoval, type Subject } from './plan-removal.ts';

/** As whom, on what authority and why somebody at the machine decides. */
export type Decider = { readonly author: string; readonly authority: string; readonly reason: string };

/** A decision that is recorded, or why it is not. What follows from it is done by `carryOut`. */
export type Decided = { readonly ok: true; readonly decision: KeptRow } | { readonly ok: false; readonly refusal: string };

/** A decision that stands by itself until another one ends it. */
export type FirstKind = keyof typeof endedBy;

/** Who decides, with what they may see; the office itself when absent. */
export type DecidingAs = {
  readonly actor: Actor;
  readonly live: LiveDesk;
  readonly estate: Estate;
  readonly visibility: Visibility;
  /** The id of the decision, where the asker must find it again. */
  readonly id: string;
};

const matter = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/;

/** Records a decision about something that is there, as an act of the ledger. Legal hold wins over deleting and erasing. */
export async function decide(context: Context, kind: FirstKind, { about, subject }: Subject, decider: Decider, as?: DecidingAs): Promise<Decided> {
  const id = as?.id ?? context.randomId();
  // Asked again after a try that was cut off.
  const [made] = as === undefined ? [] : await keptDecisions(context.store, { ids: [id] });
  if (made !== undefined) return { ok: true, decision: made };
  if (kind !== 'hold') return said(context, `${kind}-kept`, { id, about, subject }, decider, id, as);
  const found = await namedSubject(context.store, { about, subject }, kind);
  if (found === null) return { ok: false, refusal: notThere({ about, subject }) };
  const same = (await keptDecisions(context.store, { kinds: ['hold'], subjects: [found.subject], standing: true })).find(
    (each) => each.about === about,
  );
  if (same !== undefined) return { ok: false, refusal: `That was decided already, on ${dayOf(same.at)} by ${same.author}: ${same.id}.` };
  const reference = matter.test(decider.authority) ? decider.authority : id;
  return said(context, 'place-hold', { id, on: keyOfKept(found), reference }, decider, id, as);
}

/** Records that a decision no longer holds: a retired component is back, a deletion or erasure no longer keeps what it named from being read, a hold is over. */
export async function endDecision(context: Context, id: string, decider: Decider, as?: DecidingAs): Promise<Decided> {
  const [ended] = await keptDecisions(context.store, { ids: [id] });
  if (ended === undefined || ended.supersedes !== null) return { ok: false, refusal: `There is no decision ${id} that could be ended.` };
  if ((await keptDecisions(context.store, { ids: [id], standing: true })).length === 0)
    return { ok: false, refusal: 'Another decision ended this one already.' };
  if (ended.kind === 'hold') return said(context, 'release-hold', { hold: id }, decider, `${id}-released`, as);
  const own = as?.id ?? context.randomId();
  const { about, subject } = ended;
  return said(context, ended.kind === 'retire' ? 'return-kept' : 'readmit-kept', { id: own, about, subject, ends: id }, decider, own, as);
}

/** What deciding about something would touch, and the hold that forbids to remove it; null when nothing of the kind is there. */
export async function extentBefore(
  reads: StoreReads,
  asked: Subject,
  kind: FirstKind,
): Promise<{ readonly subject: Subject; readonly extent: Extent; readonly hold: KeptDecision | null } | null> {
  const subject = await namedSubject(reads, asked, kind);
  if (subject === null) return null;
  const removal = await planRemoval(reads, subject, kind === 'erase');
  return { subject, extent: await extentOf(reads, removal), hold: await holdOn(reads, subject, removal) };
}

/** Performs the act, and gives the decision that it is. */
async function said(
  context: Context,
  act: string,
  body: object,
  { author, authority, reason }: Decider,
  id: string,
  as: DecidingAs | undefined,
): Promise<Decided> {
  const kind = actKindOf(act);
  if (kind === undefined) throw new Error(`The act ${act} is not in this build.`);
  const { actor, live, estate, visibility } = as ?? { actor: officeActor, live: openLiveDesk(), estate: emptyEstate(), visibility: seesAll };
  const isKept = act.endsWith('-kept');
  const words = { reason, authority, ...(as === undefined ? { by: author } : isKept ? { by: null } : {}) };
  const done = await performAct(context, live, estate, { kind, body, words, actor, visibility, expects: null });
  if ('refusal' in done) return { ok: false, refusal: done.reason };
  const [decision] = await keptDecisions(context.store, { ids: [id] });
  if (decision === undefined) throw new Error('A decision just recorded is not there. Run guildhall doctor.');
  return { ok: true, decision };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
