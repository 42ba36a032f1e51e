import { z } from 'zod';
import type { Permission } from '#model/permission.ts';
import {
  AccessList,
  AccessQuery,
  MadeToken,
  NewToken,
  PeopleImport,
  PeopleImportQuery,
  PersonList,
  PersonQuery,
  RoleTable,
  TokenList,
  TokenQuery,
} from './access.ts';
import { ActList, ActQuery } from './act.ts';
import { ChangeList, ChangesQuery } from './changes.ts';
import { Clocks, ClocksQuery } from './clocks.ts';
import { ComponentDetail, ComponentList, ComponentPackageList, ComponentPackageQuery, ComponentQuery } from './component.ts';
import { ExposureList, ExposureQuery } from './exposure.ts';
import { FindingDetail, FindingList, FindingQuery, FindingsOverTime, FindingsOverTimeQuery } from './finding.ts';
import {
  Comparison,
  ComparisonQuery,
  ImportedDecisionList,
  ImportedDecisionQuery,
  ImportOutcome,
  ImportQuery,
  VexDocument,
  VexQuery,
} from './imported-decision.ts';
import { IncidentComponentList, IncidentComponentQuery, IncidentDetail, IncidentList, IncidentQuery } from './incident.ts';
import { LeverageQuery, UpgradeList } from './leverage.ts';
import { ComponentExtent, Decision, DecisionList, DecisionQuery, ExtentQuery, NewDecision } from './decision.ts';
import { DeskDecisionList, DeskDecisionQuery, FindingDesk } from './desk-decision.ts';
import { AsOf } from './list.ts';
import { EstateStatus, Overview } from './overview.ts';
import { PackageDetail, PackageList, PackageQuery, PackageUserList, PackageUserQuery } from './package.ts';
import { ComponentPaths, ComponentPathsQuery } from './paths.ts';
import { ComponentPast, ComponentPastQuery, PackagePast, PackagePastQuery } from './past.ts';
import { PolicyPreview, PolicyStatus, PreviewWanted } from './policy.ts';
import { ProblemList, ProblemQuery } from './problem.ts';
import { Reading } from './reading.ts';
import { Receipt } from './receipt.ts';
import { RuleRowList, RuleRowQuery, RuleStatuses } from './rule.ts';
import { SavedView, SavedViewContent, SavedViewList, SavedViewQuery } from './saved-view.ts';
import { SbomOutcome, SbomQuery } from './sbom.ts';
import { SearchQuery, SearchResult } from './search.ts';
import { NewPassword, Session } from './session.ts';
import { SourceList, SourceQuery } from './source.ts';

/** One entry of the API. A path parameter is one percent-encoded segment: `/v1/components/component%3Aacme%2Fapi`. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly permission: Permission;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  /** `stream`: the body is a file, taken as it comes; a schema: JSON of that. */
  readonly body: 'none' | 'stream' | z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  /** Null when the answer has no body. */
  readonly reply: z.ZodType | null;
  /** True for lists, which also answer `format=csv` and `format=jsonl`. */
  readonly csv: boolean;
  /** True for bytes as they are kept, sent as a download; absent means false. */
  readonly raw?: true;
};

const read = { method: 'GET', params: null, query: null, body: 'none', status: 200, csv: false } as const;
const list = { ...read, csv: true } as const;
const byId = z.object({ id: z.string() });
const asOf = z.strictObject({ asOf: AsOf });

