import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { advisoryRows } from '#estate/estate.ts';
import { countsOfComponent } from '#estate/questions/findings.ts';
import { packageCount } from '#estate/questions/inventory.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import type { Permission } from '#model/permission.ts';
import { may, visibilityOf, type Access } from '../principal.ts';
import { sendPieces } from '../api.ts';
import type { StreamedAnswer } from '../asked.ts';
import type { ServedOffice } from '../office.ts';
import { sbomAnswer } from '../sbom-answer.ts';
import { Refusal } from '../refusal.ts';
import { vulnerabilityBadge } from './vulnerability-badge.ts';
import { analysisNow, takeAnalysis } from './analysis.ts';
import { trackFindings, trackRows } from './track-findings.ts';
import { trackViolations } from './violations.ts';
import { componentOfName, componentOfProject, inheritedRisk, projectUuid, projectView } from './projects.ts';
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
  {
    method: 'GET',
    path: '/api/v1/bom/cyclonedx/project/:uuid',
    summary: 'A project as an SBOM in CycloneDX; `variant=withVulnerabilities` with what was decided',
    permission: 'estate:read',
    answer: bom,
  },
  { method: 'GET', path: '/api/v1/project', summary: 'Components as projects', permission: 'estate:read', answer: projects },
  { method: 'GET', path: '/api/v1/project/lookup', summary: 'A project by name and version', permission: 'estate:read', answer: lookup },
  { method: 'GET', path: '/api/v1/project/:uuid', summary: 'One project', permission: 'estate:read', answer: project },
  { method: 'PATCH', path: '/api/v1/project/:uuid', summary: 'Accepted, and changes nothing', permission: 'sboms:write', answer: unchanged },
  { method: 'GET', path: '/api/v1/finding/project/:uuid', summary: 'Open findings of a project', permission: 'findings:read', answer: findings },
  {
    method: 'GET',
    path: '/api/v1/finding/project/:uuid/export',
    summary: 'The same in the Finding Packaging Format',
    permission: 'findings:read',
    answer: exported,
  },
  { method: 'GET', path: '/api/v1/finding', summary: 'Open findings of all projects', permission: 'findings:read', answer: allFindings },
  { method: 'GET', path: '/api/v1/analysis', summary: 'What counts for a finding', permission: 'findings:read', answer: analysisNow },
  {
    method: 'PUT',
    path: '/api/v1/analysis',
    summary: 'Import what a client says of a finding, unconfirmed',
    permission: 'findings:propose',
    answer: takeAnalysis,
  },
  { method: 'GET', path: '/api/v1/violation', summary: 'What rules found in all projects', permission: 'findings:read', answer: allViolations },
  { method: 'GET', path: '/api/v1/violation/project/:uuid', summary: 'What rules found', permission: 'findings:read', answer: violations },
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
          const answered = await answer(knockOf(office, request), reply);
          return typeof answered === 'object' && 'pieces' in answered ? sendPieces(request, reply, answered as StreamedAnswer) : reply.send(answered);
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

const Paging = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).optional(),
  pageNumber: z.coerce.number().int().min(1).max(1_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  pageSize: z.coerce.number().int().min(1).max(1000).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});
const ProjectQuery = Paging.extend({ name: z.string().max(300).optional() });

function pageAsked(query: z.infer<typeof Paging>): { readonly from: number; readonly size: number } {
  const size = query.limit ?? query.pageSize ?? 100;
  return { from: query.offset ?? ((query.page ?? query.pageNumber ?? 1) - 1) * size, size };
}

