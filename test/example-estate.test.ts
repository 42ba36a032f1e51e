import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyIndex, matchesOf, putAdvisory } from '#analysis/advisories/advisory-index.ts';
import { formats } from '#formats/all.ts';
import { parseEpss } from '#language/epss.ts';
import { parseKev } from '#language/kev.ts';
import { parseOsv } from '#language/osv.ts';
import type { Neighbours } from '#model/format.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadPackage } from '#model/reading.ts';
import { readConfiguration } from '#operations/configuration.ts';
import { readExampleHistory } from '#operations/example-stream.ts';

const estate = path.resolve(import.meta.dirname, '../examples/estate');

type Seen = {
  readonly repository: string;
  readonly step: number;
  readonly latest: boolean;
  readonly packages: readonly ReadPackage[];
  readonly problems: readonly Problem[];
};

const records = filesUnder('advisories').map((file) => ({ file, reading: parseOsv(bytesOf(`advisories/${file}`)) }));
const index = emptyIndex();
for (const { reading } of records) if (reading.advisory !== null) putAdvisory(index, reading.advisory);
const seen = readExampleHistory(bytesOf('history.yaml')).repositories.flatMap(({ name, commits }) =>
  commits.map((_, step): Seen => {
    const steps = commits.slice(0, step + 1).map((commit) => `repositories/${name}/${commit.step}`);
    return { repository: name, step, latest: step === commits.length - 1, ...readTree(steps) };
  }),
);

describe('the advisories of the example estate', () => {
  it('are read without a problem, each from a file named by its id', () => {
    expect(records.length).toBe(91);
    for (const { file, reading } of records) {
      expect(reading.problems, file).toEqual([]);
      expect(`${reading.advisory?.affected[0]?.ecosystem ?? ''}/${reading.advisory?.id ?? ''}.json`).toBe(file);
    }
  });

  it('each affect a version that is or was used, but for the one that was withdrawn', () => {
    const matched = new Set(seen.flatMap(affecting));
    expect(records.map(({ reading }) => reading.advisory?.id ?? '').filter((id) => !matched.has(id))).toEqual(['PYSEC-2022-43059']);
  });

  it('come with the exploited ones and a score for every CVE', () => {
    const cves = records.flatMap(({ reading }) => reading.advisory?.aliases ?? []).filter((alias) => alias.startsWith('CVE-'));
    const kev = parseKev(bytesOf('kev.json'));
    const epss = parseEpss(bytesOf('epss.csv'));
    expect([...kev.entries.keys()].sort()).toEqual(['CVE-2020-11023', 'CVE-2021-44228', 'CVE-2021-45046', 'CVE-2022-22965']);
    expect([kev.problems, epss.problems]).toEqual([[], []]);
    expect(cves.filter((cve) => !epss.scores.has(cve))).toEqual([]);
  });
});

describe('the history of the example estate', () => {
  it('shows Log4Shell, its half fixes and its end', () => {
    const log4shell = ['GHSA-jfh8-c2jp-5v3q', 'GHSA-7rjr-3q55-vv33', 'GHSA-p6xc-xr62-6r2g', 'GHSA-8489-44mv-ggj8'];
    const billing = seen
      .filter((each) => each.repository === 'billing-service')
      .map((each) => log4shell.filter((id) => affecting(each).includes(id)).length);
    expect(billing).toEqual([4, 3, 2, 0, 0, 0]);
  });

  it('leaves enough open today to look at', () => {
    const open = seen.filter((each) => each.latest).map((each) => [each.repository, new Set(affecting(each)).size]);
    expect(Object.fromEntries(open)).toEqual({
      'web-shop': 2,
      'admin-console': 2,
      'mobile-gateway': 0,
      'billing-service': 3,
      'settlement-batch': 7,
      'pricing-engine': 4,
      'reports-api': 1,
      'data-loader': 3,
      'edge-proxy': 4,
      'ledger-core': 2,
      'legacy-portal': 7,
    });
  });

  it('has one file that cannot be read and one version that nothing resolves', () => {
    const problems = seen
      .filter((each) => each.latest)
      .flatMap((each) => each.problems.map(({ code, path: file }) => `${each.repository} ${file ?? ''} ${code}`));
    expect(problems).toEqual(['settlement-batch pom.xml unresolved-version', 'legacy-portal shell/package-lock.json not-json']);
  });

  it('comes with a configuration that is accepted', () => {
    expect(readConfiguration(path.join(estate, 'guildhall.yaml'), {}).name).toBe('Northgate');
  });
});

function affecting({ packages }: Seen): readonly string[] {
  return packages.flatMap(({ ecosystem, name, version }) => {
    if (ecosystem === null || version === null) return [];
    return matchesOf(index, ecosystem, name, version)
      .filter((match) => match.kind === 'affected')
      .map((match) => match.recordId);
  });
}

/** What the formats say of the files of these steps, later ones laid over earlier ones, without test material and manifests beside a lockfile. */
function readTree(steps: readonly string[]): { readonly packages: readonly ReadPackage[]; readonly problems: readonly Problem[] } {
  const places = new Map(steps.flatMap((step) => filesUnder(step).map((file) => [file, `${step}/${file}`] as const)));
  const neighbours: Neighbours = {
    read: (file) => {
      const place = places.get(file);
      return place === undefined ? null : bytesOf(place);
    },
  };
  const readings = [...places]
    .filter(([file]) => !file.includes('fixtures/'))
    .flatMap(([file, place]) =>
      formats.filter((format) => format.kind !== 'manifest' || file.endsWith('pom.xml')).map((format) => ({ file, place, format })),
    )
    .filter(({ file, format }) => format.matchesPath(file))
    .map(({ file, place, format }) => format.parse({ path: file, bytes: bytesOf(place) }, neighbours));
  return { packages: readings.flatMap((reading) => reading.packages), problems: readings.flatMap((reading) => reading.problems) };
}

function filesUnder(folder: string): readonly string[] {
  const root = path.join(estate, folder);
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).sort();
}

function bytesOf(file: string): Uint8Array {
  return fs.readFileSync(path.join(estate, file));
}
