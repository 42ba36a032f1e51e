import { z } from 'zod';
import { ActList, ActQuery } from '../act.ts';
import { FileFormatList } from '../format.ts';
import { Reading } from '../reading.ts';
import { Receipt } from '../receipt.ts';
import { SbomOutcome, SbomQuery } from '../sbom.ts';
import { SourceList, SourceQuery } from '../source.ts';
import { list, read, type Routes } from './route.ts';

/** Sources, what came from them, uploads, and the ledger. */
export const sourcesRoutes = {
  sources: { ...list, path: '/v1/sources', summary: 'Sources and feeds', permission: 'sources:read', query: SourceQuery, reply: SourceList },
  formats: { ...read, path: '/v1/formats', summary: 'The file formats this build reads', permission: 'sources:read', reply: FileFormatList },
  reading: {
    ...read,
    path: '/v1/reading',
    summary: 'How far reading the configured sources and feeds is',
    permission: 'sources:read',
    reply: Reading,
  },
  receipt: {
    ...read,
    path: '/v1/receipts/:id',
    summary: 'One observation of one source',
    permission: 'sources:read',
    params: z.object({ id: z.string() }),
    reply: Receipt,
  },
  receiptRaw: {
    ...read,
    path: '/v1/receipts/:id/raw',
    summary: 'The bytes of one file as the receipt kept them; it is noted who asked',
    permission: 'raw:read',
    params: z.object({ id: z.string() }),
    query: z.strictObject({ path: z.string().min(1).max(4096) }),
    reply: null,
    raw: true,
  },
  uploadSbom: {
    ...read,
    method: 'POST',
    path: '/v1/sboms',
    summary: 'Upload an SBOM',
    permission: 'sboms:write',
    query: SbomQuery,
    body: 'stream',
    status: 202,
    reply: SbomOutcome,
  },
  sbom: {
    ...read,
    path: '/v1/sboms/:id',
    summary: 'What became of an upload',
    permission: 'sboms:write',
    params: z.object({ id: z.string() }),
    reply: SbomOutcome,
  },
  acts: { ...list, path: '/v1/acts', summary: 'What people did, newest first', permission: 'ledger:read', query: ActQuery, reply: ActList },
} as const satisfies Routes;
