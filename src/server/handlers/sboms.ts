import { Readable } from 'node:stream';
import { takeUpload } from '#operations/take-upload.ts';
import { uploadOutcome } from '#operations/upload-outcome.ts';
import type { Asked, Handler } from '../asked.ts';
import { Refusal } from '../refusal.ts';

/** Takes an SBOM as it streams in and answers once it is durable; reading it is the worker's. */
export const uploadSbom: Handler<'uploadSbom'> = async (asked) => {
  const { office, estate, visibility, principal, request } = asked;
  const id = await office.once(principal, request, () => take(asked));
  const outcome = await uploadOutcome(office.store, estate, visibility, id);
  if (outcome === null) throw new Error('An upload just acknowledged is not there. Run guildhall doctor.');
  return outcome;
};

/** What became of an upload. Once it is read the estate is brought up to date, so that its findings are counted from the first answer on. */
export const sbom: Handler<'sbom'> = async ({ office, estate, visibility, params }) => {
  const outcome = await uploadOutcome(office.store, estate, visibility, params.id);
  const last = outcome?.state === 'read' ? await uploadOutcome(office.store, await office.estate.catchUp(), visibility, params.id) : outcome;
  if (last === null) throw new Refusal(404, 'There is no upload with this id.');
  return last;
};

async function take({ office, query, request }: Asked<'uploadSbom'>): Promise<string> {
  const body: unknown = request.body;
  if (!(body instanceof Readable)) throw new Refusal(400, 'There is no SBOM in the body.');
  if (Number(request.headers['content-length'] ?? 0) > office.uploadBytes) throw tooLarge(office.uploadBytes);
  const counted = { bytes: 0 };
  const id = await takeUpload(office.context, limited(body, office.uploadBytes, counted), {
    component: query.component ?? null,
    slot: query.slot,
    validAt: null,
  });
  office.metrics.upload(counted.bytes);
  office.wake();
  return id;
}

async function* limited(body: Readable, limit: number, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    counted.bytes += chunk.length;
    if (counted.bytes > limit) throw tooLarge(limit);
    yield chunk;
  }
  if (counted.bytes === 0) throw new Refusal(400, 'There is no SBOM in the body.');
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `An SBOM may have at most ${String(limit)} bytes.`, { connection: 'close' });
}
