import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import type { Refused } from '#desk/refused.ts';
import { emptyEstate } from '#estate/estate.ts';
import type { Context } from '../context.ts';
import { estateFor } from '../estate-for.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { officeActor } from '../office-actor.ts';
import { performAct } from '../perform-act.ts';
import { seesAll } from '#model/visibility.ts';
import { evidencePack, type EvidencePack } from './evidence-pack.ts';
import { seesAllEvidence } from './evidence-sight.ts';

/** Draws evidence as the office: puts on record that it was drawn and for what, then makes the pack. */
export async function drawEvidence(
  context: Context,
  name: string,
  question: EvidenceQuestion,
  purpose: string | null,
): Promise<EvidencePack | Refused> {
  const kind = actKindOf('draw-evidence');
  if (kind === undefined) throw new Error('The act draw-evidence is not in this build.');
  const body = { id: context.randomId(), question };
  const wanted = { kind, body, words: { purpose }, actor: officeActor, visibility: seesAll, expects: null };
  const done = await performAct(context, openLiveDesk(), emptyEstate(), wanted);
  if ('refusal' in done) return done;
  const today = new Date(context.clock()).toISOString().slice(0, 10);
  const estate = await estateFor(context.store, question.asOf === today ? null : question.asOf);
  return evidencePack(context.store, estate, seesAllEvidence, name, question);
}
