import { ipPolicyInForce } from '#desk/ip-policy/ip-policies.ts';
import { artifactsOf } from '#desk/licences/artifacts.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { licenceClaims } from '#estate/questions/licence-claims.ts';
import { suggestExpression } from '#language/spdx/suggest.ts';
import { policyVerdicts, type LicenceQuestion, type PolicyVerdict } from '#model/licence.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import type { LicenceRow as Row, VerdictCounts } from '#operations/licences/estate-verdicts.ts';
import { exceptedUses } from '#operations/licences/excepted-uses.ts';
import { ipPolicyView } from '#operations/licences/ip-policy-view.ts';
import { filesOfVersion } from '#operations/licences/licence-file-view.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { licencesInUse, type LicencesInUse } from '#operations/licences/licences-in-use.ts';
import { previewIpPolicy as preview } from '#operations/licences/preview-ip-policy.ts';
import { componentReport as reportOn, componentReports } from '#operations/reports/component-reports.ts';
import { requestReviews, reviewOf } from '#operations/council/reviews.ts';
import { notPermitted, verdictsFor } from '#operations/verdicts/verdicts-for.ts';
import { waysInto } from '#operations/verdicts/ways-into.ts';
import { withRegistries } from '#operations/verdicts/with-registries.ts';
import type { Asked, Handler, ItemOf, ReplyOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { stewardNamed } from '../views/ownership-view.ts';
import { isExceptionSeen } from '../views/seen-exception.ts';

/** What the policy says of package versions, or of all that a component uses. */
export const verdicts: Handler<'verdicts'> = async ({ office, estate, visibility, findings, principal, body }) => {
  const desk = office.desk.desk;
  const component = body.component === undefined ? null : componentByRef(estate, visibility, body.component);
  if (component === null && body.component !== undefined) throw new Refusal(404, 'There is no component with this ref.');
  const wanted = body.packages?.map(({ purl, development, claims }) => ({ purl, isDevelopment: development, claims })) ?? null;
  const packages = wanted === null ? null : await withRegistries({ estate, visibility }, wanted, office.packages);
  const now = office.clock();
  const given = { estate, desk, visibility, judge: licenceJudge(estate, desk, now), now };
  const asked = { component, artifacts: body.artifacts ?? null };
  const { ask, ...answer } = verdictsFor(given, { packages, ...asked });
  if (body.requestReview) {
    if (!may(principal, 'council:ask')) throw new Refusal(403, 'This needs the permission council:ask.');
    const by = { actor: principal.actor, visibility: findings, estateVisibility: visibility };
    await requestReviews(office.context, office.desk, estate, by, answer.packages, asked, body.reviewReason ?? null);
  }
  const maySeeNames = may(principal, 'people:read');
  const named = (person: string) => ({ person, name: maySeeNames ? (desk.people.get(person)?.words?.name ?? null) : null });
  const paths = component === null ? new Map<string, readonly string[]>() : await waysInto(office.store, estate, component, notPermitted(answer));
  return {
    ...answer,
    packages: answer.packages.map((each) => ({
      ...each,
      between: each.between === null ? null : [each.between[0], each.between[1]],
      review: reviewOf(estate, office.desk.desk, principal.actor, each, asked, now),
      path: paths.get(each.purl) ?? [],
    })),
    isBuiltIn: ipPolicyInForce(desk.ipPolicies).approvedBy === null,
    ask: {
      team: ask.team,
      owner: ask.owner === null ? null : named(ask.owner),
      stewards: ask.stewards.map((each) => ({ package: each.package, ...stewardNamed(desk, each.steward) })),
      counsel: ask.counsel.map(named),
    },
  };
};

/** The licences in use. */
export const licences: Handler<'licences'> = ({ office, estate, visibility, query }) => {
  const desk = office.desk.desk;
  const inUse = licencesInUse(estate, desk, visibility, office.clock());
  const hasWords = wordsFilter(query.q);
  const rows = inUse.licences.filter(
    (row) =>
      (query.category === undefined || (row.category ?? 'none') === query.category) &&
      (query.verdict === undefined || row.verdicts[query.verdict] > 0) &&
      (query.q === undefined || hasWords(row.licence ?? 'unknown')),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: Row) => [sortValue(row, sort), row.licence === null ? '' : row.licence],
    view: (row): ItemOf<'licences'> => ({
      ...row,
      worst: worstOf(row.verdicts),
      rowsQuery: `/licences?licence=${encodeURIComponent(row.licence ?? 'unknown')}`,
    }),
    columns: licenceColumns,
    extra: (): Omit<ReplyOf<'licences'>, 'items' | 'next' | 'total'> => ({
      policy: inUse.judge.policyName,
      isBuiltIn: ipPolicyInForce(desk.ipPolicies).approvedBy === null,
      coverage: inUse.coverage,
      verdicts: inUse.versions,
      categories: categoriesOf(inUse),
    }),
  });
};

