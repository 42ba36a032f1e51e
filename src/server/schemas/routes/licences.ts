import { z } from 'zod';
import {
  ComponentArtifacts,
  IpPolicyPreview,
  IpPolicyStatus,
  IpPreviewWanted,
  LicenceExceptionList,
  LicenceExceptionQuery,
  LicenceList,
  LicenceQuery,
  LicensedVersionList,
  LicensedVersionQuery,
  Verdicts,
  VerdictsWanted,
} from '../licence.ts';
import { list, read, type Routes } from './route.ts';

/** Licences, the IP policy, and what it says of a use. */
export const licencesRoutes = {
  verdicts: {
    ...read,
    method: 'POST',
    path: '/v1/verdicts',
    summary: 'May I use this? Policy verdicts for package versions, or for all that a component uses',
    permission: 'estate:read',
    body: VerdictsWanted,
    reply: Verdicts,
  },
  licences: { ...list, path: '/v1/licences', summary: 'Licences in use', permission: 'estate:read', query: LicenceQuery, reply: LicenceList },
  licensedVersions: {
    ...list,
    path: '/v1/licensed-versions',
    summary: 'Package versions in use, by licence',
    permission: 'estate:read',
    query: LicensedVersionQuery,
    reply: LicensedVersionList,
  },
  licenceExceptions: {
    ...list,
    path: '/v1/licence-exceptions',
    summary: 'Exceptions from the IP policy that stand, with those by which a team let a blocked build pass',
    permission: 'estate:read',
    query: LicenceExceptionQuery,
    reply: LicenceExceptionList,
  },
  componentArtifacts: {
    ...read,
    path: '/v1/components/:ref/artifacts',
    summary: 'What a component delivers, and what is asked of its owner',
    permission: 'estate:read',
    params: z.object({ ref: z.string() }),
    reply: ComponentArtifacts,
  },
  ipPolicy: { ...read, path: '/v1/ip-policy', summary: 'By what licences are judged', permission: 'estate:read', reply: IpPolicyStatus },
  previewIpPolicy: {
    ...read,
    method: 'POST',
    path: '/v1/ip-policy/preview',
    summary: 'What an IP policy would change for what is in use',
    permission: 'estate:read',
    body: IpPreviewWanted,
    reply: IpPolicyPreview,
  },
} as const satisfies Routes;