function projects({ estate, principal, request }: Knock, reply: FastifyReply): object {
  const query = checked(ProjectQuery, request.query);
  const [seen, findingsSeen] = [visibilityOf(principal, 'estate'), visibilityOf(principal, 'findings')];
  const refOf = (slot: number) => estate.components[slot]?.ref ?? '';
  const all = listedComponents(estate, seen)
    .filter((slot) => query.name === undefined || estate.components[slot]?.name === query.name)
    .sort((a, b) => (refOf(a) < refOf(b) ? -1 : 1));
  const { from, size } = pageAsked(query);
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

const BomQuery = z.object({
  format: z
    .string()
    .regex(/^(?:json|xml)$/i)
    .default('json'),
  variant: z.enum(['inventory', 'withVulnerabilities']).default('inventory'),
  version: z
    .string()
    .regex(/^v?1\.[67]$/)
    .default('1.6'),
});

function bom(knock: Knock): Promise<StreamedAnswer> {
  const { office, estate, principal, request } = knock;
  const slot = slotOf(knock, 'estate');
  const { format, variant, version: spec } = checked(BomQuery, request.query);
  return sbomAnswer(office, estate, {
    scope: { kind: 'component', slot, artifact: null, sbom: null },
    visibility: visibilityOf(principal, 'estate'),
    findings: visibilityOf(principal, 'findings'),
    format: `cyclonedx-${spec.replace('v', '')}-${format.toLowerCase()}`,
    vex: variant === 'withVulnerabilities' ? 'inside' : 'none',
  });
}

function findings(knock: Knock, reply: FastifyReply): object {
  const { office, estate, request } = knock;
  const { suppressed } = checked(z.object({ suppressed: z.stringbool().optional() }), request.query);
  const all = trackFindings(estate, office.desk.desk, slotOf(knock, 'findings'), office.clock());
  const shown = suppressed === true ? all : all.filter(({ analysis }) => !analysis.isSuppressed);
  void reply.header('x-total-count', String(shown.length));
  return shown;
}

function exported(knock: Knock): object {
  const { office, estate, principal } = knock;
  const slot = slotOf(knock, 'findings');
  return {
    version: '1.3',
    meta: { application: 'Guildhall', version, timestamp: new Date(office.clock()).toISOString() },
    project: projectView(estate, slot, visibilityOf(principal, 'findings'), null),
    findings: trackFindings(estate, office.desk.desk, slot, office.clock()),
  };
}

/** A page is of findings; one of several versions of a package stands there once for each. */
function allFindings(knock: Knock, reply: FastifyReply): object {
  const { office, estate, request } = knock;
  const { suppressed } = checked(z.object({ suppressed: z.stringbool().optional() }), request.query);
  const { slots, from, size } = pageOfAll(knock, (slot) => advisoryRows(estate, slot), reply);
  const found = slots.flatMap(({ slot, skip }) => {
    const { ref = '', name = '' } = estate.components[slot] ?? {};
    const of = { projectName: name, projectVersion: null, project: projectUuid(ref) };
    return trackRows(estate, office.desk.desk, slot, office.clock())
      .filter(({ row }) => row + skip >= from && row + skip < from + size)
      .map(({ finding }) => ({ ...finding, component: { ...finding.component, ...of } }));
  });
  return suppressed === true ? found : found.filter(({ analysis }) => !analysis.isSuppressed);
}

function allViolations(knock: Knock, reply: FastifyReply): object {
  const { office, estate } = knock;
  const { slots, from, size } = pageOfAll(knock, (slot) => estate.ruleFindings.get(slot)?.length ?? 0, reply);
  return slots.flatMap(({ slot, skip }) =>
    trackViolations(estate, office.desk.desk, slot, office.clock()).filter((_, at) => at + skip >= from && at + skip < from + size),
  );
}

type Paged = { readonly slots: readonly { readonly slot: number; readonly skip: number }[]; readonly from: number; readonly size: number };

/** Which components a page of rows of all of them touches, in the order of their refs, and how many rows come before each. */
function pageOfAll({ estate, principal, request }: Knock, rowsOf: (slot: number) => number, reply: FastifyReply): Paged {
  const { from, size } = pageAsked(checked(Paging, request.query));
  const refOf = (slot: number) => estate.components[slot]?.ref ?? '';
  const slots: { slot: number; skip: number }[] = [];
  let total = 0;
  for (const slot of listedComponents(estate, visibilityOf(principal, 'findings')).toSorted((a, b) => (refOf(a) < refOf(b) ? -1 : 1))) {
    const rows = rowsOf(slot);
    if (rows > 0 && total + rows > from && total < from + size) slots.push({ slot, skip: total });
    total += rows;
  }
  void reply.header('x-total-count', String(total));
  return { slots, from, size };
}

function violations(knock: Knock, reply: FastifyReply): object {
  const { office, estate } = knock;
  const all = trackViolations(estate, office.desk.desk, slotOf(knock, 'findings'), office.clock());
  void reply.header('x-total-count', String(all.length));
  return all;
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
  const violated = trackViolations(estate, office.desk.desk, slot, office.clock()).filter(({ analysis }) => !analysis.isSuppressed);
  const violatedSo = (state: string) => violated.filter(({ policyCondition }) => policyCondition.policy.violationState === state).length;
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
    policyViolationsTotal: violated.length,
    policyViolationsFail: violatedSo('FAIL'),
    policyViolationsWarn: violatedSo('WARN'),
    policyViolationsInfo: violatedSo('INFO'),
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
