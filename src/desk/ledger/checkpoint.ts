import type { ChainHead } from './chain.ts';

/** A signed head of the ledger, to be kept outside the office: whoever has it sees that the ledger was cut or written anew. */
export type Checkpoint = {
  readonly format: 'guildhall-checkpoint';
  readonly version: 1;
  /** The last entry there was. */
  readonly seq: number;
  readonly hash: string;
  /** How many entries there were. */
  readonly entries: number;
  /** When it was made, Unix milliseconds. */
  readonly at: number;
  /** First 32 hex digits of the SHA-256 of the public key (DER, SPKI). */
  readonly keyId: string;
  /** Ed25519 over `checkpointText`, base64. */
  readonly signature: string;
};

/** The checkpoint of a head, signed by `sign`. */
export function checkpointOf(head: ChainHead, at: number, keyId: string, sign: (text: string) => string): Checkpoint {
  const claim = { seq: head.seq, hash: head.hash, entries: head.seq, at, keyId };
  return { format: 'guildhall-checkpoint', version: 1, ...claim, signature: sign(checkpointText(claim)) };
}

/** What is signed. */
export function checkpointText({ seq, hash, entries, at, keyId }: Omit<Checkpoint, 'format' | 'version' | 'signature'>): string {
  return JSON.stringify(['guildhall-checkpoint', 1, seq, hash, entries, at, keyId]);
}

/** What a checkpoint's file is called: in order when sorted by name. */
export function checkpointFile({ seq }: Pick<Checkpoint, 'seq'>): string {
  return `checkpoint-${String(seq).padStart(12, '0')}.json`;
}
