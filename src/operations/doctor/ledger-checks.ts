import { createPrivateKey } from 'node:crypto';
import type { StoreReads } from '#store/store.ts';
import type { Configuration } from '../configuration.ts';
import { fault, ok, warning, type Check } from './check.ts';

const dayMs = 86_400_000;

/** Whether heads of the ledger are signed, and lie where those who keep the office cannot alter them. */
export async function ledgerChecks(
  store: Pick<StoreReads, 'ledgerHead' | 'newestLedgerCheckpoint' | 'lastCheckpointSent'>,
  { ledger: { key, checkpoints, send } }: Configuration,
  now: number,
): Promise<readonly Check[]> {
  const head = await store.ledgerHead();
  if (key === undefined)
    return head === null
      ? [ok('ledger', 'nobody did anything yet')]
      : [
          warning(
            'ledger',
            'Nothing signs the ledger: whoever writes to the database could write it anew.',
            'Make a key with guildhall ledger keygen and name it as ledger.key.',
          ),
        ];
  if (!isEd25519(key)) return [fault('ledger', 'ledger.key is no private Ed25519 key in PEM.', 'Make one with guildhall ledger keygen.', 2)];
  if (checkpoints === undefined && send === undefined)
    return [
      warning('ledger', 'Signed heads of the ledger stay in the office.', 'Name a folder outside as ledger.checkpoints, or a URL as ledger.send.'),
    ];
  const newest = await store.newestLedgerCheckpoint();
  if (newest === null) return [ok('ledger', 'its first head is signed within the hour')];
  const unsent = send !== undefined && ((await store.lastCheckpointSent()) ?? 0) < newest.seq;
  if (unsent && now - newest.at > dayMs)
    return [
      warning(
        'ledger',
        `${new URL(send.url).host} has not taken the head of ${new Date(newest.at).toISOString().slice(0, 16)}Z.`,
        'The line "jobs" says why; it is sent again every ten minutes.',
      ),
    ];
  return [ok('ledger', `signed up to entry ${String(newest.seq)}${unsent ? ', which is still to be sent' : ''}`)];
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
