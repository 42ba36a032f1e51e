import { sbomMediaType } from '#language/media-type.ts';
import { visiblePaths } from '#estate/questions/listed.ts';
import { rawOfReceipt } from '#operations/raw-of-receipt.ts';
import type { Handler } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { receiptSeen } from './receipt.ts';

/** The bytes of one file as a receipt kept them, an SBOM under the media type of its form. That they were given is noted first, durably. */
export const receiptRaw: Handler<'receiptRaw'> = async (asked) => {
  const { office, principal, params, query } = asked;
  const { receipt } = await receiptSeen(asked);
  if (!visiblePaths(asked.estate, asked.visibility, receipt.origin)(query.path)) throw new Refusal(404, 'The receipt has read nothing at this path.');
  const raw = await rawOfReceipt(office.store, receipt, query.path);
  if (raw.kind === 'gone') throw new Refusal(410, 'The bytes were read, and are not kept.');
  if (raw.kind !== 'kept') throw new Refusal(404, 'The receipt has read nothing at this path.');
  const who = `${principal.name} (${principal.subject})`;
  await office.store.write((tx) => tx.noteRawAccess({ at: office.clock(), who, door: 'http', receipt: params.id, path: query.path }));
  const mediaType = sbomMediaType(raw.bytes);
  return { bytes: raw.bytes, fileName: `${raw.hash.slice(0, 16)}-${fileNameOf(query.path)}`, ...(mediaType === null ? {} : { mediaType }) };
};

/** A name that no header, shell or desktop can misread. */
function fileNameOf(path: string): string {
  return (
    path
      .slice(path.lastIndexOf('/') + 1)
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(-100) || 'file'
  );
}
