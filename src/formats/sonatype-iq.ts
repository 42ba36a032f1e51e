import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { licencesJoined, purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/**
 * What was permitted in Sonatype IQ Server: policy waivers as `GET /api/v2/policyWaivers/{ownerType}/{ownerId}` answers, and licence overrides of
 * `GET /api/v2/licenseOverrides/{ownerType}/{ownerId}` (https://help.sonatype.com/en/license-override-rest-api.html), which conclude a licence.
 */
export const sonatypeIq: Format = {
  id: 'sonatype-iq',
  version: 1,
  title: 'Sonatype IQ waivers',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://help.sonatype.com/iqserver/automating/rest-apis/policy-waiver-rest-api---v2',
  reads:
    'Waivers of licence policies for one version or all versions of a package, with scope, comment, author and end; selected, confirmed and overridden licences.',
  cannotSee:
    'Waivers of security policies; those for all components; those of an organisation below the root, whose applications are not known here.',
  matchesPath: (path) => /(?:^|[/._-])(?:sonatype|nexus-?iq|iq-waivers)[^/]*\.json$/i.test(path),
  parse: readWaivers,
};

type Fields = Readonly<Record<string, unknown>>;

function readWaivers(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const overrides = document?.['licenseOverridesByOwner'];
  const waivers = Array.isArray(read.value) ? read.value : (document?.['policyWaivers'] ?? document?.['componentPolicyWaivers']);
  const list = approvalList(log);
  if (Array.isArray(overrides))
    for (const [index, each] of overrides.entries()) addOverride(asObject(each) ?? {}, `Entry ${String(index + 1)}`, list, log);
  else if (Array.isArray(waivers))
    for (const [index, each] of waivers.entries()) addWaiver(asObject(each) ?? {}, `Entry ${String(index + 1)}`, list, log);
  else {
    log.error('not-this-format', 'The file is JSON but holds neither waivers nor licence overrides of Sonatype IQ.');
    return unread(...log.problems());
  }
  return list.result();
}

function addWaiver(waiver: Fields, where: string, list: ApprovalList, log: ProblemLog): void {
  const [strategy, scope] = [asString(waiver['matcherStrategy']) ?? 'DEFAULT', asString(waiver['scopeOwnerType']) ?? ''];
  const isRoot = asString(waiver['scopeOwnerId']) === 'ROOT_ORGANIZATION_ID';
  const named = purlOfComponent(waiver);
  if (!isAboutLicences(waiver)) list.leaveOut('waivers of policies about something else than licences');
  else if (strategy === 'ALL_COMPONENTS')
    log.warning('all-components', `${where} waives a policy for all components, which is no approval of one, so it was left out.`);
  else if (named === null) log.warning('no-package', `${where} names no package known here, so it was left out.`);
  else if (scope !== 'application' && !isRoot)
    log.warning(
      'unknown-scope',
      `${where} holds for a scope (${scope === '' ? 'unknown' : scope.slice(0, 60)}) whose components are not known here, so it was left out.`,
    );
  else {
    list.add(
      {
        says: 'approved',
        package: strategy === 'ALL_VERSIONS' ? withoutVersion(named) : named,
        licence: licenceIn(waiver),
        product: isRoot ? null : asString(waiver['scopeOwnerName']),
        everywhere: isRoot,
        reason: [asString(waiver['comment']) ?? '', `Policy: ${asString(waiver['policyName']) ?? asString(waiver['policyId']) ?? 'unknown'}`]
          .filter((each) => each !== '')
          .join('\n'),
        by: asString(waiver['creatorName']) ?? asString(waiver['creatorId']),
        at: timeOf(utc(waiver['createTime'])),
        until: timeOf(utc(waiver['expiryTime'])),
      },
      where,
    );
  }
}

function addOverride(owned: Fields, where: string, list: ApprovalList, log: ProblemLog): void {
  const override = asObject(owned['licenseOverride']) ?? {};
  if (!['OVERRIDDEN', 'SELECTED', 'CONFIRMED'].includes(asString(override['status']) ?? '')) {
    list.leaveOut('licences that nobody selected, confirmed or overrode');
    return;
  }
  const named = purlOfComponent(override);
  if (named === null) log.warning('no-package', `${where} names no package known here, so it was left out.`);
  else
    list.add(
      {
        says: 'concluded',
        package: named,
        licence: licencesJoined(asArray(override['licenseIds']).flatMap((each) => asString(each) ?? [])),
        everywhere: true,
        reason: asString(override['comment']),
      },
      where,
    );
}

/** A waiver is about licences where its conditions, or its policy where it tells none, say so; one of a vulnerability is not. */
function isAboutLicences(waiver: Fields): boolean {
  if (asString(waiver['vulnerabilityId']) !== null) return false;
  const kinds = conditionsOf(waiver).flatMap((each) => asString(each['conditionTypeId']) ?? []);
  const words = kinds.length > 0 ? kinds : [asString(waiver['policyName']) ?? ''];
  return words.some((word) => /licen[cs]e/i.test(word));
}

function conditionsOf(waiver: Fields): readonly Fields[] {
  return asArray(waiver['constraintFacts']).flatMap((fact) =>
    asArray(asObject(fact)?.['conditionFacts']).flatMap((each): readonly Fields[] => {
      const condition = asObject(each);
      return condition === null ? [] : [condition];
    }),
  );
}

/** The licence that a condition names in quotes: `License 'GPL-2.0-only' …`; null where it speaks of a group of them. */
function licenceIn(waiver: Fields): string | null {
  for (const condition of conditionsOf(waiver)) {
    if (!/^licen[cs]es?$/i.test(asString(condition['conditionTypeId']) ?? '')) continue;
    const [, licence] = /'([^']{1,200})'/.exec(asString(condition['reason']) ?? asString(condition['summary']) ?? '') ?? [];
    if (licence !== undefined) return licence;
  }
  return null;
}

function purlOfComponent(said: Fields): string | null {
  const written = asString(said['associatedPackageUrl']) ?? asString(said['packageUrl']);
  if (written !== null) return written;
  const identifier = asObject(said['componentIdentifier']) ?? {};
  const at = asObject(identifier['coordinates']) ?? {};
  const text = (name: string): string | null => asString(at[name]);
  const name = text('groupId') !== null ? `${text('groupId') ?? ''}:${text('artifactId') ?? ''}` : (text('packageId') ?? text('name') ?? '');
  const vendor = text('namespace');
  return purlNamed(asString(identifier['format']) ?? '', vendor === null || vendor === '' ? name : `${vendor}/${name}`, text('version'));
}

function withoutVersion(purl: string): string {
  const named = packageOfPurl(purl);
  return (named?.ecosystem == null ? null : purlOf(named.ecosystem, named.name, null)) ?? purl;
}

/** IQ writes `+0000` for UTC. */
function utc(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : value;
}
