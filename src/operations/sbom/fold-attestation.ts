import { storedJson } from '#language/readers/json.ts';
import type { StoredReceipt, WriteTx } from '#store/store.ts';
import type { ChangeBody } from '../follow-estate.ts';
import { rowsOf, type SaidAttestation } from './kept-attestation.ts';

/** Source of receipts of attestations. */
export const attestationSource = 'attestation';

/** Path under which the reading of an attestation is kept. */
export const attestationPath = 'attestation';

/** Takes what one receipt of attestations says, from its stored reading. Done twice it changes nothing but that signatures are looked at again. */
export async function foldAttestation(tx: WriteTx, receipt: StoredReceipt): Promise<ChangeBody> {
  const [entry] = await tx.treeOf(receipt);
  if (entry?.state !== 'read') return {};
  const reading = (await tx.readingsOfMain(attestationPath, entry.hash)).at(-1);
  const bytes = reading === undefined ? null : await tx.readRaw(reading.result);
  if (bytes === null) return {};
  const said = storedJson(Buffer.from(bytes).toString()) as { readonly attestations: readonly SaidAttestation[] };
  const from = { raw: entry.hash, component: receipt.place?.component ?? '', receipt: receipt.publicId, received_at: receipt.receivedAt };
  await tx.putAttestations(rowsOf(said.attestations, from));
  return { sboms: true };
}
