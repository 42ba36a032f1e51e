import { resultOf } from '#gateway/gateway.ts';
import { importFormatOf, signsOfVex } from './import-format.ts';
import { redactedChunks, redactText } from '#language/redact.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { NewReceipt } from '#store/store.ts';
import { componentRef } from '#analysis/components/component-ref.ts';
import type { Context } from './context.ts';
import { erasedRaws, RemovedError, standingOf } from './standing.ts';

/** Which component and slot an upload is for. `component` null: the one the SBOM describes. `validAt` null: the SBOM's own date, or the time received. */
export type UploadFor = { readonly component: string | null; readonly slot: string; readonly validAt: number | null };

/** What taking an upload needs. */
export type UploadContext = Pick<Context, 'store' | 'clock' | 'randomId'> & { readonly gateway: Pick<Context['gateway'], 'read'> };

/**
 * Takes an SBOM as it streams in: chunks are committed as they come, and the receipt that names them is the acknowledgement.
 * Credentials in it are redacted first; reading it is left to `readPending`. Gives the receipt's public id.
 * Throws a `RemovedError` for what was deleted or erased, and a `NoInventoryError` for a document that only says what was decided: read as an SBOM it would
 * be an empty inventory, and close every finding of its slot.
 */
export async function takeUpload(context: UploadContext, chunks: AsyncIterable<Uint8Array>, upload: UploadFor): Promise<string> {
  const { store } = context;
  const raw = store.beginRaw();
  try {
    const signs = signsOfStatements();
    for await (const chunk of redactedChunks(chunks)) {
      signs.look(chunk);
      await raw.append(chunk);
    }
    if (upload.component !== null && !signs.found()) {
      const component = redactText(upload.component);
      await refuseRemoved(context, upload, component);
      const erased = await erasedRaws(store);
      return (await raw.record((hash) => receiptOf(context, upload, component, kept(hash, erased)))).publicId;
    }
    const { hash } = await raw.commit();
    kept(hash, await erasedRaws(store));
    const read = await readingOf(context, hash, pathOf(upload));
    if (signs.found() && read.packages.length === 0) throw new NoInventoryError(onlyStatements);
    // Its own hash where it does not say what it is of, so that it is kept and can be found.
    const component = redactText(upload.component ?? read.subject?.name ?? `sbom-${hash.slice(0, 12)}`);
    await refuseRemoved(context, upload, component);
    return (await store.recordReceipt(receiptOf(context, upload, component, hash))).publicId;
  } catch (error) {
    await raw.abort();
    throw error;
  }
}

/** An upload that names what was deleted or erased is refused: it would bring it back. */
async function refuseRemoved(context: UploadContext, upload: UploadFor, component: string): Promise<void> {
  const { place, origin } = receiptOf(context, upload, component, '');
  if (place === null) return;
  const ref = componentRef(place, '');
  const holder = await context.store.componentByRef(ref);
  const own = await standingOf(context.store, { ref, origin });
  const standing = holder === null ? own : await standingOf(context.store, holder);
  if (own.removed || standing.removed)
    throw new RemovedError(`The component ${ref} was deleted or erased here: nothing is taken for it. guildhall decisions says by what authority.`);
}

function kept(hash: string, erased: ReadonlySet<string>): string {
  if (erased.has(hash))
    throw new RemovedError('These very bytes were erased here and are not taken again. guildhall decisions says by what authority.');
  return hash;
}

function receiptOf(context: UploadContext, upload: UploadFor, component: string, hash: string): NewReceipt {
  const receivedAt = context.clock();
  const path = pathOf(upload);
  return {
    publicId: context.randomId(),
    source: 'upload',
    origin: `upload:${component}/${upload.slot}`,
    revision: hash,
    validAt: Math.min(upload.validAt ?? receivedAt, receivedAt),
    receivedAt,
    outcome: 'complete',
    tree: [{ path, state: 'read', hash }],
    problems: [],
    place: { namespace: 'uploads', rootName: component, component, slot: path },
    raws: [],
    uploads: [hash],
  };
}

function pathOf({ slot }: UploadFor): string {
  return `upload:${slot}`;
}

async function readingOf({ store, gateway }: UploadContext, hash: string, path: string): Promise<ReadingResult> {
  const bytes = (await store.readRaw(hash)) ?? new Uint8Array();
  return resultOf(await gateway.read({ path, bytes, formatId: null }, () => Promise.resolve(null)));
}

const onlyStatements =
  'This document lists no component and only says what was decided about vulnerabilities (VEX). Import it: POST /v1/decision-imports, guildhall decisions import, or PUT /api/v1/vex.';

/** A document without an inventory was sent as an SBOM. */
export class NoInventoryError extends Error {}

/** Looks for what VEX has, in bytes as they pass; whether it has an inventory beside that is for its reader to say. */
function signsOfStatements(): { look(chunk: Uint8Array): void; found(): boolean } {
  const signs = signsOfVex.map((sign) => Buffer.from(sign));
  const longest = Math.max(...signs.map((sign) => sign.length));
  let [isFound, isFirst] = [false, true];
  let before = Buffer.alloc(0);
  return {
    look(chunk) {
      if (isFirst) isFound = ['openvex', 'csaf'].includes(importFormatOf('statements', '', chunk) ?? '');
      isFirst = false;
      if (isFound) return;
      const joined = Buffer.concat([before, chunk]);
      isFound = signs.some((sign) => joined.includes(sign));
      before = joined.subarray(-longest);
    },
    found: () => isFound,
  };
}
