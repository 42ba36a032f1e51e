import { hash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import type { LedgerEntry, LedgerWords } from '#model/act.ts';
import type { DecisionAbout, DecisionKind } from '#model/decision.ts';
import { appendLedger, ledgerHead } from './queries/ledger.ts';
import type { Access } from './tables.ts';

/** A decision as layouts before 15 kept it, in a table of its own, and as their archives hold it. */
export type EarlierDecision = {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly about: DecisionAbout;
  readonly subject: string;
  readonly author: string;
  readonly authority: string;
  readonly reason: string;
  readonly at: number;
  readonly supersedes: string | null;
  readonly extent: string;
  readonly done_at: number | null;
};

const acts: Readonly<Record<DecisionKind, string>> = {
  retire: 'retire-kept',
  delete: 'delete-kept',
  erase: 'erase-kept',
  hold: 'place-hold',
  return: 'return-kept',
  readmit: 'readmit-kept',
  release: 'release-hold',
};

/**
 * Puts decisions of a table of their own at the end of the ledger, oldest first: the entry says who moved it and when, its body when it was decided, its words
 * by whom and why. Gives the number of each that was done. How entries are chained is repeated here on purpose: what a migration wrote never changes.
 */
export async function moveDecisions(
  access: Access,
  rows: readonly EarlierDecision[],
  now: number,
): Promise<readonly { readonly seq: number; readonly row: EarlierDecision }[]> {
  let { seq, hash: previous } = (await ledgerHead(access)) ?? { seq: 0, hash: '' };
  const [entries, words, moved]: [LedgerEntry[], LedgerWords[], { seq: number; row: EarlierDecision }[]] = [[], [], []];
  for (const row of rows.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    seq += 1;
    const [salt, text] = [randomUUID(), canonicalJson({ reason: row.reason, authority: row.authority, by: row.author })];
    const commitment = hash('sha256', `${salt}\0${text}`, 'hex');
    const [kind, subject, body] = [acts[row.kind], subjectOf(row), canonicalJson(bodyOf(row))];
    const own = hash('sha256', JSON.stringify([seq, now, kind, 'office', subject, body, commitment, previous]), 'hex');
    entries.push({ seq, at: now, kind, actor: 'office', subject, body, commitment, previous, hash: own });
    words.push({ seq, salt, text });
    moved.push({ seq, row });
    previous = own;
  }
  await appendLedger(access, entries, words);
  return moved;
}

function bodyOf({ id, kind, about, subject, at, supersedes, extent, done_at: doneAt }: EarlierDecision): object {
  const moved = { by: 'upgrade', at, extent, doneAt };
  if (kind === 'hold') return { id, on: keyOf(about, subject), reference: id, moved };
  if (kind === 'release') return { hold: supersedes, moved };
  return { id, about, subject, ...(supersedes === null ? {} : { ends: supersedes }), moved };
}

function subjectOf({ id, kind, about, subject, supersedes }: EarlierDecision): string {
  return kind === 'hold' || kind === 'release' ? `hold:${supersedes ?? id}` : keyOf(about, subject);
}

function keyOf(about: DecisionAbout, subject: string): string {
  return about === 'component' ? subject : `${about}:${subject}`;
}
