import type { Decision } from '#desk/decisions/decisions.ts';
import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { purlOf } from '#language/purl.ts';
import { statementResponses } from '#model/statement.ts';
import type { Visibility } from '#model/visibility.ts';
import { csaf } from '#reports/csaf.ts';
import { cyclonedxVex } from '#reports/cyclonedx-vex.ts';
import { openvex } from '#reports/openvex.ts';
import { sortedStatements, type IssuedStatement, type VexFacts, type VexReport } from '#reports/shared/vex-report.ts';
import type { StoreReads } from '#store/store.ts';
import { purlOfPackage } from './ask-estate.ts';
import { appliedTo } from './decisions-on.ts';
import { findingsMeeting, judgedAt } from './findings-meeting.ts';

/** Every form of VEX that the office writes. */
export const vexReports: readonly VexReport[] = [openvex, csaf, cyclonedxVex];

/** What a VEX document is about. */
export type VexScope =
  { readonly kind: 'component'; readonly slot: number } | { readonly kind: 'team'; readonly team: string } | { readonly kind: 'office' };

/** Who asks for what. */
export type VexWanted = {
  readonly scope: VexScope;
  /** Name of the office. */
  readonly office: string;
  readonly visibility: Visibility;
  /** Unix milliseconds. */
  readonly now: number;
};

/**
 * What the office says of its findings: for open ones the decision that counts, and that they are fixed where the inventory shows it. What nobody decided,
 * or was imported and not confirmed, is not said. Null when there is nothing to say.
 */
export async function vexFacts(reads: Pick<StoreReads, 'loadFindingPacks'>, estate: Estate, desk: Desk, wanted: VexWanted): Promise<VexFacts | null> {
  const statements = sortedStatements([...decidedStatements(estate, desk, wanted), ...(await fixedStatements(reads, estate, wanted))]);
  const { scope, office } = wanted;
  const name = scope.kind === 'office' ? office : scope.kind === 'team' ? `team:${scope.team}` : (estate.components[scope.slot]?.ref ?? '');
  return statements.length === 0 ? null : { office, scope: name, statements };
}

function decidedStatements(estate: Estate, desk: Desk, wanted: VexWanted): readonly IssuedStatement[] {
  const byKey = new Map<string, IssuedStatement & { packages: string[] }>();
  for (const place of placesIn(estate, desk, wanted)) {
    const { decision } = appliedTo(estate, desk, place, wanted.now);
    const judged = judgedAt(estate, place);
    const group = estate.groups[estate.findings[place.component]?.group[place.row] ?? -1];
    if (decision === null || judged === null || group === undefined) continue;
    const key = [judged.component, group.key, decision.id].join('\0');
    const statement = byKey.get(key) ?? { ...statementOf(decision), ids: judged.ids, product: judged.component, packages: [] };
    statement.packages.push(...purlsOf(estate, place, judged.versions));
    byKey.set(key, statement);
  }
  return [...byKey.values()].map((each) => ({ ...each, packages: [...new Set(each.packages)].sort() }));
}

function statementOf(decision: Decision): Omit<IssuedStatement, 'ids' | 'product' | 'packages'> {
  const { verdict, justification, responses, until, words, approval } = decision;
  const own = new Set<string>(responses);
  if (verdict === 'accepted') own.add('will_not_fix');
  if (verdict === 'workaround') own.add('workaround_available');
  const detail = words === null ? '' : [words.reason, ...(words.control === null ? [] : [words.control])].join('\n');
  return {
    state: verdict,
    justification,
    responses: statementResponses.filter((each) => own.has(each)),
    detail: detail === '' ? null : detail,
    at: new Date(approval.state === 'approved' ? approval.at : decision.at).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    line: null,
    approval: approval.state === 'approved' ? 'approved' : 'not-needed',
  };
}