/** Every route of our own API, by name. */
export const routes = {
  session: { ...read, path: '/v1/session', summary: 'Who is asking', permission: 'session', reply: Session },
  signOut: { ...read, method: 'DELETE', path: '/v1/session', summary: 'End the session', permission: 'session', status: 204, reply: null },
  setPassword: {
    ...read,
    method: 'PUT',
    path: '/v1/session/password',
    summary: 'Give yourself a password, or another one; every other session of yours ends',
    permission: 'session',
    body: NewPassword,
    status: 204,
    reply: null,
  },
  roles: { ...read, path: '/v1/roles', summary: 'Every role and what it allows', permission: 'session', reply: RoleTable },
  people: { ...list, path: '/v1/people', summary: 'People known here', permission: 'people:read', query: PersonQuery, reply: PersonList },
  importPeople: {
    ...read,
    method: 'POST',
    path: '/v1/people-imports',
    summary: 'Take over people from CSV',
    permission: 'people:write',
    query: PeopleImportQuery,
    body: 'stream',
    status: 201,
    reply: PeopleImport,
  },
  access: {
    ...list,
    path: '/v1/access',
    summary: 'The access review: who may do what, since when, by whom',
    permission: 'access:read',
    query: AccessQuery,
    reply: AccessList,
  },
  tokens: {
    ...list,
    path: '/v1/tokens',
    summary: 'API tokens: the own, or all for who reviews access',
    permission: 'session',
    query: TokenQuery,
    reply: TokenList,
  },
  addToken: {
    ...read,
    method: 'POST',
    path: '/v1/tokens',
    summary: 'Make an API token; its secret is told once',
    permission: 'tokens:write',
    body: NewToken,
    status: 201,
    reply: MadeToken,
  },
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
  componentExtent: {
    ...read,
    path: '/v1/components/:ref/extent',
    summary: 'What retiring, deleting or erasing a component would touch, and what forbids it',
    permission: 'estate:read',
    params: z.object({ ref: z.string() }),
    query: ExtentQuery,
    reply: ComponentExtent,
  },
  retireComponent: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/retirement',
    summary: 'Retire a component; takes an Idempotency-Key',
    permission: 'components:retire',
    params: z.object({ ref: z.string() }),
    body: NewDecision,
    status: 202,
    reply: Decision,
  },
  returnComponent: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/return',
    summary: 'Bring a retired component back',
    permission: 'components:retire',
    params: z.object({ ref: z.string() }),
    body: NewDecision,
    status: 202,
    reply: Decision,
  },
  deleteComponent: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/deletion',
    summary: 'Delete a component from the estate and its past; takes an Idempotency-Key',
    permission: 'components:delete',
    params: z.object({ ref: z.string() }),
    body: NewDecision,
    status: 202,
    reply: Decision,
  },
  eraseComponent: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/erasure',
    summary: 'Erase a component and its bytes for good; takes an Idempotency-Key',
    permission: 'erasures:write',
    params: z.object({ ref: z.string() }),
    body: NewDecision,
    status: 202,
    reply: Decision,
  },
  decisions: {
    ...list,
    path: '/v1/decisions',
    summary: 'What was retired, deleted, erased and held, by whom and why',
    permission: 'decisions:read',
    query: DecisionQuery,
    reply: DecisionList,
  },
  readmit: {
    ...read,
    method: 'POST',
    path: '/v1/decisions/:id/readmission',
    summary: 'Let in again what was deleted or erased',
    permission: 'erasures:write',
    params: byId,
    body: NewDecision,
    status: 202,
    reply: Decision,
  },
  componentVex: {
    ...read,
    path: '/v1/components/:ref/vex',
    summary: 'What was decided about the vulnerabilities of a component, as VEX',
    permission: 'findings:read',
    params: z.object({ ref: z.string() }),
    query: VexQuery,
    reply: VexDocument,
  },
  componentComparison: {
    ...read,
    method: 'POST',
    path: '/v1/components/:ref/comparison',
    summary: 'What another tool finds in a component beside what is open here: its findings are sent, nothing is kept',
    permission: 'findings:read',
    params: z.object({ ref: z.string() }),
    query: ComparisonQuery,
    body: 'stream',
    reply: Comparison,
  },
  importDecisions: {
    ...read,
    method: 'POST',
    path: '/v1/decision-imports',
    summary: 'Take over the decisions of a VEX document, an ignore file or another tool, unconfirmed',
    permission: 'findings:propose',
    query: ImportQuery,
    body: 'stream',
    status: 201,
    reply: ImportOutcome,
  },
  importedDecisions: {
    ...list,
    path: '/v1/imported-decisions',
    summary: 'Decisions that came from files, and whether somebody here stands behind them',
    permission: 'findings:read',
    query: ImportedDecisionQuery,
    reply: ImportedDecisionList,
  },
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
  packagePast: {
    ...read,
    path: '/v1/packages/:purl/past',
    summary: 'Who used a package and how it was judged, week by week',
    permission: 'findings:read',
    params: z.object({ purl: z.string() }),
    query: PackagePastQuery,
    reply: PackagePast,
  },
  findings: { ...list, path: '/v1/findings', summary: 'Findings', permission: 'findings:read', query: FindingQuery, reply: FindingList },
  findingsOverTime: {
    ...read,
    path: '/v1/findings/over-time',
    summary: 'How many findings were open, week by week',
    permission: 'findings:read',
    query: FindingsOverTimeQuery,
    reply: FindingsOverTime,
  },
  finding: {
    ...read,
    path: '/v1/findings/:id',
    summary: 'One finding and the chain it rests on',
    permission: 'findings:read',
    params: z.object({ id: z.string() }),
    query: asOf,
    reply: FindingDetail,
  },
  clocks: {
    ...read,
    path: '/v1/clocks',
    summary: 'How clocks are kept: ageing, burn-down, time to close, attainment by team',
    permission: 'findings:read',
    query: ClocksQuery,
    reply: Clocks,
  },
  previewPolicy: {
    ...read,
    method: 'POST',
    path: '/v1/policy/preview',
    summary: 'What a policy would change, over the estate as it is and as it was',
    permission: 'findings:read',
    body: PreviewWanted,
    reply: PolicyPreview,
  },
  rules: { ...read, path: '/v1/rules', summary: 'Ways of judging, and what each finds', permission: 'findings:read', reply: RuleStatuses },
  ruleRows: {
    ...list,
    path: '/v1/rules/:id/rows',
    summary: 'What an observed rule finds now, dealt with or only counted',
    permission: 'findings:read',
    params: byId,
    query: RuleRowQuery,
    reply: RuleRowList,
  },
  findingDesk: {
    ...read,
    path: '/v1/findings/:id/desk',
    summary: 'What people did about an open finding, and what you may do',
    permission: 'findings:read',
    params: z.object({ id: z.string() }),
    reply: FindingDesk,
  },
  deskDecisions: {
    ...list,
    path: '/v1/finding-decisions',
    summary: 'Decisions about findings, and those that wait for a second person',
    permission: 'findings:read',
    query: DeskDecisionQuery,
    reply: DeskDecisionList,
  },
  policy: { ...read, path: '/v1/policy', summary: 'By what the office judges', permission: 'estate:read', reply: PolicyStatus },
  exposures: {
    ...list,
    path: '/v1/exposures',
    summary: 'Who was exposed to an advisory, since when, until when, and what ended it',
    permission: 'findings:read',
    query: ExposureQuery,
    reply: ExposureList,
  },
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
  leverage: {
    ...list,
    path: '/v1/leverage',
    summary: 'What to raise to what, and how many findings that closes',
    permission: 'findings:read',
    query: LeverageQuery,
    reply: UpgradeList,
  },
  changes: {
    ...list,
    path: '/v1/changes',
    summary: 'What appeared and went between two days',
    permission: 'findings:read',
    query: ChangesQuery,
    reply: ChangeList,
  },
  reading: {
    ...read,
    path: '/v1/reading',
    summary: 'How far reading the configured sources and feeds is',
    permission: 'sources:read',
    reply: Reading,
  },
  sources: { ...list, path: '/v1/sources', summary: 'Sources and feeds', permission: 'sources:read', query: SourceQuery, reply: SourceList },
  problems: { ...list, path: '/v1/problems', summary: 'What could not be read', permission: 'sources:read', query: ProblemQuery, reply: ProblemList },
  receipt: {
    ...read,
    path: '/v1/receipts/:id',
    summary: 'One observation of one source',
    permission: 'sources:read',
    params: z.object({ id: z.string() }),
    reply: Receipt,
  },
  acts: { ...list, path: '/v1/acts', summary: 'What people did, newest first', permission: 'ledger:read', query: ActQuery, reply: ActList },
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
  savedViews: {
    ...list,
    path: '/v1/views',
    summary: 'Lists that people have named: those of the office and the own',
    permission: 'estate:read',
    query: SavedViewQuery,
    reply: SavedViewList,
  },
  savedView: { ...read, path: '/v1/views/:id', summary: 'One saved view', permission: 'estate:read', params: byId, reply: SavedView },
  addSavedView: {
    ...read,
    method: 'POST',
    path: '/v1/views',
    summary: 'Name a list; takes an Idempotency-Key',
    permission: 'views:write',
    body: SavedViewContent,
    status: 201,
    reply: SavedView,
  },
  replaceSavedView: {
    ...read,
    method: 'PUT',
    path: '/v1/views/:id',
    summary: 'Replace what a saved view says; needs If-Match',
    permission: 'views:write',
    params: byId,
    body: SavedViewContent,
    reply: SavedView,
  },
  deleteSavedView: {
    ...read,
    method: 'DELETE',
    path: '/v1/views/:id',
    summary: 'Delete a saved view; needs If-Match',
    permission: 'views:write',
    params: byId,
    status: 204,
    reply: null,
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
} as const satisfies Record<string, Route>;

/** Names of the routes. */
export type RouteName = keyof typeof routes;
