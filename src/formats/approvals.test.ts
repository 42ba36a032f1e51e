import { describe, expect, it } from 'vitest';
import { problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import type { ReadingResult } from '#model/reading.ts';
import { approvalsCsv } from './approvals-csv.ts';
import { blackDuck } from './black-duck.ts';
import { fossa } from './fossa.ts';
import { mend } from './mend.ts';
import { ortYml } from './ort-yml.ts';
import { snyk } from './snyk.ts';
import { snykLicences } from './snyk-licences.ts';
import { sonatypeIq } from './sonatype-iq.ts';
import { sw360 } from './sw360.ts';

/** One line for each: `says package range licence product|everywhere|beside until:line (by) | reason | conditions`. */
function lines({ approvals = [] }: ReadingResult): readonly string[] {
  return approvals.map((each) => {
    const about = [each.says, each.package ?? '-', each.range ?? '-', each.licence ?? '-'];
    const end = `${each.until?.slice(0, 10) ?? ''}:${String(each.line ?? '')}`;
    return [
      [...about, each.product ?? (each.everywhere ? 'everywhere' : 'beside'), end, `(${each.by ?? ''})`].join(' '),
      each.reason ?? '',
      each.conditions ?? '',
    ].join(' | ');
  });
}

const leftOut = (result: ReadingResult): readonly string[] => result.problems.filter(({ code }) => code === 'left-out').map(({ message }) => message);

describe('what others approved', () => {
  it.each<[format: Format, file: string, approvals: readonly string[], problems: readonly string[], counted: readonly string[]]>([
    [
      approvalsCsv,
      'approvals.csv',
      [
        'approved pkg:npm/spread@3.0.0 - AGPL-3.0-only shop 2027-06-30:3 (Legal) |  | ',
        'conditions pkg:maven/org.acme/api - GPL-2.0-only everywhere :4 (Legal) |  | Never delivered, never changed',
        'denied - - SSPL-1.0 everywhere :5 (Legal) |  | ',
      ],
      [
        'warning unknown-column approvals.csv:2',
        'warning unknown-status approvals.csv:6',
        'warning not-a-purl approvals.csv:7',
        'warning not-a-date approvals.csv:8',
      ],
      [],
    ],
    [
      blackDuck,
      'components_2026-01-05_101500.csv',
      [
        'approved pkg:npm/spread@3.0.0 - AGPL-3.0-only beside :2 (Ada Counsel) |  | ',
        'conditions pkg:maven/org.acme/api@1.0 - GNU General Public License v2.0 only beside :3 () |  | ',
        'denied pkg:golang/example.com/store@v8.0.0 - SSPL-1.0 beside :4 () |  | ',
      ],
      ['warning unknown-column components_2026-01-05_101500.csv:1', 'warning no-package components_2026-01-05_101500.csv:6', 'warning left-out'],
      ['1 left out: neither overridden, approved nor rejected there.'],
    ],
    [
      fossa,
      'fossa-issues.json',
      ['approved pkg:npm/spread@3.0.0 - AGPL-3.0-only shop : () |  | ', 'approved pkg:maven/org.acme/api@1.0 - - beside : () |  | '],
      ['warning no-package', 'warning left-out', 'warning left-out'],
      ['1 left out: issues about something else than licences.', '1 left out: issues that nobody ignored.'],
    ],
    [
      snykLicences,
      '.snyk',
      [
        'approved pkg:npm/spread - AGPL-3.0 beside 2026-06-01:4 () | Runs inside only\nPath: shop > spread@3.0.0 | ',
        'approved pkg:maven/org.acme/api - GPL-2.0 beside :12 () | Bought | ',
      ],
      ['warning no-path .snyk:15', 'warning no-package .snyk:16', 'warning left-out'],
      ['1 left out: ignored vulnerabilities, which decisions import reads.'],
    ],
    [
      mend,
      'mend-alerts.json',
      [
        'approved pkg:npm/spread@3.0.0 - - shop : (Ada Counsel) | Runs inside only\nPolicy: No network copyleft | ',
        'approved pkg:maven/org.acme/api@1.0 - GPL-2.0-only AND (MIT OR ISC) shop : () |  | ',
      ],
      ['warning no-package', 'warning left-out', 'warning left-out'],
      ['1 left out: alerts that nobody ignored.', '1 left out: alerts about something else than licences and policies.'],
    ],
    [
      sonatypeIq,
      'sonatype-waivers.json',
      [
        'approved pkg:npm/spread@3.0.0 - AGPL-3.0-only shop 2027-03-01: (Ada Counsel) | Runs inside only\nPolicy: License-Copyleft | ',
        'approved pkg:maven/org.acme/api - - everywhere : () | Policy: License-Threat | ',
      ],
      ['warning unknown-scope', 'warning all-components', 'warning left-out'],
      ['1 left out: waivers of policies about something else than licences.'],
    ],
    [
      sw360,
      'sw360-releases.json',
      [
        'approved pkg:npm/spread@3.0.0 - AGPL-3.0-only everywhere : () | Cleared: Spread 3.0.0 | ',
        'approved pkg:maven/org.acme/api@1.0 - GPL-2.0-only AND MIT everywhere : () | Cleared: API 1.0 | ',
        'approved pkg:maven/org.acme/api-core@1.0 - GPL-2.0-only AND MIT everywhere : () | Cleared: API 1.0 | ',
      ],
      ['warning no-package', 'warning left-out'],
      ['1 left out: releases whose clearing is REPORT_AVAILABLE.'],
    ],
    [
      ortYml,
      '.ort.yml',
      [
        'concluded pkg:maven/org.acme/api@1.0 - GPL-2.0-only WITH Classpath-exception-2.0 everywhere : () | The POM names the wrong one | ',
        'concluded pkg:npm/%40acme/ui - MIT everywhere : () |  | ',
        'approved pkg:npm/spread@3.0.0 - - beside : () | Runs inside only\nCANT_FIX_EXCEPTION\nResolves: The package NPM::spread:3\\.0\\.0 has the license AGPL-3\\.0-only\\. | ',
        'conditions pkg:npm/either@1.0.0 - GPL-3.0-only OR MIT beside : () |  | Used under MIT, chosen among what is offered.',
        'conditions - - GPL-2.0-only OR BSD-3-Clause beside : () |  | Used under BSD-3-Clause, chosen among what is offered.',
      ],
      ['warning unknown-section', 'warning not-one-package', 'warning no-choice', 'warning left-out', 'warning left-out', 'warning left-out'],
      ['1 left out: curations that conclude no licence.', '1 left out: corrections of single files.', '1 left out: resolved issues of the tool.'],
    ],
  ])('%# $id', (format, file, approvals, problems, counted) => {
    const result = readFixture(format, 'real-world', file);
    expect(lines(result)).toEqual(approvals);
    expect(problemLines(result)).toEqual(problems);
    expect(leftOut(result)).toEqual(counted);
    expect(format.matchesPath(file)).toBe(true);
  });

  it.each<[name: string, format: Format, text: string, approvals: readonly string[]]>([
    [
      'the API of Black Duck',
      blackDuck,
      JSON.stringify({
        items: [
          {
            componentName: 'Spread',
            policyStatus: 'IN_VIOLATION_OVERRIDDEN',
            approvalStatus: 'UNREVIEWED',
            licenses: [{ licenseDisplay: 'AGPL-3.0-only' }],
            origins: [{ externalNamespace: 'npmjs', externalId: '@acme/spread/3.0.0' }],
          },
        ],
      }),
      ['approved pkg:npm/%40acme/spread@3.0.0 - AGPL-3.0-only beside : () |  | '],
    ],
    [
      'the ignores of a project in Snyk',
      snykLicences,
      JSON.stringify({ 'snyk:lic:pip:thing:GPL-3.0': [{ '*': { reason: 'Tool', ignoredBy: { name: 'Ada' }, expires: '2027-01-01T00:00:00Z' } }] }),
      ['approved pkg:pypi/thing - GPL-3.0 beside 2027-01-01: (Ada) | Tool | '],
    ],
    [
      'the licence policy of Snyk',
      snykLicences,
      JSON.stringify({
        results: [
          { id: 'MIT', severity: 'none', instructions: '' },
          { id: 'MPL-2.0', severity: 'none', instructions: 'Offer the source' },
          { id: 'AGPL-3.0', severity: 'high' },
        ],
      }),
      ['approved - - MIT everywhere : () |  | ', 'conditions - - MPL-2.0 everywhere : () |  | Offer the source'],
    ],
    [
      'ignored alerts of Mend 1.x',
      mend,
      JSON.stringify({
        alerts: [
          {
            type: 'REJECTED_BY_POLICY_RESOURCE',
            status: 'IGNORED',
            comments: 'Bought',
            project: 'shop',
            library: { name: 'requests', version: '2.0', type: 'Python', licenses: [{ name: 'Apache 2.0' }] },
          },
        ],
      }),
      ['approved pkg:pypi/requests@2.0 - Apache 2.0 shop : () | Bought | '],
    ],
    [
      'licence overrides of Sonatype',
      sonatypeIq,
      JSON.stringify({
        licenseOverridesByOwner: [
          {
            ownerName: 'Root',
            licenseOverride: {
              status: 'SELECTED',
              licenseIds: ['MIT'],
              comment: 'Dual',
              componentIdentifier: { format: 'npm', coordinates: { packageId: 'either', version: '1.0.0' } },
            },
          },
          { licenseOverride: { status: 'OPEN', licenseIds: ['MIT'] } },
        ],
      }),
      ['concluded pkg:npm/either@1.0.0 - MIT everywhere : () | Dual | '],
    ],
  ])('%s', (_name, format, text, approvals) => {
    expect(lines(readText(format, 'file', text))).toEqual(approvals);
  });

  it.each([approvalsCsv, blackDuck, fossa, snykLicences, mend, sonatypeIq, sw360, ortYml])('$id is never silently empty', (format) => {
    for (const text of ['', '{}', '[]', 'a: 1\n', 'one,two\n1,2\n', '<html></html>'])
      expect(problemLines(readText(format, 'file', text)).length, text).toBeGreaterThan(0);
  });

  it('a licence issue ignored in .snyk is no vulnerability', () => {
    const result = readText(snyk, '.snyk', "ignore:\n  'snyk:lic:npm:spread:AGPL-3.0':\n    - '*': {}\n");
    expect([result.statements, problemLines(result)]).toEqual([[], ['warning about-a-licence']]);
  });
});
