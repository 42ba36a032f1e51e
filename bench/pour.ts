import { parentPort, workerData } from 'node:worker_threads';
import { seeded } from './figure.ts';
import { inventoryRanks, versionOfRank, zipfRanks } from './large-estate.ts';
import { sbomOf } from './made-sbom.ts';

// Sends SBOMs one after another from a thread of its own until it is told to stop, then says how many were taken.
const { url, token } = workerData as { readonly url: string; readonly token: string };
const draw = zipfRanks(seeded(37));
const stop = new AbortController();
parentPort?.once('message', () => {
  stop.abort();
});
let taken = 0;
for (; !stop.signal.aborted; taken += 1) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = sbomOf(inventoryRanks(draw).map(versionOfRank));
  const reply = await fetch(`${url}/v1/sboms?component=kiosk-${String(taken % 20)}`, { method: 'POST', headers, body });
  if (reply.status !== 202) throw new Error(`An SBOM was not taken: ${String(reply.status)} ${await reply.text()}`);
  await reply.arrayBuffer();
}
parentPort?.postMessage(taken);
