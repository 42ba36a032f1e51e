import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DeskDecision, FindingDesk, Named } from '#server/schemas/desk-decision.ts';
import type { Finding, FindingDetail } from '#server/schemas/finding.ts';
import { act, newId } from '../../parts/acts.ts';
import { ApiError, ask, inWords } from '../../parts/api.ts';
import { useNow } from '../../parts/now.ts';
import { announce, undoAfter } from '../../parts/undo.ts';
import { verdictWords } from '../../parts/verdict-words.ts';
import { day } from '../../parts/words.ts';
import { areOneSubject, emptyDraft, faultOf, reachesOf } from './decision-draft.ts';
import type { Draft } from './decision-draft.ts';
import { propose, recordDecision } from './desk-actions.ts';
import type { Targets } from './selection.ts';

const prefetched = 2;

/** The open finding, what people did about it, and why nothing can be decided about it; the next two are asked for ahead. */
export function useOpenFinding(open: string | undefined, findings: readonly Finding[], asOf: string | undefined) {
  const client = useQueryClient();
  const isNow = asOf === undefined;
  const detail = useQuery({ ...ask('/v1/findings/:id', { id: open ?? '' }, { asOf }), enabled: open !== undefined });
  const isOpen = detail.data?.state === 'open';
  const desk = useQuery({ ...ask('/v1/findings/:id/desk', { id: open ?? '' }), enabled: open !== undefined && isNow && isOpen });
  const at = findings.findIndex((finding) => finding.id === open);
  useEffect(() => {
    if (!isNow || at === -1) return;
    for (const { id } of findings.slice(at + 1, at + 1 + prefetched)) {
      // What fails ahead of its time is asked again, and said, when it is opened.
      client.query(ask('/v1/findings/:id', { id })).catch(() => undefined);
      client.query(ask('/v1/findings/:id/desk', { id })).catch(() => undefined);
    }
  }, [client, at, findings, isNow]);
  return { detail, desk, at, readOnly: readOnlyBecause(asOf, detail.data, desk.data) };
}

function readOnlyBecause(asOf: string | undefined, detail: FindingDetail | undefined, desk: FindingDesk | undefined): string | null {
  if (asOf !== undefined) return `As of ${day(asOf)}, read only. Go back to now to decide.`;
  if (detail !== undefined && detail.state !== 'open') return 'It is over: the inventory says so, and nothing is left to decide.';
  if (desk === undefined || desk.may.decide || desk.may.propose) return null;
  const [first] = desk.deciders;
  return `You may read this and decide nothing. ${first === undefined ? 'Ask the open source office' : `Ask ${first.name}`}.`;
}

type DecidingProps = {
  readonly targets: Targets | null;
  readonly desk: FindingDesk | undefined;
  readonly refetchDesk: () => Promise<FindingDesk | undefined>;
  readonly onRecorded: () => void;
};

/** A decision while it is written and sent. A failed one keeps what was written, and says who was faster if somebody was. */
export function useDeciding({ targets, desk, refetchDesk, onRecorded }: DecidingProps) {
  const client = useQueryClient();
  const now = useNow();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [id, setId] = useState(newId);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const refresh = async () => {
    // What was asked ahead before the act was done would answer for the time before it.
    await client.cancelQueries();
    await client.invalidateQueries();
  };
  const record = () => {
    if (targets === null || desk === undefined || isSending || !areOneSubject(targets) || faultOf(draft, now) !== null) return;
    setFailure(null);
    setSending(true);
    // At once: the next key is meant for the desk, such as U, and not for the reason that was just written.
    const left = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    left?.blur();
    const reach = reachesOf(targets).includes(draft.reach) ? draft.reach : 'these';
    const sent = desk.may.decide
      ? recordDecision({ draft: { ...draft, reach }, targets, id, expects: desk.seq }, refresh)
      : propose(draft, targets, desk.deciders[0]?.id ?? null, refresh).then(() => announce(`Proposed to ${desk.deciders[0]?.name ?? 'the office'}.`));
    undoAfter(sent);
    sent
      .then(() => {
        setDraft(emptyDraft);
        setId(newId());
        onRecorded();
        void refresh();
      })
      .catch(async (error: unknown) => {
        setFailure(await inWordsWith(error, refetchDesk));
        left?.focus();
      })
      .finally(() => setSending(false));
  };
  return { draft, setDraft, failure, isSending, record, refresh };
}

async function inWordsWith(error: unknown, refetchDesk: () => Promise<FindingDesk | undefined>): Promise<string> {
  if (!(error instanceof ApiError) || error.status !== 412) return `Not recorded: ${inWords(error)}`;
  const latest = (await refetchDesk())?.decisions[0];
  return latest === undefined
    ? 'Not recorded: somebody decided some of it meanwhile. Look again, then record it if it still holds.'
    : `Not recorded: ${saidBy(latest)} meanwhile. Look at it, then record yours if it still holds.`;
}

function saidBy({ by, verdict }: DeskDecision): string {
  return `${by.name} decided “${verdictWords[verdict]}”`;
}

/** Who is signed in, as acts name them. */
export function useMe(): Named | undefined {
  const { data } = useQuery(ask('/v1/session'));
  return data === undefined ? undefined : { id: data.principal.id, name: `${data.principal.name} (me)` };
}

/** Says something about a finding. */
export async function say(desk: FindingDesk, text: string): Promise<void> {
  await act('comment', { body: { finding: desk.key }, words: { text } });
}
