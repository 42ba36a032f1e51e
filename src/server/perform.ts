import type { ActKind } from '#desk/act-kind.ts';
import { afterAct } from '#operations/after-act.ts';
import { actKindOf } from '#operations/live-desk.ts';
import { performAct, type Done } from '#operations/perform-act.ts';
import type { ServedOffice } from './office.ts';
import { visibilityOf, type Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

const statusOf = { 'not-allowed': 403, unknown: 404, changed: 412, invalid: 409 } as const;

/** What somebody asks to be done, its schemas passed. */
export type AskedAct = { readonly body: unknown; readonly words?: unknown; readonly expects?: number };

/** Does it as the principal, with what they may see. Refuses what the kind's own file refuses. */
export async function performed(
  office: ServedOffice,
  principal: Principal,
  kind: ActKind | string,
  { body, words, expects }: AskedAct,
): Promise<Done> {
  const wanted = typeof kind === 'string' ? actKindOf(kind) : kind;
  if (wanted === undefined) throw new Error('An act that is asked for is not in this build.');
  const estate = office.estate.current();
  if (estate === null) throw new Refusal(503, 'The estate is being loaded. Ask again in a moment.', { 'retry-after': '1' });
  const done = await performAct(office.context, office.desk, estate, {
    kind: wanted,
    body,
    words: words ?? null,
    actor: principal.actor,
    visibility: visibilityOf(principal, 'findings'),
    estateVisibility: visibilityOf(principal, 'estate'),
    expects: expects ?? null,
  });
  if ('refusal' in done) throw new Refusal(statusOf[done.refusal], done.reason);
  await afterAct(office.context, office.desk.desk, wanted.id);
  office.wake();
  return done;
}
