import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import type { ReportDocument } from '../shared/report.ts';
import { allPackages, deliveryOf, subjectOf, type Delivered, type DeliveredArtifact, type DeliveredPackage } from './delivered.ts';

/** What is delivered by licence, category and verdict, with what is unknown and how much is known. */
export function licenceReport(delivered: Delivered, at: number): ReportDocument {
  const packages = allPackages(delivered);
  const unknown = packages.filter(({ licence }) => licence === null);
  const share = packages.length === 0 ? 0 : Math.floor((100 * (packages.length - unknown.length)) / packages.length);
  return {
    id: 'licence-report',
    title: `Licences in ${delivered.component.name}`,
    at,
    office: delivered.office,
    sections: [
      {
        title: 'Coverage',
        text: [
          subjectOf(delivered),
          `Of ${String(packages.length)} package versions delivered the licence is known of ${String(packages.length - unknown.length)} (${String(share)} %). ${String(delivered.developmentOnly)} more are only used to build and test.`,
          'These are policy verdicts, no legal advice.',
        ],
        table: {
          head: ['artifact', 'delivered', ...policyVerdicts],
          rows: delivered.artifacts.map(verdictRow),
          empty: 'Nothing is delivered that is known.',
        },
      },
      {
        title: 'By licence',
        text: [],
        table: {
          head: ['artifact', 'licence', 'category', 'verdict', 'package versions'],
          rows: delivered.artifacts.flatMap(licenceRows),
          empty: 'Nothing is delivered that is known.',
        },
      },
      {
        title: 'Not permitted as it stands',
        text: [],
        table: {
          head: ['artifact', 'package', 'licence', 'verdict', 'why'],
          rows: delivered.artifacts.flatMap(({ name, packages: all }) =>
            all
              .filter(({ verdict }) => rank(verdict) > 1)
              .map((each) => [name ?? 'not declared', each.purl, each.licence ?? 'unknown', each.verdict, each.because]),
          ),
          empty: 'Everything is permitted.',
        },
      },
      {
        title: 'Unknown licences',
        text: [],
        table: {
          head: ['package', 'said'],
          rows: unknown.map((each) => [each.purl, each.said.join('; ') || 'nothing']),
          empty: 'Every licence is known.',
        },
      },
    ],
  };
}

function rank(verdict: PolicyVerdict): number {
  return policyVerdicts.indexOf(verdict);
}

function verdictRow(artifact: DeliveredArtifact): readonly string[] {
  const counts = policyVerdicts.map((verdict) => String(artifact.packages.filter((each) => each.verdict === verdict).length));
  return [artifact.name ?? 'not declared', deliveryOf(artifact), ...counts];
}

function licenceRows({ name, packages }: DeliveredArtifact): readonly (readonly string[])[] {
  const groups = new Map<string, DeliveredPackage[]>();
  for (const each of packages) {
    const key = `${each.licence ?? ''} ${each.verdict}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length || ((a[0]?.licence ?? '') < (b[0]?.licence ?? '') ? -1 : 1))
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [[name ?? 'not declared', first.licence ?? 'unknown', first.category ?? 'not named by the policy', first.verdict, String(group.length)]];
    });
}
