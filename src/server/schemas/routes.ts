import { accessRoutes } from './routes/access.ts';
import { approvalsRoutes } from './routes/approvals.ts';
import { councilRoutes } from './routes/council.ts';
import { deliveriesRoutes } from './routes/deliveries.ts';
import { estateRoutes } from './routes/estate.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { findingsRoutes } from './routes/findings.ts';
import { incidentsRoutes } from './routes/incidents.ts';
import { licencesRoutes } from './routes/licences.ts';
import { ownershipRoutes } from './routes/ownership.ts';
import { packagesRoutes } from './routes/packages.ts';
import { policyRoutes } from './routes/policy.ts';
import { removalsRoutes } from './routes/removals.ts';
import { savedViewsRoutes } from './routes/saved-views.ts';
import { sbomsRoutes } from './routes/sboms.ts';
import { sbomExportsRoutes } from './routes/sbom-exports.ts';
import { sourcesRoutes } from './routes/sources.ts';
import { statementsRoutes } from './routes/statements.ts';
import type { Routes } from './routes/route.ts';

/** Every route of our own API, by name; those of one subject stand in one file. */
export const routes = {
  ...accessRoutes,
  ...estateRoutes,
  ...removalsRoutes,
  ...ownershipRoutes,
  ...packagesRoutes,
  ...findingsRoutes,
  ...statementsRoutes,
  ...sbomExportsRoutes,
  ...policyRoutes,
  ...licencesRoutes,
  ...approvalsRoutes,
  ...incidentsRoutes,
  ...councilRoutes,
  ...evidenceRoutes,
  ...deliveriesRoutes,
  ...sourcesRoutes,
  ...sbomsRoutes,
  ...savedViewsRoutes,
} as const satisfies Routes;

/** Names of the routes. */
export type RouteName = keyof typeof routes;
