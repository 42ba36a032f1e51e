import { z } from 'zod';
import { ChangeList, ChangesQuery } from '../changes.ts';
import { ComponentDetail, ComponentList, ComponentPackageList, ComponentPackageQuery, ComponentQuery } from '../component.ts';
import { ExposureList, ExposureQuery } from '../exposure.ts';
import { EstateStatus, Overview } from '../overview.ts';
import { ComponentPast, ComponentPastQuery } from '../past.ts';
import { ComponentPaths, ComponentPathsQuery } from '../paths.ts';
import { ProblemList, ProblemQuery } from '../problem.ts';
import { SearchQuery, SearchResult } from '../search.ts';
import { asOf, list, read, type Routes } from './route.ts';

/** What the estate holds, as a whole and by component. */
export const estateRoutes = {
  estate: {
    ...read,
    path: '/v1/estate',
    summary: 'Name, sizes and coverage of the estate',
    permission: 'estate:read',
    query: asOf,
    reply: EstateStatus,
  },
  overview: { ...read, path: '/v1/overview', summary: 'The estate on one page', permission: 'estate:read', query: asOf, reply: Overview },
  search: { ...read, path: '/v1/search', summary: 'Search as you type', permission: 'estate:read', query: SearchQuery, reply: SearchResult },
  components: { ...list, path: '/v1/components', summary: 'The catalogue', permission: 'estate:read', query: ComponentQuery, reply: ComponentList },
  component: {
    ...read,
    path: '/v1/components/:ref',
    summary: 'One component, by any of its refs',
    permission: 'estate:read',
    params: z.object({ ref: z.string() }),
    query: asOf,
    reply: ComponentDetail,
  },
  componentPackages: {
    ...list,
    path: '/v1/components/:ref/packages',
    summary: "One component's inventory",
    permission: 'estate:read',
    params: z.object({ ref: z.string() }),
    query: ComponentPackageQuery,
    reply: ComponentPackageList,
  },
  componentPaths: {
    ...read,
    path: '/v1/components/:ref/paths',
    summary: 'Why a package is in a component',
    permission: 'estate:read',
    params: z.object({ ref: z.string() }),
    query: ComponentPathsQuery,
    reply: ComponentPaths,
  },
  componentPast: {
    ...read,
    path: '/v1/components/:ref/past',
    summary: 'The days on which a component changed',
    permission: 'findings:read',
    params: z.object({ ref: z.string() }),
    query: ComponentPastQuery,
    reply: ComponentPast,
  },
  changes: {
    ...list,
    path: '/v1/changes',
    summary: 'What appeared and went between two days',
    permission: 'findings:read',
    query: ChangesQuery,
    reply: ChangeList,
  },
  problems: { ...list, path: '/v1/problems', summary: 'What could not be read', permission: 'sources:read', query: ProblemQuery, reply: ProblemList },
  exposures: {
    ...list,
    path: '/v1/exposures',
    summary: 'Who was exposed to an advisory, since when, until when, and what ended it',
    permission: 'findings:read',
    query: ExposureQuery,
    reply: ExposureList,
  },
} as const satisfies Routes;