function sortValue(row: Row, sort: string): string | number {
  if (sort === 'licence') return row.licence ?? '';
  // What is unknown comes first among equals: it is what somebody has to look at.
  if (sort === 'worst') return policyVerdicts.indexOf(worstOf(row.verdicts)) * 1e12 + (row.licence === null ? 1e11 : 0) + row.uses;
  return sort === 'versions' ? row.versions : row.uses;
}

function worstOf(verdicts: VerdictCounts): PolicyVerdict {
  return policyVerdicts.findLast((each) => verdicts[each] > 0) ?? 'allowed';
}

function categoriesOf({ judge, licences: rows }: LicencesInUse): ReplyOf<'licences'>['categories'] {
  const named = judge.index.policy.categories.map(({ id, title, means }) => ({ id, title, means }));
  const all = [{ id: null, title: 'Unknown, or not named by the policy', means: 'Asked about, never allowed.' }, ...named];
  return all.map((category) => {
    const here = rows.filter((row) => row.category === category.id);
    return { ...category, licences: here.length, versions: here.reduce((sum, row) => sum + row.versions, 0) };
  });
}

const licenceColumns: readonly CsvColumn<ItemOf<'licences'>>[] = [
  ['licence', (each) => each.licence],
  ['category', (each) => each.category],
  ['versions', (each) => each.versions],
  ['uses', (each) => each.uses],
  ['worst', (each) => each.worst],
];

/** Package versions in use, by licence. */
export const licensedVersions: Handler<'licensedVersions'> = ({ office, estate, visibility, query }) => {
  const { judge, worst, users } = licencesInUse(estate, office.desk.desk, visibility, office.clock());
  const hasWords = wordsFilter(query.q);
  const wanted = query.licence === 'unknown' ? null : query.licence;
  const excepted = query.exception === undefined ? null : exceptedVersions(query.exception, { office, estate, visibility, judge });
  const rows: number[] = [];
  for (let version = 0; version < worst.length; version += 1) {
    const step = worst[version] ?? 0;
    if (step === 0 || (query.verdict !== undefined && policyVerdicts.indexOf(query.verdict) !== step - 1)) continue;
    if (excepted !== null && !excepted.has(version)) continue;
    const licence = judge.licenceOf(version);
    if (wanted !== undefined && licence.text !== wanted) continue;
    if (query.state !== undefined && !isIn(query.state, licence)) continue;
    if (query.category !== undefined && (judge.categoryOf(licence) ?? 'none') !== query.category) continue;
    if (query.q === undefined || hasWords(nameOf(estate, version))) rows.push(version);
  }
  const sort = query.sort.replace(/^-/, '');
  const rankOf = (version: number): string | number =>
    sort === 'components' ? (users()[version] ?? 0) : versionRank(sort, version, { estate, judge, worst });
  return listing({
    rows,
    rankOf,
    keyOf: (version: number) => [rankOf(version), nameOf(estate, version), estate.versions[version]?.version ?? ''],
    view: async (version): Promise<ItemOf<'licensedVersions'>> => {
      const licence = judge.licenceOf(version);
      const holder = estate.packages[estate.packageOf[version] ?? 0];
      const unread = licence.unread[0];
      const claims = licenceClaims(estate, version);
      return {
        purl: purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? ''),
        name: holder?.name ?? '',
        ecosystem: holder?.ecosystem ?? '',
        version: estate.versions[version]?.version ?? '',
        licence: licence.text,
        claims,
        files: claims.some(({ source }) => source === 'licence-file')
          ? [...(await filesOfVersion(office.store, estate, visibility, version, filesShown))]
          : [],
        suggestion: unread === undefined ? null : (suggestExpression(unread.text)?.expression ?? null),
        isDisputed: licence.isDisputed,
        isFoundOtherwise: licence.isFoundOtherwise,
        isConcluded: licence.from === 'concluded',
        category: judge.categoryOf(licence),
        verdict: policyVerdicts[(worst[version] ?? 1) - 1] ?? 'unknown',
        components: users()[version] ?? 0,
      };
    },
    columns: versionColumns,
  });
};

