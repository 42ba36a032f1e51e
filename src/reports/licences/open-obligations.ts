import type { ReportDocument } from '../shared/report.ts';
import { deliveryOf, subjectOf, type Delivered } from './delivered.ts';

const order = { due: 0, open: 1, fulfilled: 2 } as const;
const stateWords = { due: 'due', open: 'open: it hangs on what is not known', fulfilled: 'fulfilled' } as const;

/** Each duty of each package version in what is delivered: due first, then those that hang on what is not known, then what was fulfilled, and by whom. */
export function openObligations(delivered: Delivered, at: number): ReportDocument {
  const all = delivered.artifacts.flatMap((artifact) => artifact.packages.flatMap((each) => each.duties.map((duty) => ({ artifact, each, duty }))));
  const sorted = all.sort((a, b) => order[a.duty.state] - order[b.duty.state] || (a.duty.id < b.duty.id ? -1 : a.duty.id > b.duty.id ? 1 : 0));
  const countOf = (state: keyof typeof order): string => String(all.filter(({ duty }) => duty.state === state).length);
  return {
    id: 'open-obligations',
    title: `Obligations of ${delivered.component.name}`,
    at,
    office: delivered.office,
    sections: [
      {
        title: 'Obligations',
        text: [
          subjectOf(delivered),
          `${countOf('due')} due, ${countOf('open')} open, ${countOf('fulfilled')} fulfilled. For: ${delivered.component.team ?? 'a team that nobody named'}.`,
        ],
        table: {
          head: ['state', 'obligation', 'asks', 'artifact', 'delivered', 'package', 'licence', 'fulfilled by', 'evidence'],
          rows: sorted.map(({ artifact, each, duty }) => [
            ...[stateWords[duty.state], duty.title, duty.asks, artifact.name ?? 'not declared', deliveryOf(artifact), each.purl],
            ...[each.relyOn.join(' AND ') || 'unknown', duty.by ?? '', duty.evidence ?? ''],
          ]),
          empty: 'What is known asks for nothing.',
        },
      },
    ],
  };
}
