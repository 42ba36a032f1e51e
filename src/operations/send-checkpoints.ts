import { fetchThrough } from '#outbound/fetch-through.ts';
import type { Store } from '#store/store.ts';
import { checkpointFile } from '#desk/ledger/checkpoint.ts';
import { checkpointJson, keptCheckpoints } from './checkpoint-ledger.ts';
import type { RemoteAccess } from './collect-remote.ts';
import type { Configuration } from './configuration.ts';
import { authorities } from './notify/send-deliveries.ts';

/** Where signed heads go over the network. */
export type CheckpointReceiver = NonNullable<Configuration['ledger']['send']>;

/**
 * Sends the checkpoints that were not sent yet, oldest first: `PUT` to a name of its own below the URL, or `POST` to the URL itself. Each is noted once it was
 * taken, so that one may be sent twice and none is left out. Gives how many; throws, naming the receiver, when it does not take one.
 */
export async function sendCheckpoints(
  store: Store,
  { url, method, token }: CheckpointReceiver,
  access: Pick<RemoteAccess, 'proxy' | 'caFile'>,
): Promise<number> {
  const { host } = new URL(url);
  const request = fetchThrough({ proxy: access.proxy, configuredHosts: [host], ca: authorities(access) });
  const last = (await store.lastCheckpointSent()) ?? 0;
  const missing = (await keptCheckpoints(store)).filter(({ seq }) => seq > last);
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  for (const checkpoint of missing) {
    const to = method === 'PUT' ? `${url.replace(/\/$/, '')}/${checkpointFile(checkpoint)}` : url;
    const { status } = await request(to, { method, headers, body: Buffer.from(checkpointJson(checkpoint)) });
    if (status < 200 || status > 299) throw new Error(`${host} answered ${String(status)} to a checkpoint of the ledger.`);
    await store.noteCheckpointSent(checkpoint.seq);
  }
  return missing.length;
}