function exceptedVersions(
  id: string,
  { office, estate, visibility, judge }: Pick<Asked<'licensedVersions'>, 'office' | 'estate' | 'visibility'> & Pick<LicencesInUse, 'judge'>,
): ReadonlySet<number> {
  const exception = office.desk.desk.licenceExceptions.get(id);
  if (exception === undefined || !isExceptionSeen(estate, visibility, exception)) throw new Refusal(404, 'There is no such exception.');
  return new Set(exceptedUses(estate, visibility, judge, exception).versions);
}

function versionRank(
  sort: string,
  version: number,
  { estate, judge, worst }: Pick<LicencesInUse, 'judge' | 'worst'> & { readonly estate: Estate },
): string | number {
  if (sort === 'verdict') return worst[version] ?? 0;
  return sort === 'licence' ? (judge.licenceOf(version).text ?? '') : nameOf(estate, version);
}

const filesShown = 10;

function isIn(state: string, licence: ReturnType<LicencesInUse['judge']['licenceOf']>): boolean {
  return state === 'found-otherwise' ? licence.isFoundOtherwise : state === stateOf(licence);
}

function stateOf({ expression, from, isDisputed }: ReturnType<LicencesInUse['judge']['licenceOf']>): string | null {
  if (expression === null) return from === null ? 'silent' : 'unread';
  return from === 'concluded' ? 'concluded' : isDisputed ? 'disputed' : null;
}

function nameOf(estate: Estate, version: number): string {
  return estate.packages[estate.packageOf[version] ?? 0]?.name ?? '';
}

const versionColumns: readonly CsvColumn<ItemOf<'licensedVersions'>>[] = [
  ['purl', (each) => each.purl],
  ['version', (each) => each.version],
  ['licence', (each) => each.licence],
  ['category', (each) => each.category],
  ['verdict', (each) => each.verdict],
  ['components', (each) => each.components],
];

/** What a component delivers, and what is asked of its owner. */
export const componentArtifacts: Handler<'componentArtifacts'> = ({ office, estate, visibility, params }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  const component = slot === null ? undefined : estate.components[slot];
  if (slot === null || component === undefined) throw new Refusal(404, 'There is no component with this ref.');
  const desk = office.desk.desk;
  const now = office.clock();
  const judge = licenceJudge(estate, desk, now);
  const { packages } = verdictsFor({ estate, desk, visibility, judge, now }, { packages: null, component: slot, artifacts: null });
  const questions = new Map<LicenceQuestion, number>();
  for (const { asks } of packages) for (const about of asks) questions.set(about, (questions.get(about) ?? 0) + 1);
  const refs = [...desk.artifacts.keys()].filter((ref) => estate.componentByRef.get(ref) === slot);
  return {
    component: { ref: component.ref, name: component.name },
    team: component.team,
    artifacts: refs.flatMap((ref) => artifactsOf(desk.artifacts, ref)).map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    questions: [...questions].map(([about, versions]) => ({ about, versions })).sort((a, b) => b.versions - a.versions),
  };
};

/** A report about what a component delivers. */
export const componentReport: Handler<'componentReport'> = async ({ office, estate, visibility, principal, params, query }) => {
  const component = componentByRef(estate, visibility, params.ref);
  if (component === null) throw new Refusal(404, 'There is no component with this ref.');
  const report = componentReports.find(({ id }) => id === params.id);
  if (report === undefined) throw new Refusal(404, `There is no report of this name. There are ${componentReports.map(({ id }) => id).join(', ')}.`);
  const { artifact = null, sbom = null, format } = query;
  const given = { estate, desk: office.desk.desk, visibility, now: office.clock(), reads: office.store, registries: office.registries };
  const made = await reportOn(given, report, { component, artifact, sbom, office: office.name, maySeeNames: may(principal, 'people:read') }, format);
  if ('missing' in made) throw new Refusal(404, made.missing);
  return { bytes: Buffer.from(made.text), fileName: `${report.id}.${format}` };
};

/** By what licences are judged. */
export const ipPolicy: Handler<'ipPolicy'> = ({ office }) => ipPolicyView(office.desk.desk);

/** What an IP policy would change for what the asker may see. */
export const previewIpPolicy: Handler<'previewIpPolicy'> = ({ office, estate, visibility, body }) =>
  preview({ estate, desk: office.desk.desk, visibility, now: office.clock() }, body.policy, body.rows ?? null);
