import { IncidentComponentList, IncidentComponentQuery, IncidentDetail, IncidentList, IncidentQuery } from '../incident.ts';
import { byId, list, read, type Routes } from './route.ts';

/** Incidents. */
export const incidentsRoutes = {
  incidents: {
    ...list,
    path: '/v1/incidents',
    summary: 'Incidents, and how many have answered',
    permission: 'findings:read',
    query: IncidentQuery,
    reply: IncidentList,
  },
  incident: {
    ...read,
    path: '/v1/incidents/:id',
    summary: 'One incident by owner, by its id or that of its advisory',
    permission: 'findings:read',
    params: byId,
    reply: IncidentDetail,
  },
  incidentComponents: {
    ...list,
    path: '/v1/incidents/:id/components',
    summary: 'How each component stands in an incident',
    permission: 'findings:read',
    params: byId,
    query: IncidentComponentQuery,
    reply: IncidentComponentList,
  },
} as const satisfies Routes;
