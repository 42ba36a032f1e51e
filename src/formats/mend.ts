import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { licencesJoined, purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/**
 * Alerts of Mend (WhiteSource) that somebody ignored, or whose library is on the list of approved ones: `retVal` of the legal and compliance alerts of API 2.0, or
 * `alerts` of `getProjectIgnoredAlerts` and its like in API 1.x.
 */
export const mend: Format = {
  id: 'mend',
  version: 1,
  title: 'Mend alerts',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://docs.mend.io/legacy-sca/latest/http-api-v1-1',
  reads:
    'Ignored alerts about licences and policies, and libraries that were put on the approved list, with the project, the policy and the comment.',
  cannotSee: 'Whether a policy is about licences alone: its name stands in the reason. Alerts about vulnerabilities and new versions.',
  matchesPath: (path) => /(?:^|[/._-])(?:mend|whitesource)[^/]*\.json$/i.test(path),
  parse: readAlerts,
};

type Fields = Readonly<Record<string, unknown>>;

const types = new Set(['POLICY_VIOLATIONS', 'REJECTED_LIBRARY_IN_USE', 'MULTIPLE_LICENSES', 'REJECTED_BY_POLICY_RESOURCE', 'REJECTED_DEPENDENCY']);
const states = new Set(['IGNORED', 'LIBRARY_WHITELIST']);

function readAlerts(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const alerts = document?.['retVal'] ?? document?.['alerts'] ?? read.value;
  if (!Array.isArray(alerts)) {
    log.error('not-this-format', 'The file is JSON but no list of alerts: it has neither `retVal` nor `alerts`.');
    return unread(...log.problems());
  }
  const list = approvalList(log);
  for (const [index, each] of asArray(alerts).entries()) addAlert(asObject(each) ?? {}, `Entry ${String(index + 1)}`, list, log);
  return list.result();
}

function addAlert(alert: Fields, where: string, list: ApprovalList, log: ProblemLog): void {
  const told = asObject(alert['alertInfo']) ?? alert;
  if (!types.has(asString(alert['type']) ?? '')) list.leaveOut('alerts about something else than licences and policies');
  else if (!states.has(asString(told['status']) ?? '')) list.leaveOut('alerts that nobody ignored');
  else {
    const library = asObject(alert['component']) ?? asObject(alert['library']) ?? {};
    const purl = purlOfLibrary(library);
    if (purl === null) {
      log.warning(
        'no-package',
        `${where}: ${(asString(library['name']) ?? 'its library').slice(0, 200)} is no package known here, so it was left out.`,
      );
      return;
    }
    const comment = asObject(told['comment']);
    const said = asString(comment?.['comment']) ?? asString(told['comments']) ?? asString(told['comment']);
    const policy = asString(alert['policyName']) ?? asString(asObject(alert['policy'])?.['name']);
    list.add(
      {
        says: 'approved',
        package: purl,
        licence: licencesOf(alert['licenses'] ?? library['licenses']),
        product: asString(asObject(alert['project'])?.['name']) ?? asString(alert['project']),
        reason: [...(said === null ? [] : [said]), ...(policy === null ? [] : [`Policy: ${policy}`])].join('\n'),
        by: asString(comment?.['username']) ?? asString(comment?.['userEmail']),
        at: timeOf(comment?.['date'] ?? told['modifiedAt'] ?? told['modifiedDate']),
      },
      where,
    );
  }
}

/** Mend names what is no Maven artifact by its file, with the version beside it: `lodash-4.17.21.tgz`. */
function purlOfLibrary(library: Fields): string | null {
  const [group, artifact, version] = [asString(library['groupId']), asString(library['artifactId']), asString(library['version'])];
  const type = asString(library['libraryType']) ?? asString(library['type']) ?? '';
  if (/maven|^java(?:$|_archive)/i.test(type))
    return group === null || artifact === null ? null : purlNamed('maven', `${group}:${artifact}`, version);
  const name = artifact ?? asString(library['name']) ?? '';
  const plain = version === null ? name : (name.split(`-${version}`)[0] ?? name);
  return purlNamed(type, plain, version);
}

function licencesOf(value: unknown): string | null {
  return licencesJoined(
    asArray(value).flatMap((each) => asString(each) ?? asString(asObject(each)?.['spdxName']) ?? asString(asObject(each)?.['name']) ?? []),
  );
}
