import { hash } from 'node:crypto';
import type { Gate, PolicyVerdict } from '#model/licence.ts';
import { sentences } from './sentences.ts';
import type { CheckReport, CheckedPackage } from './check-report.ts';

const informationUri = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html';

/** What code-scanning pages call it, by what it does to the build; what is only watched is a note. */
const levels: Readonly<Record<Gate, 'note' | 'warning' | 'error'>> = { watch: 'note', warn: 'warning', block: 'error' };

const titles: Readonly<Record<Exclude<PolicyVerdict, 'allowed'>, string>> = {
  conditions: 'Allowed with conditions by the IP policy',
  review: 'For review under the IP policy',
  unknown: 'Unknown under the IP policy',
  denied: 'Denied by the IP policy',
};

/**
 * A check as SARIF 2.1.0, which code-scanning pages read: each package version that is not simply allowed is one result at its file. What was not read is a
 * notification of the run. The same report gives the same bytes.
 */
export function checkAsSarif(report: CheckReport): string {
  const results = report.packages.filter((each) => each.verdict !== 'allowed').map(resultOf);
  const run = {
    tool: {
      driver: {
        name: 'Guildhall',
        informationUri,
        rules: Object.entries(titles).map(([id, text]) => ({ id: `licence-${id}`, shortDescription: { text } })),
      },
    },
    properties: { policy: report.policy, judged: report.judged, base: report.base },
    invocations: [
      {
        executionSuccessful: report.judged,
        toolExecutionNotifications: report.problems.map(({ code, message, path, severity }) => ({
          descriptor: { id: code },
          level: severity,
          message: { text: message },
          ...(path === undefined ? {} : { locations: [locationOf(path)] }),
        })),
      },
    ],
    results,
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function resultOf(each: CheckedPackage) {
  return {
    ruleId: `licence-${each.verdict}`,
    level: levels[each.gate],
    message: { text: [`${each.purl}: ${each.because}`, ...sentences(each)].join(' ') },
    locations: each.file === null ? [] : [locationOf(each.file)],
    // The same use of the same package is the same result, whatever line or wording changes.
    partialFingerprints: { 'guildhall/v1': hash('sha256', `${each.purl} ${each.file ?? ''} ${each.verdict}`, 'hex').slice(0, 32) },
    properties: { licence: each.licence, rule: each.rule, path: each.path },
  };
}

/** No file of ours tells lines, and pages that show none want the first. */
function locationOf(file: string) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } };
}
