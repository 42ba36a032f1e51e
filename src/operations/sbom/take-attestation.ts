import { createHash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import { redactBytes } from '#language/redact.ts';
import type { Problem } from '#model/problem.ts';
import type { Context } from '../context.ts';
import { readingKey } from '../observed-evidence.ts';
import { erasedRaws, RemovedError } from '../standing.ts';
import { attestationPath, attestationSource, foldAttestation } from './fold-attestation.ts';

/** What became of bytes that were sent as attestations; `refused` keeps nothing. */
export type AttestationTaken =
  | { readonly kind: 'taken'; readonly receipt: string; readonly attestations: number; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Takes attestations: their bytes and what they say are durable when it returns, and sending the same again confirms it. `component` limits what they may speak
 * of to one component (first ref); null: anything. Signatures are checked by the job `judge-sboms`.
 */
export async function takeAttestation(context: Context, bytes: Uint8Array, component: string | null): Promise<AttestationTaken> {
  const { store, gateway, clock } = context;
  // Credentials in addresses are not kept; what is signed lies in base64 and stays as it is.
  const kept = redactBytes(bytes);
  const raw = createHash('sha256').update(kept).digest('hex');
  if ((await erasedRaws(store)).has(raw)) throw new RemovedError('These very bytes were erased here and are not taken again.');
  const reading = await gateway.readAttestations(kept);
  const said = reading.attestations.flatMap(({ signed: _signed, ...attestation }) => (attestation.statement === null ? [] : [attestation]));
  if (said.length === 0) return { kind: 'refused', problems: reading.problems.length > 0 ? reading.problems : [nothing] };
  const at = clock();
  const inputs = canonicalJson({ [attestationPath]: raw });
  const publicId = await store.write(async (tx) => {
    const recorded = await tx.recordReceipt({
      publicId: context.randomId(),
      source: attestationSource,
      origin: `${attestationSource}:${raw.slice(0, 16)}${component === null ? '' : `/${component}`}`,
      revision: raw,
      validAt: at,
      receivedAt: at,
      outcome: 'complete',
      tree: [{ path: attestationPath, state: 'read', hash: raw }],
      problems: reading.problems,
      place: component === null ? null : { namespace: attestationSource, rootName: component, component },
      raws: [{ hash: raw, bytes: kept }],
    });
    const receipt = await tx.receiptBySeq(recorded.seq);
    if (receipt === null || !recorded.isNew) return recorded.publicId;
    const result = { attestations: reading.attestations.map(({ signed: _signed, ...each }) => each) };
    await tx.saveReadings([
      {
        key: readingKey(attestationSource, 1, attestationPath, inputs),
        ...{ format: attestationSource, format_version: 1, path: attestationPath, main: raw, inputs, read_at: at },
        resultBytes: Buffer.from(canonicalJson(result)),
      },
    ]);
    const change = await foldAttestation(tx, receipt);
    await tx.finishReceipt(recorded.seq, 'read', reading.problems, at);
    await tx.appendChange(attestationSource, change, at);
    return recorded.publicId;
  });
  return { kind: 'taken', receipt: publicId, attestations: said.length, problems: reading.problems };
}

const nothing: Problem = {
  code: 'no-attestation',
  message:
    'There is no in-toto statement in it. Send a DSSE envelope, a Sigstore bundle, or one a line. An SBOM inside an attestation goes to /v1/sboms.',
  severity: 'error',
};
