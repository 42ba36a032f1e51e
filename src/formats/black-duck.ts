import type { ApprovalWord } from '#model/approval.ts';
import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { readMappedCsv } from './shared/mapped-csv.ts';
import { licencesJoined, purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/**
 * What Black Duck says of the components of a project version: `components_….csv` of its Version Details report, as its documentation names the columns, or the
 * answer of `GET /api/projects/{id}/versions/{id}/components`. A violation of policy that was overridden is an approval, and so is an approval status.
 */
export const blackDuck: Format = {
  id: 'black-duck',
  version: 1,
  title: 'Black Duck components',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://documentation.blackduck.com/bundle/bd-hub/page/Reporting/version_details_report.html',
  reads:
    'Overridden policy violations and approval states (approved, limited approval, rejected, deprecated) of components, from the CSV report or the JSON of the API.',
  cannotSee:
    'Of which project the CSV speaks, so that a component is named with it; components whose origin is no package; who overrode which of several rules.',
  matchesPath: (path) => /(?:^|[/._-])black-?duck[^/]*\.(?:csv|json)$/i.test(path) || /(?:^|\/)components_\d[^/]*\.csv$/i.test(path),
  parse: (file) => (/^\s*[[{]/.test(new TextDecoder().decode(file.bytes.subarray(0, 100))) ? readComponentsJson(file) : readComponentsCsv(file)),
};

const names = {
  name: ['component name'],
  version: ['component version name'],
  originName: ['component origin name', 'origin name'],
  originId: ['component origin id', 'origin id'],
  licences: ['license names'],
  policy: ['component policy status', 'policy status'],
  approval: ['approval status', 'component approval status', 'component version approval status'],
  overriddenBy: ['overridden by'],
  reason: ['override comment', 'policy override comment', 'comments'],
  at: ['overridden at'],
  until: ['override expires at'],
} as const;

// What the report says beside.
const unused = [
  ...['Used by', 'Component id', 'Version id', 'Channel versions', 'License ids', 'License families', 'Match type', 'Producer match type', 'Usage'],
  ...['In use', 'Operational Risk', 'Created At', 'Review Status', 'Reviewed by', 'Reviewed at', 'Project path', 'Source/Type'],
  ...['Snippet Review status', 'Component origin version name', 'Project name', 'Project version', 'Has License Conflicts', 'Component Link'],
];

const states: Readonly<Record<string, ApprovalWord>> = {
  in_violation_overridden: 'approved',
  // As the API spelt it for years.
  in_violation_overriden: 'approved',
  approved: 'approved',
  limited_approval: 'conditions',
  rejected: 'denied',
  deprecated: 'denied',
};

function readComponentsCsv(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const table = readMappedCsv(file.bytes, names, log, unused);
  if (table === null) return unread(...log.problems());
  if (!table.has('originId') || !(table.has('policy') || table.has('approval'))) {
    log.error(
      'not-this-format',
      'The file is no report of components by Black Duck: it has no column for the origin, or none for a policy or approval status.',
    );
    return unread(...log.problems());
  }
  table.nameUnknown();
  const list = approvalList(log);
  for (const { cell, line } of table.rows)
    addComponent(
      {
        says: [cell('policy'), cell('approval')],
        origin: [cell('originName'), cell('originId')],
        name: `${cell('name') ?? ''} ${cell('version') ?? ''}`,
        licence: cell('licences'),
        reason: cell('reason'),
        by: cell('overriddenBy'),
        at: cell('at'),
        until: cell('until'),
        line,
        where: `Row ${String(line)}`,
      },
      list,
      log,
    );
  return list.result();
}

function readComponentsJson(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const items = Array.isArray(read.value) ? read.value : asObject(read.value)?.['items'];
  if (!Array.isArray(items)) {
    log.error('not-this-format', 'The file is JSON but no list of components: it has no `items`.');
    return unread(...log.problems());
  }
  const list = approvalList(log);
  for (const [index, each] of asArray(items).entries()) {
    const item = asObject(each) ?? {};
    const origin = asObject(asArray(item['origins'])[0]) ?? {};
    addComponent(
      {
        says: [asString(item['policyStatus']), asString(item['approvalStatus'])],
        origin: [asString(origin['externalNamespace']), asString(origin['externalId'])],
        name: `${asString(item['componentName']) ?? ''} ${asString(item['componentVersionName']) ?? ''}`,
        licence: licencesJoined(asArray(item['licenses']).flatMap((licence) => asString(asObject(licence)?.['licenseDisplay']) ?? [])),
        reason: asString(item['comment']),
        by: null,
        at: null,
        until: asString(item['overrideExpiresAt']),
        line: null,
        where: `Entry ${String(index + 1)}`,
      },
      list,
      log,
    );
  }
  return list.result();
}

type Component = {
  readonly says: readonly (string | null)[];
  readonly origin: readonly [name: string | null, id: string | null];
  readonly name: string;
  readonly licence: string | null;
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly until: string | null;
  readonly line: number | null;
  readonly where: string;
};

function addComponent(component: Component, list: ApprovalList, log: ProblemLog): void {
  const { origin, licence, reason, by, line, where } = component;
  const said = component.says.flatMap(
    (each) =>
      states[
        (each ?? '')
          .trim()
          .toLowerCase()
          .replaceAll(/[\s-]+/g, '_')
      ] ?? [],
  );
  // What is denied in one way is not approved in another.
  const says = said.find((each) => each === 'denied') ?? said.find((each) => each === 'conditions') ?? said[0];
  if (says === undefined) {
    list.leaveOut('neither overridden, approved nor rejected there');
    return;
  }
  const purl = purlOfOrigin(origin[0] ?? '', origin[1] ?? '');
  if (purl === null) {
    const place = line === null ? {} : { line };
    log.warning('no-package', `${where}: the origin of ${component.name.trim().slice(0, 200)} is no package known here, so it was left out.`, place);
    return;
  }
  list.add({ says, package: purl, licence, reason, by, at: timeOf(component.at), until: timeOf(component.until), line }, where);
}

/** The package of an origin such as `npmjs` `lodash/4.17.21`, `maven` `org.acme:api:1.0`, `golang` `example.com/x:v1.2.0`; null for one that is none. */
function purlOfOrigin(namespace: string, id: string): string | null {
  const separator = /^(?:maven|golang|go)$/i.test(namespace.trim()) ? ':' : '/';
  const at = id.lastIndexOf(separator);
  return at < 1 ? null : purlNamed(namespace, id.slice(0, at), id.slice(at + 1));
}
