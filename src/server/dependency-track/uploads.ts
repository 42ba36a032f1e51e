import type { FastifyRequest } from 'fastify';
import type { Estate } from '#estate/estate.ts';
import { uploadRef } from '#operations/component-named.ts';
import { importDecisions } from '#operations/import-decisions.ts';
import { RemovedError } from '#operations/standing.ts';
import { NoInventoryError } from '#operations/take-upload.ts';
import { uploadOutcome } from '#operations/upload-outcome.ts';
import { refuseUnlessMayUpload } from '../handlers/sboms.ts';
import type { ServedOffice } from '../office.ts';
import { visibilityOf, type Principal } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { componentOfName, componentOfProject, projectUuid, slotOfVersion } from './projects.ts';
import { sentDocument, type SentFields } from './sent-document.ts';
import { newUuid, publicIdOf } from './uuids.ts';

/** One request to the door. */
export type Knock = { readonly office: ServedOffice; readonly estate: Estate; readonly principal: Principal; readonly request: FastifyRequest };

/** Takes an SBOM as an upload to `/v1/sboms` is taken; the token asks whether it is still being read. */
export async function takeBom({ office, estate, principal, request }: Knock): Promise<{ readonly token: string; readonly projectUuid: string }> {
  const { chunks, fields } = sentDocument(request, 'bom', office.uploadBytes);
  const target: { component: string | null; slot: string; validAt: null } = { component: null, slot: 'default', validAt: null };
  const token = newUuid();
  const counted = { bytes: 0 };
  async function* upToFields(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      counted.bytes += chunk.length;
      yield chunk;
    }
    // Which component it is of may be said last; who may not send it leaves nothing behind.
    const said = fields();
    target.component = targetOf(estate, principal, said);
    target.slot = slotOfVersion(said.projectVersion ?? null, said.isLatest ?? null);
  }
  await office.takeUpload(publicIdOf(token) ?? '', upToFields(), target).catch((error: unknown) => {
    if (error instanceof NoInventoryError) throw new Refusal(400, error.message);
    throw error instanceof RemovedError ? new Refusal(409, error.message) : error;
  });
  office.metrics.upload(counted.bytes);
  office.wake();
  return { token, projectUuid: projectUuid(uploadRef(target.component ?? '')) };
}

/** Takes over a VEX document, unconfirmed. It is done when this answers, so the token is never at work. */
export async function takeVex({ office, estate, principal, request }: Knock): Promise<{ readonly token: string }> {
  const { chunks, fields } = sentDocument(request, 'vex', Math.min(office.uploadBytes, 20_000_000));
  const bytes = Buffer.concat(await Array.fromAsync(chunks));
  const slot = visibleTarget(estate, principal, fields());
  if (slot === null) throw new Refusal(404, 'The project could not be found.');
  const done = await importDecisions(office.context, office.desk, estate, {
    bytes,
    file: 'vex',
    formatId: null,
    component: estate.components[slot]?.ref ?? null,
    actor: principal.actor,
    visibility: visibilityOf(principal, 'findings'),
    estateVisibility: visibilityOf(principal, 'estate'),
  });
  if ('refusal' in done) throw new Refusal(done.refusal === 'not-allowed' ? 403 : 400, done.reason);
  return { token: newUuid() };
}

/** Whether what a token stands for is still being read. Of a token that nobody gave, or that is not for the asker, nothing is at work. */
export async function isProcessing({ office, estate, principal }: Knock, token: string): Promise<boolean> {
  const id = publicIdOf(token);
  const seen = { uploads: visibilityOf(principal, 'uploads'), findings: visibilityOf(principal, 'findings') };
  const outcome = id === null ? null : await uploadOutcome(office.store, estate, seen, id);
  if (outcome?.state === 'received' || outcome?.state === 'reading') return true;
  // What is asked for next are its findings.
  if (outcome?.state === 'read') await office.estate.catchUp();
  return false;
}

/** The component that an upload is for: a known one, or a new one that is to be made. */
function targetOf(estate: Estate, principal: Principal, fields: SentFields): string {
  const slot = visibleTarget(estate, principal, fields);
  const known = slot === null ? undefined : estate.components[slot]?.ref;
  if (known === undefined && (fields.project !== undefined || fields.autoCreate !== true)) throw new Refusal(404, 'The project could not be found.');
  const target = known ?? uploadRef(fields.projectName ?? '');
  refuseUnlessMayUpload(estate, principal, target);
  return target;
}

function visibleTarget(estate: Estate, principal: Principal, { project, projectName }: SentFields): number | null {
  const visibility = visibilityOf(principal, 'estate');
  if (project !== undefined) return componentOfProject(estate, visibility, project);
  if (projectName === undefined) throw new Refusal(400, 'Say which project: `project`, or `projectName` and `projectVersion`.');
  return componentOfName(estate, visibility, projectName);
}
