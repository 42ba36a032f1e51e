import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { countsOfComponent } from '#estate/questions/findings.ts';
import { packageCount } from '#estate/questions/inventory.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import type { Permission } from '#model/permission.ts';
import { may, visibilityOf, type Access } from '../principal.ts';
import type { ServedOffice } from '../office.ts';
import { Refusal } from '../refusal.ts';
import { vulnerabilityBadge } from './vulnerability-badge.ts';
import { trackFindings } from './track-findings.ts';
import { componentOfName, componentOfProject, inheritedRisk, projectView } from './projects.ts';
import { isProcessing, takeBom, takeVex, type Knock } from './uploads.ts';
import { uuidFor } from './uuids.ts';

/** One route of the door: what a client of Dependency-Track asks, and what one must be allowed here. */
export type TrackRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly permission: Access;
  readonly answer: (knock: Knock, reply: FastifyReply) => Promise<object | string> | object | string;
};

const version = '4.13.0';
const longestJson = 28 * 1024 * 1024;
const ByUuid = z.object({ uuid: z.string().max(100) });

/** Every route that clients of Dependency-Track find here; they change the URL and nothing else. */
export const trackRoutes: readonly TrackRoute[] = [
  { method: 'GET', path: '/api/version', summary: 'Version of the API', permission: 'public', answer: () => ({ application: 'Guildhall', version }) },
  { method: 'POST', path: '/api/v1/bom', summary: 'Upload an SBOM as a form', permission: 'sboms:write', answer: takeBom },
  { method: 'PUT', path: '/api/v1/bom', summary: 'Upload an SBOM in base64', permission: 'sboms:write', answer: takeBom },
  { method: 'POST', path: '/api/v1/vex', summary: 'Import VEX as a form, unconfirmed', permission: 'findings:propose', answer: takeVex },
  { method: 'PUT', path: '/api/v1/vex', summary: 'Import VEX in base64, unconfirmed', permission: 'findings:propose', answer: takeVex },
  {
    method: 'GET',
    path: '/api/v1/event/token/:uuid',
    summary: 'Whether an upload is still being read',
    permission: 'sboms:write',
    answer: processing,
  },
  { method: 'GET', path: '/api/v1/bom/token/:uuid', summary: 'The same, as older clients ask', permission: 'sboms:write', answer: processing },
  { method: 'GET', path: '/api/v1/project', summary: 'Components as projects', permission: 'estate:read', answer: projects },
  { method: 'GET', path: '/api/v1/project/lookup', summary: 'A project by name and version', permission: 'estate:read', answer: lookup },
  { method: 'GET', path: '/api/v1/project/:uuid', summary: 'One project', permission: 'estate:read', answer: project },
  { method: 'PATCH', path: '/api/v1/project/:uuid', summary: 'Accepted, and changes nothing', permission: 'sboms:write', answer: unchanged },
  { method: 'GET', path: '/api/v1/finding/project/:uuid', summary: 'Open findings of a project', permission: 'findings:read', answer: findings },
  { method: 'GET', path: '/api/v1/violation/project/:uuid', summary: 'None yet', permission: 'findings:read', answer: violations },
  { method: 'GET', path: '/api/v1/team/self', summary: 'Who is asking, and what they may do', permission: 'session', answer: teamSelf },
  { method: 'GET', path: '/api/v1/metrics/project/:uuid/current', summary: 'Counts of a project', permission: 'findings:read', answer: metrics },
  { method: 'GET', path: '/api/v1/badge/vulns/project/:uuid', summary: 'Counts as an SVG', permission: 'findings:read', answer: badge },
  { method: 'GET', path: '/api/v1/badge/vulns/project/:name/:version', summary: 'The same by name', permission: 'findings:read', answer: badge },
];

/** Adds the routes, with the same permissions and visibility as our own API: they are another door to the same operations. */
export function addDependencyTrack(app: FastifyInstance, office: ServedOffice): void {
  void app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: longestJson }, door.getDefaultJsonParser('error', 'error'));
    await door.register(multipart);
    door.addHook('onSend', (_, reply, payload, done) => {
      void reply.header('x-powered-by', `Guildhall (Dependency-Track API ${version})`);
      done(null, payload);
    });
    for (const { method, path, permission, answer } of trackRoutes) {
      door.route({
        method,
        url: path,
        ...(method === 'GET' ? {} : { bodyLimit: Math.max(longestJson, office.uploadBytes) }),
        // Their description is Dependency-Track's own.
        schema: { hide: true },
        config: { access: permission },
        handler: async (request, reply) => {
          void reply.header('cache-control', 'private, no-cache');
          return reply.send(await answer(knockOf(office, request), reply));
        },
      });
    }
  });
}

function knockOf(office: ServedOffice, request: FastifyRequest): Knock {
  const { principal } = request;
  const estate = office.estate.current();
  if (estate === null) throw new Refusal(503, 'The estate is being loaded. Ask again in a moment.', { 'retry-after': '1' });
  // Only the version is public, and asks for nobody.
  return { office, estate, principal: principal as Knock['principal'], request };
}

async function processing(knock: Knock): Promise<object> {
  return { processing: await isProcessing(knock, paramsOf(ByUuid, knock).uuid) };
}

const ProjectQuery = z.object({
  name: z.string().max(300).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).optional(),
  pageNumber: z.coerce.number().int().min(1).max(1_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  pageSize: z.coerce.number().int().min(1).max(1000).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});

