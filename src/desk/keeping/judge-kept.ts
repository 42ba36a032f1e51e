import { isAllowed, type Actor } from '#model/actor.ts';
import type { KeptDecision } from '#model/decision.ts';
import type { Permission } from '#model/permission.ts';
import type { Command } from '../act-kind.ts';
import type { Desk } from '../desk.ts';
import type { Refused } from '../refused.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';
import type { EndOfDecision, KeptThing, WhyKept } from './kept-decisions.ts';

type Kind = 'retire' | 'delete' | 'erase';

/** Why something may not be retired, deleted or erased. What is there, and what is held, only the store knows. */
export function judgeFirst(desk: Desk, { body, words, actor }: Command<KeptThing, WhyKept>, kind: Kind, permission: Permission): Refused | null {
  const refused = wrongHand(actor, words, permission);
  if (refused !== null) return refused;
  const isWhole = body.about === 'component' || body.about === 'origin';
  if (kind === 'retire' && !isWhole) return invalid('Only a component or a source can be retired.');
  if (kind === 'delete' && !isWhole) return invalid('Only a component or a source can be deleted; erase the rest.');
  if (desk.kept.has(body.id)) return invalid('This was decided already.');
  for (const each of desk.kept.values()) if (each.kind === kind && isAbout(each, body)) return invalid(decidedAlready(each));
  return null;
}

/** Why something that was decided may not be ended. */
export function judgeEnd(
  desk: Desk,
  { body, words, actor }: Command<EndOfDecision, WhyKept>,
  kinds: readonly Kind[],
  permission: Permission,
): Refused | null {
  const refused = wrongHand(actor, words, permission);
  if (refused !== null) return refused;
  const ended = desk.kept.get(body.ends);
  if (ended === undefined || !isAbout(ended, body) || !kinds.some((kind) => kind === ended.kind))
    return unknown('There is no such decision, or another one ended it already.');
  return null;
}

function isAbout(decision: KeptDecision, { about, subject }: Pick<KeptThing, 'about' | 'subject'>): boolean {
  return decision.about === about && decision.subject === subject;
}

function wrongHand(actor: Actor, { by }: WhyKept, permission: Permission): Refused | null {
  // It is about everybody's data: for some teams alone nobody may.
  if (!isAllowed(actor, permission, [null])) return notAllowed(`This needs the permission ${permission} in the whole office.`);
  return by !== null && actor.kind !== 'office' ? notAllowed('Who you are stands in the entry: leave "by" out.') : null;
}

function decidedAlready({ at, author, id }: KeptDecision): string {
  return `That was decided already, on ${new Date(at).toISOString().slice(0, 10)} by ${author}: ${id}.`;
}
