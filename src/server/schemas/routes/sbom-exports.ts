import { z } from 'zod';
import { ComponentSbomQuery, SbomExportQuery } from '../sbom-export.ts';
import { read, type Routes } from './route.ts';

const named = { ...read, permission: 'estate:read', params: z.object({ name: z.string() }), query: SbomExportQuery, reply: null, raw: true } as const;

/** What the office knows as SBOMs. */
export const sbomExportsRoutes = {
  componentSbom: {
    ...named,
    path: '/v1/components/:ref/sbom',
    summary: 'A component, or one artifact of it, as an SBOM: CycloneDX 1.6 or 1.7, SPDX 2.3 or 3.0.1',
    params: z.object({ ref: z.string() }),
    query: ComponentSbomQuery,
  },
  systemSbom: { ...named, path: '/v1/systems/:name/sbom', summary: 'All components of a system that may be seen, as one SBOM' },
  teamSbom: { ...named, path: '/v1/teams/:name/sbom', summary: 'All components of a team that may be seen, as one SBOM' },
} as const satisfies Routes;