/** The open findings of the scope that a decision may mean. */
function placesIn(estate: Estate, desk: Desk, { scope, visibility }: VexWanted): readonly FindingPlace[] {
  if (scope.kind === 'component') {
    const holder = estate.components[scope.slot];
    const rows = estate.findings[scope.slot]?.group.length ?? 0;
    if (holder === undefined || !isVisible(holder, visibility)) return [];
    return Array.from({ length: rows }, (_, row) => ({ component: scope.slot, row }));
  }
  const places = new Map<string, FindingPlace>();
  for (const { predicate, withdrawnAt, supersededBy, approval } of desk.decisions.byId.values()) {
    if (withdrawnAt !== null || supersededBy !== null || approval.state === 'waiting' || approval.state === 'refused') continue;
    for (const place of findingsMeeting(estate, predicate, visibility)) {
      if (isIn(estate, place.component, scope)) places.set(`${String(place.component)} ${String(place.row)}`, place);
    }
  }
  return [...places.values()];
}

function purlsOf(estate: Estate, { component, row }: FindingPlace, versions: readonly string[]): readonly string[] {
  const used = estate.packages[estate.findings[component]?.package[row] ?? -1];
  if (used === undefined) return [];
  const plain = purlOfPackage(used.ecosystem, used.name);
  if (versions.length === 0) return [plain];
  return versions.map((version) => purlOf(used.ecosystem, used.name, version) ?? `${plain}@${encodeURIComponent(version)}`);
}

/** Findings that ended because the package went or was raised, unless they are open again. */
async function fixedStatements(
  reads: Pick<StoreReads, 'loadFindingPacks'>,
  estate: Estate,
  { scope, visibility }: VexWanted,
): Promise<readonly IssuedStatement[]> {
  const only = scope.kind === 'component' ? estate.components[scope.slot]?.id : undefined;
  if (scope.kind === 'component' && only === undefined) return [];
  const statements: IssuedStatement[] = [];
  for await (const page of reads.loadFindingPacks(only === undefined ? {} : { componentIds: [only] })) {
    for (const pack of page) {
      const slot = estate.slots.component.get(pack.component_id) ?? -1;
      const holder = estate.components[slot];
      if (holder === undefined || !isVisible(holder, visibility) || !isIn(estate, slot, scope)) continue;
      const open = new Set(unpackEpisodes(pack.open).map(keyOf));
      const last = new Map<string, PackedEpisode>();
      for (const each of unpackEpisodes(pack.closed)) {
        const known = last.get(keyOf(each));
        if (known === undefined || known.episode < each.episode) last.set(keyOf(each), each);
      }
      for (const [key, each] of last) {
        const statement = open.has(key) || each.closedBecause !== 'fixed' ? null : fixedStatement(estate, holder.ref, each);
        if (statement !== null) statements.push(statement);
      }
    }
  }
  return statements;
}

function fixedStatement(estate: Estate, product: string, { packageId, groupId, closedAt }: PackedEpisode): IssuedStatement | null {
  const used = estate.packages[estate.slots.package.get(packageId) ?? -1];
  const slot = estate.groupByKey.get(estate.slots.advisory.get(groupId)?.groupKey ?? '');
  const group = estate.groups[slot ?? -1];
  if (used === undefined || group === undefined || closedAt === null) return null;
  return {
    ids: group.ids.includes(group.key) ? group.ids : [group.key, ...group.ids],
    state: 'fixed',
    product,
    packages: [purlOfPackage(used.ecosystem, used.name)],
    justification: null,
    responses: [],
    detail: null,
    at: new Date(closedAt).toISOString(),
    until: null,
    line: null,
    approval: 'not-needed',
  };
}

function keyOf({ packageId, groupId }: PackedEpisode): string {
  return `${String(packageId)} ${String(groupId)}`;
}

function isIn(estate: Estate, slot: number, scope: VexScope): boolean {
  if (scope.kind === 'component') return scope.slot === slot;
  return scope.kind === 'office' || estate.components[slot]?.team === scope.team;
}
