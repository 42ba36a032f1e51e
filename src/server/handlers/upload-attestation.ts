import { Readable } from 'node:stream';
import { componentByRef } from '#estate/questions/listed.ts';
import { problemView } from '#operations/receipt-view.ts';
import { takeAttestation } from '#operations/sbom/take-attestation.ts';
import { RemovedError } from '#operations/standing.ts';
import type { Handler } from '../asked.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { refuseUnlessMayUpload } from './sboms.ts';

const mostBytes = 16 * 1024 * 1024;

/** Takes attestations, which are durable once this is answered; who may send for some teams only names the component that they may speak of. */
export const uploadAttestation: Handler<'uploadAttestation'> = async ({ office, estate, principal, query, request }) => {
  const named = query.component ?? null;
  refuseUnlessMayUpload(estate, principal, named);
  const slot = named === null ? null : componentByRef(estate, visibilityOf(principal, 'uploads'), named);
  if (named !== null && slot === null) throw new Refusal(404, 'There is no component with this ref.');
  const bytes = await bodyOf(request.body);
  const taken = await takeAttestation(office.context, bytes, slot === null ? null : (estate.components[slot]?.ref ?? null)).catch(
    (error: unknown) => {
      throw error instanceof RemovedError ? new Refusal(409, error.message) : error;
    },
  );
  if (taken.kind === 'refused') throw new Refusal(400, taken.problems.map(({ message }) => message).join(' '));
  office.metrics.upload(bytes.length);
  return { receipt: taken.receipt, attestations: taken.attestations, problems: taken.problems.map(problemView) };
};

async function bodyOf(body: unknown): Promise<Uint8Array> {
  if (!(body instanceof Readable)) throw new Refusal(400, 'There is no attestation in the body.');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Refusal(413, `Attestations may have at most ${String(mostBytes)} bytes.`, { connection: 'close' });
    chunks.push(chunk);
  }
  if (bytes === 0) throw new Refusal(400, 'There is no attestation in the body.');
  return Buffer.concat(chunks);
}
