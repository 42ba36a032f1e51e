import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { sbomCsv } from './sbom-csv.ts';
import { syft } from './syft.ts';
import { trivy } from './trivy.ts';

describe('what tools write beside the standards', () => {
  it.each([
    [
      syft,
      'shop.syft.json',
      {
        packages: ['libssl3 3.0.11-1 runtime', 'curl 7.88.1-10 runtime', 'till ? runtime', 'openssl 3.0.11-1 runtime'],
        edges: ['curl@7.88.1-10 -> libssl3@3.0.11-1', 'libssl3@3.0.11-1 -> openssl@3.0.11-1'],
        problems: [],
        subject: 'acme/till sha256:11',
      },
    ],
    [
      trivy,
      'shop.trivy.json',
      {
        packages: [
          'openssl-libs 1:3.0.7-27.el9 runtime indirect',
          '@acme/ui 1.2.3 runtime direct',
          'left-pad 1.3.0 development indirect',
          'openssl 1:3.0.7-27.el9 runtime indirect',
        ],
        edges: ['@acme/ui@1.2.3 -> left-pad@1.3.0', 'openssl-libs@1:3.0.7-27.el9 -> openssl@1:3.0.7-27.el9'],
        problems: ['error no-package-list'],
        subject: 'acme/till:1 ',
      },
    ],
    [
      sbomCsv,
      'teile.sbom.csv',
      {
        packages: ['org.springframework:spring-core 6.1.6 runtime', 'ui; small 1.2.3 development'],
        edges: [],
        problems: ['error unnamed-component teile.sbom.csv:5'],
        subject: ' ',
      },
    ],
  ])('%o', (format, file, { packages, edges, problems, subject }) => {
    const result = readFixture(format, 'real-world', file);
    expect(packageLines(result)).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
    expect(`${result.subject?.name ?? ''} ${result.subject?.version ?? ''}`).toBe(subject);
    expect(format.matchesPath(file)).toBe(true);
  });

  it("Trivy's findings and Syft's CPEs are kept", () => {
    expect(readFixture(trivy, 'real-world', 'shop.trivy.json').reported).toMatchObject([{ ids: ['CVE-2026-0002'] }, { ids: ['CVE-2026-0003'] }]);
  });

  it.each([
    ['Component Name,Component Version,License', true],
    ['purl\tversion', true],
    ['PACKAGE;VERSION;x', true],
    ['name,mail,team', false],
    ['purl', false],
    ['{"a":1,', false],
  ])('a table with the heading %j is one: %s', (heading, expected) => {
    expect(sbomCsv.matchesContent?.(`${heading}\na,b,c`)).toBe(expected);
  });

  it.each([
    [syft, '[]', 'error not-this-format'],
    [syft, '{"source":{},"artifacts":{}}', 'error not-a-list'],
    [trivy, '{"Results":[]}', 'error not-this-format'],
    [trivy, '{"SchemaVersion":2,"Results":[', 'error not-json x:1'],
    [sbomCsv, 'a,b\n1,2', 'error not-this-format'],
    [sbomCsv, 'name,version', 'warning no-packages'],
    [sbomCsv, 'name,version,purl\na,1,x', 'warning not-a-purl'],
  ])('of %o, %s is said to be wrong', (format, text, problem) => {
    expect(problemLines(readText(format, 'x', text))[0]).toBe(problem);
  });
});
