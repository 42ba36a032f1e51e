import { z } from 'zod';
import {
  AttestationTaken,
  AttestationUploadQuery,
  ComponentSboms,
  ConflictList,
  ConflictQuery,
  SbomDiffQuery,
  SbomDifference,
  SbomQualityList,
  SbomQualityQuery,
} from '../sbom-quality.ts';
import { list, read, type Routes } from './route.ts';

const params = z.object({ ref: z.string() });

/** How good SBOMs are, what differs between them, where sources disagree, and attestations. */
export const sbomsRoutes = {
  sbomQualities: {
    ...list,
    path: '/v1/sbom-qualities',
    summary: 'How good the SBOMs in use are and whether they are proved, the worst first',
    permission: 'estate:read',
    query: SbomQualityQuery,
    reply: SbomQualityList,
  },
  componentSboms: {
    ...read,
    path: '/v1/components/:ref/sboms',
    summary: 'The SBOMs of a component: elements, past, signatures, provenance',
    permission: 'estate:read',
    params,
    reply: ComponentSboms,
  },
  componentSbomDiff: {
    ...read,
    path: '/v1/components/:ref/sbom-diff',
    summary: 'What changed from one SBOM of a component to another',
    permission: 'estate:read',
    params,
    query: SbomDiffQuery,
    reply: SbomDifference,
  },
  componentConflicts: {
    ...list,
    path: '/v1/components/:ref/conflicts',
    summary: 'Where the lockfiles, SBOMs and images of a component disagree',
    permission: 'estate:read',
    params,
    query: ConflictQuery,
    reply: ConflictList,
  },
  uploadAttestation: {
    ...read,
    method: 'POST',
    path: '/v1/provenance',
    summary: 'Send attestations: in-toto statements in DSSE envelopes or Sigstore bundles, one or one a line',
    permission: 'sboms:write',
    query: AttestationUploadQuery,
    body: 'stream',
    status: 202,
    reply: AttestationTaken,
  },
} as const satisfies Routes;
