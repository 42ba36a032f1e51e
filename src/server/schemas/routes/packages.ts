import { z } from 'zod';
import { LeverageQuery, UpgradeList } from '../leverage.ts';
import { LibyearsList, LibyearsQuery } from '../libyears.ts';
import { PackageDetail, PackageList, PackageQuery, PackageUserList, PackageUserQuery } from '../package.ts';
import { PackagePast, PackagePastQuery } from '../past.ts';
import { PackageRegistry } from '../registry.ts';
import { asOf, list, read, type Routes } from './route.ts';

/** Packages, who uses them and what to raise. */
export const packagesRoutes = {
  packages: { ...list, path: '/v1/packages', summary: 'Packages in use', permission: 'estate:read', query: PackageQuery, reply: PackageList },
  package: {
    ...read,
    path: '/v1/packages/:purl',
    summary: 'One package, by its purl without version',
    permission: 'estate:read',
    params: z.object({ purl: z.string() }),
    query: asOf,
    reply: PackageDetail,
  },
  packageUsers: {
    ...list,
    path: '/v1/packages/:purl/users',
    summary: 'Who uses a package',
    permission: 'estate:read',
    params: z.object({ purl: z.string() }),
    query: PackageUserQuery,
    reply: PackageUserList,
  },
  packageRegistry: {
    ...read,
    path: '/v1/packages/:purl/registry',
    summary: 'What its registry says of a package: versions, dates, licences as declared, warnings',
    permission: 'estate:read',
    params: z.object({ purl: z.string() }),
    reply: PackageRegistry,
  },
  packagePast: {
    ...read,
    path: '/v1/packages/:purl/past',
    summary: 'Who used a package and how it was judged, week by week',
    permission: 'findings:read',
    params: z.object({ purl: z.string() }),
    query: PackagePastQuery,
    reply: PackagePast,
  },
  libyears: {
    ...list,
    path: '/v1/libyears',
    summary: 'How far components or teams are behind the latest versions of what they use',
    permission: 'estate:read',
    query: LibyearsQuery,
    reply: LibyearsList,
  },
  leverage: {
    ...list,
    path: '/v1/leverage',
    summary: 'What to raise to what, and how many findings that closes',
    permission: 'findings:read',
    query: LeverageQuery,
    reply: UpgradeList,
  },
} as const satisfies Routes;
