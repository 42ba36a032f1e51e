import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Act, KeptEntry, LedgerEntry, LedgerWords } from '#model/act.ts';

/** The end of the chain that a new entry is put to. */
export type ChainHead = { readonly seq: number; readonly hash: string };

/** The head of a chain without entries. */
export const noHead: ChainHead = { seq: 0, hash: '' };

/** What is to be chained: an act without what the chain gives it. */
export type NewAct = {
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly subject: string;
  readonly body: unknown;
  /** Names and free text; null when there are none. */
  readonly words: unknown;
};

/** Chains acts behind a head. `saltOf` gives a secret random text for each, so that erased words cannot be guessed from their commitment. */
export function chained(
  head: ChainHead,
  acts: readonly NewAct[],
  saltOf: () => string,
): { readonly entries: readonly LedgerEntry[]; readonly words: readonly LedgerWords[] } {
  const entries: LedgerEntry[] = [];
  const words: LedgerWords[] = [];
  let last = head;
  for (const { at, kind, actor, subject, body, words: said } of acts) {
    const seq = last.seq + 1;
    let commitment: string | null = null;
    if (said !== null) {
      const [salt, text] = [saltOf(), canonicalJson(said)];
      commitment = commitmentOf(salt, text);
      words.push({ seq, salt, text });
    }
    const entry = { seq, at, kind, actor, subject, body: canonicalJson(body), commitment, previous: last.hash };
    last = { seq, hash: entryHash(entry) };
    entries.push({ ...entry, hash: last.hash });
  }
  return { entries, words };
}

/** SHA-256 (hex) over everything that an entry says; the words stand in it by their commitment, so that they can be erased. */
export function entryHash({ seq, at, kind, actor, subject, body, commitment, previous }: Omit<LedgerEntry, 'hash'>): string {
  return hash('sha256', JSON.stringify([seq, at, kind, actor, subject, body, commitment, previous]), 'hex');
}

/** What stands in the chain for words. */
export function commitmentOf(salt: string, text: string): string {
  return hash('sha256', `${salt}\0${text}`, 'hex');
}

/** The act that an entry keeps. */
export function actOf(entry: KeptEntry): Act {
  const { seq, at, kind, actor, subject, commitment, words } = entry;
  return {
    seq,
    at,
    kind,
    actor,
    subject,
    body: storedJson(entry.body),
    words: words === null ? null : storedJson(words.text),
    areWordsErased: commitment !== null && words === null,
  };
}
