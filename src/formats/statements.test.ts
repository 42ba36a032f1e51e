import { describe, expect, it } from 'vitest';
import { problemLines, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import type { ReadingResult } from '#model/reading.ts';
import { csaf } from './csaf.ts';
import { cyclonedx } from './cyclonedx.ts';
import { decisionsCsv } from './decisions-csv.ts';
import { dependencyCheck } from './dependency-check.ts';
import { dependencyTrack } from './dependency-track.ts';
import { openvex } from './openvex.ts';
import { osvScanner } from './osv-scanner.ts';
import { snyk } from './snyk.ts';
import { trivyignore } from './trivyignore.ts';

/** One line for each statement: `ids state product packages justification responses until:line | detail`. */
function lines({ statements = [] }: ReadingResult): readonly string[] {
  return statements.map((each) => {
    const parts = [each.ids.join('+'), each.state, each.product ?? '-', each.packages.join('+') || '-', each.justification ?? '-'];
    const end = `${each.until?.slice(0, 10) ?? ''}:${String(each.line ?? '')}`;
    return `${[...parts, each.responses.join('+') || '-', end].join(' ')} | ${each.detail ?? ''}`;
  });
}

const trivy = `# Accepted by the board
CVE-2022-0001 exp:2030-01-01 # until then
CVE-2022-0002

# not a vulnerability
AVD-DS-0002
aws-account-id
CVE-2022-0003 exp:soon
`;
const trivyYaml = `vulnerabilities:
  - id: CVE-2022-0001
    purls: ["pkg:npm/left-pad@1.0.0"]
    expired_at: 2030-01-01
    statement: Not reached
  - id: CVE-2022-0002
misconfigurations:
  - id: AVD-DS-0001
`;
const osv = `[[IgnoredVulns]]
id = "GO-2022-0968"
ignoreUntil = 2030-11-09
reason = "No ssh servers are connected to"

[[IgnoredVulns]]
id = "GO-2022-1059"

[[PackageOverrides]]
name = "lib"
ignore = true
`;
const snykPolicy = `# Snyk (https://snyk.io) policy file, patches or ignores known vulnerabilities.
version: v1.25.0
ignore:
  SNYK-JS-LODASH-590103:
    - '*':
        reason: Only trusted input
        expires: 2030-01-01T00:00:00.000Z
        created: 2021-01-01T00:00:00.000Z
    - 'a > b > lodash@4.17.15':
        reason: Only trusted input
        expires: 2029-01-01T00:00:00.000Z
  'npm:ms:20170412': []
`;
const suppressions = `<?xml version="1.0" encoding="UTF-8"?>
<suppressions xmlns="https://jeremylong.github.io/DependencyCheck/dependency-suppression.1.3.xsd">
  <suppress until="2030-01-01Z">
    <notes><![CDATA[Wrong product]]></notes>
    <packageUrl regex="true">^pkg:maven/org\\.acme/api@.*$</packageUrl>
    <cve>CVE-2020-0001</cve>
    <vulnerabilityName>GHSA-aaaa-bbbb-cccc</vulnerabilityName>
  </suppress>
  <suppress><packageUrl regex="true">^pkg:maven/org\\.acme/.*$</packageUrl><cve>CVE-2020-0002</cve></suppress>
  <suppress><sha1>abc</sha1><cve>CVE-2020-0003</cve></suppress>
  <suppress><cpe>cpe:/a:acme</cpe></suppress>
</suppressions>
`;
const fpf = JSON.stringify({
  version: '1.2',
  project: { uuid: 'x', name: 'shop', version: '1.0' },
  findings: [
    {
      component: { purl: 'pkg:npm/lodash@4.17.20' },
      vulnerability: { vulnId: 'CVE-2021-23337', source: 'NVD', aliases: [{ cveId: 'CVE-2021-23337', ghsaId: 'GHSA-35jh-r3h4-6jhm' }] },
      analysis: {
        state: 'NOT_AFFECTED',
        justification: 'CODE_NOT_REACHABLE',
        response: 'WILL_NOT_FIX',
        details: 'No templates',
        isSuppressed: false,
      },
    },
    { component: { purl: 'pkg:npm/ms@2.0.0' }, vulnerability: { vulnId: 'CVE-2017-0001' }, analysis: { isSuppressed: true } },
    { component: { purl: 'pkg:npm/qs@6.0.0' }, vulnerability: { vulnId: 'CVE-2022-0002' }, analysis: { state: 'NOT_SET', isSuppressed: false } },
    { component: { purl: 'pkg:npm/a@1.0.0' }, vulnerability: { vulnId: 'CVE-2022-0003' }, analysis: { state: 'RESOLVED', isSuppressed: true } },
  ],
});
const csv = `#columns advisory=CVE,state=Status,detail=Why
CVE,Status,package,component,until,Why
CVE-2021-0001 GHSA-x1-y2,Risk accepted,pkg:npm/a@1.0.0,shop,2030-01-01,"two
lines"
CVE-2021-0002,whatever,,,,
CVE-2021-0003,not affected,,shop,,'=1+1
`;
const cyclone = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.4',
  version: 1,
  metadata: { component: { type: 'application', name: 'shop', 'bom-ref': 'main' } },
  components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20', 'bom-ref': 'l' }],
  vulnerabilities: [
    { id: 'CVE-2021-23337', analysis: { state: 'exploitable', response: ['will_not_fix'], detail: 'Later' }, affects: [{ ref: 'l' }] },
    { id: 'CVE-2021-0002', analysis: { state: 'not_affected', justification: 'code_not_present' }, affects: [{ ref: 'main' }] },
    { id: 'CVE-2021-0003', analysis: { state: 'in_triage' }, affects: [{ ref: 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:npm/qs@6.0.0' }] },
    { id: 'CVE-2021-0004', affects: [{ ref: 'l' }] },
    { id: 'CVE-2021-0005', analysis: { state: 'resolved' }, affects: [{ ref: 'nothing' }] },
  ],
});
const vex = JSON.stringify({
  '@context': 'https://openvex.dev/ns',
  '@id': 'https://acme.example/vex/1',
  author: 'Acme',
  timestamp: '2023-01-01T00:00:00Z',
  version: '1',
  statements: [
    { vulnerability: 'CVE-2023-0001', products: ['pkg:npm/a@1.0.0', 'pkg:npm/b@2.0.0'], status: 'under_investigation' },
    {
      vulnerability: { name: 'CVE-2023-0002' },
      products: [{ '@id': 'pkg:npm/a@1.0.0' }],
      status: 'not_affected',
      justification: 'component_not_present',
    },
    { vulnerability: { name: 'CVE-2023-0003' }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'perhaps' },
    { vulnerability: { name: 'CVE-2023-0004' }, status: 'fixed' },
  ],
});
const advisory = JSON.stringify({
  document: { category: 'csaf_vex', csaf_version: '2.0', tracking: { current_release_date: '2023-01-01T00:00:00Z' } },
  product_tree: {
    branches: [
      { category: 'vendor', name: 'Acme', branches: [{ category: 'product_name', name: 'Shop', product: { name: 'Shop 1', product_id: 'S' } }] },
    ],
    full_product_names: [{ name: 'a', product_id: 'A', product_identification_helper: { purl: 'pkg:npm/a@1.0.0' } }],
    relationships: [
      {
        category: 'default_component_of',
        product_reference: 'A',
        relates_to_product_reference: 'S',
        full_product_name: { name: 'a in Shop', product_id: 'S:A' },
      },
    ],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2023-0001',
      product_status: { known_not_affected: ['S:A'], known_affected: ['A'], fixed: ['S'], under_investigation: ['?'] },
      flags: [{ label: 'inline_mitigations_already_exist', product_ids: ['S:A'] }],
      remediations: [{ category: 'no_fix_planned', details: 'End of life', product_ids: ['A'] }],
    },
  ],
});

describe('what others decided', () => {
  it.each<[format: Format, file: string, text: string, statements: readonly string[], problems: readonly string[]]>([
    [
      trivyignore,
      '.trivyignore',
      trivy,
      [
        'CVE-2022-0001 accepted - - - - 2030-01-01:2 | Accepted by the board\nuntil then',
        'CVE-2022-0002 accepted - - - - :3 | ',
        'CVE-2022-0003 accepted - - - - :8 | ',
      ],
      ['warning not-a-vulnerability .trivyignore:6', 'warning not-a-vulnerability .trivyignore:7', 'warning bad-date .trivyignore:8'],
    ],
    [
      trivyignore,
      '.trivyignore.yaml',
      trivyYaml,
      ['CVE-2022-0001 accepted - pkg:npm/left-pad@1.0.0 - - 2030-01-01: | Not reached', 'CVE-2022-0002 accepted - - - - : | '],
      [],
    ],
    [
      osvScanner,
      'osv-scanner.toml',
      osv,
      ['GO-2022-0968 accepted - - - - 2030-11-09:2 | No ssh servers are connected to', 'GO-2022-1059 accepted - - - - :7 | '],
      ['warning no-vulnerability'],
    ],
    [
      snyk,
      '.snyk',
      snykPolicy,
      ['SNYK-JS-LODASH-590103 accepted - - - - 2029-01-01:4 | Only trusted input\nPath: a > b > lodash@4.17.15'],
      ['warning no-path'],
    ],
    [
      dependencyCheck,
      'suppressions.xml',
      suppressions,
      [
        'CVE-2020-0001 false-positive - pkg:maven/org.acme/api - - 2030-01-01:6 | Wrong product',
        'GHSA-aaaa-bbbb-cccc false-positive - pkg:maven/org.acme/api - - 2030-01-01:7 | Wrong product',
      ],
      ['warning not-a-purl suppressions.xml:9', 'warning other-condition suppressions.xml:10', 'warning no-vulnerability suppressions.xml:11'],
    ],
    [
      dependencyTrack,
      'shop.fpf.json',
      fpf,
      [
        'CVE-2021-23337+GHSA-35jh-r3h4-6jhm not-affected shop pkg:npm/lodash@4.17.20 code_not_reachable will_not_fix : | No templates',
        'CVE-2017-0001 accepted shop pkg:npm/ms@2.0.0 - - : | ',
        'CVE-2022-0003 fixed shop pkg:npm/a@1.0.0 - - : | ',
      ],
      [],
    ],
    [
      decisionsCsv,
      'decisions.csv',
      csv,
      ['CVE-2021-0001+GHSA-x1-y2 accepted shop pkg:npm/a@1.0.0 - - 2030-01-01:3 | two\nlines', 'CVE-2021-0003 not-affected shop - - - :6 | =1+1'],
      ['warning unknown-state decisions.csv:5'],
    ],
    [
      cyclonedx,
      'bom.json',
      cyclone,
      [
        'CVE-2021-23337 accepted shop pkg:npm/lodash@4.17.20 - will_not_fix : | Later',
        'CVE-2021-0002 not-affected shop - code_not_present - : | ',
        'CVE-2021-0003 in-triage - pkg:npm/qs@6.0.0 - - : | ',
      ],
      ['warning unknown-ref'],
    ],
    [
      openvex,
      'vex.json',
      vex,
      ['CVE-2023-0001 in-triage - pkg:npm/a@1.0.0+pkg:npm/b@2.0.0 - - : | ', 'CVE-2023-0002 not-affected - pkg:npm/a@1.0.0 code_not_present - : | '],
      ['error unknown-status', 'warning no-product'],
    ],
    [
      csaf,
      'a.csaf.json',
      advisory,
      [
        'CVE-2023-0001 not-affected Shop 1 pkg:npm/a@1.0.0 protected_by_mitigating_control - : | ',
        'CVE-2023-0001 accepted - pkg:npm/a@1.0.0 - will_not_fix : | End of life',
        'CVE-2023-0001 fixed Shop 1 - - - : | ',
      ],
      ['warning unknown-product'],
    ],
  ])('$id of $1', (format, file, text, statements, problems) => {
    const result = readText(format, file, text);
    expect(lines(result)).toEqual(statements);
    expect(problemLines(result)).toEqual(problems);
  });

  it('is reported whole by Dependency-Track, decided or not', () => {
    expect(readText(dependencyTrack, 'shop.fpf.json', fpf).reported).toEqual([
      { ids: ['CVE-2021-23337', 'CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'], purl: 'pkg:npm/lodash@4.17.20' },
      { ids: ['CVE-2017-0001'], purl: 'pkg:npm/ms@2.0.0' },
      { ids: ['CVE-2022-0002'], purl: 'pkg:npm/qs@6.0.0' },
      { ids: ['CVE-2022-0003'], purl: 'pkg:npm/a@1.0.0' },
    ]);
  });

  it.each<[format: Format, text: string, code: string]>([
    [openvex, '{}', 'error not-this-format'],
    [csaf, '{"document":{}}', 'error not-this-format'],
    [dependencyTrack, '{"findings":[]}', 'error not-this-format'],
    [dependencyCheck, '<project/>', 'error not-this-format'],
    [snyk, '[]', 'error not-this-format'],
    [decisionsCsv, 'a,b\n1,2\n', 'error no-column'],
  ])('%s says that it is not its own', (format, text, code) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([code]);
  });
});
