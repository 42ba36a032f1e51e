import { Readable } from 'node:stream';
import { RemovedError } from '#operations/standing.ts';
import { NoInventoryError } from '#operations/take-upload.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { isAllowed } from '#model/actor.ts';
import { uploadOutcome } from '#operations/upload-outcome.ts';
import type { Asked, Handler } from '../asked.ts';
import { visibilityOf, type Principal } from '../principal.ts';
import { Refusal } from '../refusal.ts';

/** Takes an SBOM as it streams in and answers once it is durable; reading it is the worker's. */
export const uploadSbom: Handler<'uploadSbom'> = async (asked) => {
  const { office, estate, visibility, findings, principal, request } = asked;
  refuseUnlessMayUpload(estate, principal, asked.query.component ?? null);
  const id = await office.once(principal, request, (id) => take(asked, id));
  const outcome = await uploadOutcome(office.store, estate, { uploads: visibility, findings }, id);
  if (outcome === null) throw new Error('An upload just acknowledged is not there. Run guildhall doctor.');
  return outcome;
};

/** What became of an upload. Once it is read the estate is brought up to date, so that its findings are counted from the first answer on. */
export const sbom: Handler<'sbom'> = async ({ office, estate, visibility, findings, params }) => {
  const seen = { uploads: visibility, findings };
  const outcome = await uploadOutcome(office.store, estate, seen, params.id);
  const last = outcome?.state === 'read' ? await uploadOutcome(office.store, await office.estate.catchUp(), seen, params.id) : outcome;
  if (last === null) throw new Refusal(404, 'There is no upload with this id.');
  return last;
};

/** Who uploads for teams only names a component of theirs; one that is another's is to them one that is not there. */
export function refuseUnlessMayUpload(estate: Estate, principal: Principal, ref: string | null): void {
  const slot = ref === null ? undefined : estate.componentByRef.get(ref);
  if (slot === undefined && isAllowed(principal.actor, 'sboms:write', [null])) return;
  const seen = ref === null ? null : componentByRef(estate, visibilityOf(principal, 'uploads'), ref);
  const team = seen === null ? null : (estate.components[seen]?.team ?? null);
  if (seen === null || !isAllowed(principal.actor, 'sboms:write', [team]))
    throw new Refusal(404, 'There is no component with this ref for which you may upload. Name one of your teams.');
}

async function take({ office, query, request }: Asked<'uploadSbom'>, made: string): Promise<string> {
  if ((await office.store.receiptByPublicId(made)) !== null) return made;
  const body: unknown = request.body;
  if (!(body instanceof Readable)) throw new Refusal(400, 'There is no SBOM in the body.');
  if (Number(request.headers['content-length'] ?? 0) > office.uploadBytes) throw tooLarge(office.uploadBytes);
  const counted = { bytes: 0 };
  const target = { component: query.component ?? null, slot: query.slot, validAt: null };
  await office.takeUpload(made, limited(body, office.uploadBytes, counted), target).catch((error: unknown) => {
    if (error instanceof NoInventoryError) throw new Refusal(400, error.message);
    throw error instanceof RemovedError ? new Refusal(409, error.message) : error;
  });
  office.metrics.upload(counted.bytes);
  office.wake();
  return made;
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