function projects({ estate, principal, request }: Knock, reply: FastifyReply): object {
  const query = checked(ProjectQuery, request.query);
  const [seen, findingsSeen] = [visibilityOf(principal, 'estate'), visibilityOf(principal, 'findings')];
  const refOf = (slot: number) => estate.components[slot]?.ref ?? '';
  const all = listedComponents(estate, seen)
    .filter((slot) => query.name === undefined || estate.components[slot]?.name === query.name)
    .sort((a, b) => (refOf(a) < refOf(b) ? -1 : 1));
  const size = query.limit ?? query.pageSize ?? 100;
  const from = query.offset ?? ((query.page ?? query.pageNumber ?? 1) - 1) * size;
  void reply.header('x-total-count', String(all.length));
  return all.slice(from, from + size).map((slot) => projectView(estate, slot, findingsSeen, null));
}

function lookup({ estate, principal, request }: Knock): object {
  const query = checked(z.object({ name: z.string().min(1).max(300), version: z.string().max(300).optional() }), request.query);
  const slot = componentOfName(estate, visibilityOf(principal, 'estate'), query.name);
  if (slot === null) throw new Refusal(404, 'The project could not be found.');
  return projectView(estate, slot, visibilityOf(principal, 'findings'), query.version ?? null);
}

function project(knock: Knock): object {
  const { estate, principal } = knock;
  return projectView(estate, slotOf(knock, 'estate'), visibilityOf(principal, 'findings'), null);
}

/** Tags, descriptions and parents are what sources say here, so a client's are accepted and left alone. */
function unchanged(knock: Knock, reply: FastifyReply): object | string {
  slotOf(knock, 'estate');
  void reply.code(304);
  return '';
}

function findings(knock: Knock, reply: FastifyReply): object {
  const { office, estate, request } = knock;
  const { suppressed } = checked(z.object({ suppressed: z.stringbool().optional() }), request.query);
  const all = trackFindings(estate, office.desk.desk, slotOf(knock, 'findings'), office.clock());
  const shown = suppressed === true ? all : all.filter(({ analysis }) => !analysis.isSuppressed);
  void reply.header('x-total-count', String(shown.length));
  return shown;
}

function violations(knock: Knock, reply: FastifyReply): object {
  slotOf(knock, 'findings');
  void reply.header('x-total-count', '0');
  return [];
}

// What Dependency-Track calls them, and what it takes here.
const permissionNames: readonly (readonly [name: string, permission: Permission])[] = [
  ['BOM_UPLOAD', 'sboms:write'],
  ['PROJECT_CREATION_UPLOAD', 'sboms:write'],
  ['VIEW_PORTFOLIO', 'estate:read'],
  ['VIEW_VULNERABILITY', 'findings:read'],
  ['VIEW_POLICY_VIOLATION', 'findings:read'],
  ['VULNERABILITY_ANALYSIS', 'findings:propose'],
];

function teamSelf({ principal }: Knock): object {
  const permissions = permissionNames.filter(([, permission]) => may(principal, permission)).map(([name]) => ({ name, description: name }));
  return { uuid: uuidFor('team', principal.subject), name: principal.name, permissions };
}

function metrics(knock: Knock): object {
  const { office, estate } = knock;
  const slot = slotOf(knock, 'findings');
  const all = trackFindings(estate, office.desk.desk, slot, office.clock());
  const live = all.filter(({ analysis }) => !analysis.isSuppressed);
  const count = (severity: string) => live.filter((each) => each.vulnerability.severity === severity).length;
  const audited = all.filter(({ analysis }) => analysis.state !== undefined && analysis.state !== 'IN_TRIAGE').length;
  return {
    critical: count('CRITICAL'),
    high: count('HIGH'),
    medium: count('MEDIUM'),
    low: count('LOW'),
    unassigned: count('UNASSIGNED'),
    vulnerabilities: live.length,
    vulnerableComponents: new Set(live.map(({ component }) => component.uuid)).size,
    components: packageCount(estate, slot),
    suppressed: all.length - live.length,
    findingsTotal: all.length,
    findingsAudited: audited,
    findingsUnaudited: all.length - audited,
    inheritedRiskScore: inheritedRisk(estate, slot),
    policyViolationsTotal: 0,
    policyViolationsFail: 0,
    policyViolationsWarn: 0,
    policyViolationsInfo: 0,
    firstOccurrence: office.clock(),
    lastOccurrence: office.clock(),
  };
}

function badge(knock: Knock, reply: FastifyReply): string {
  void reply.type('image/svg+xml; charset=utf-8');
  return vulnerabilityBadge(countsOfComponent(knock.estate, slotOf(knock, 'findings')));
}

/** The component that the path names and the asker may see. */
function slotOf({ estate, principal, request }: Knock, seen: 'estate' | 'findings'): number {
  const { uuid, name } = checked(z.object({ uuid: z.string().max(100).optional(), name: z.string().max(300).optional() }), request.params);
  const visibility = visibilityOf(principal, seen);
  const slot = uuid === undefined ? componentOfName(estate, visibility, name ?? '') : componentOfProject(estate, visibility, uuid);
  if (slot === null) throw new Refusal(404, 'The project could not be found.');
  return slot;
}

function paramsOf<Schema extends z.ZodType>(schema: Schema, { request }: Knock): z.infer<Schema> {
  return checked(schema, request.params);
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (!read.success)
    throw new Refusal(
      400,
      `The question is not understood: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
    );
  return read.data;
}
