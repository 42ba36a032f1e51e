import type { ReportDocument } from '../shared/report.ts';
import { deliveryOf, subjectOf, type Delivered } from './delivered.ts';

/** Whose source is to be offered by the duties of the policy in force, for which delivery, and where the source is as far as anybody says. */
export function sourceOffer(delivered: Delivered, at: number): ReportDocument {
  const rows = delivered.artifacts.flatMap((artifact) =>
    artifact.packages.flatMap(({ purl, relyOn, duties, repository }) =>
      duties
        .filter((duty) => duty.givesSource)
        .map((duty) => [
          ...[artifact.name ?? 'not declared', deliveryOf(artifact), purl, relyOn.join(' AND ')],
          ...[duty.title, duty.state === 'open' ? 'perhaps: it hangs on what is not known' : duty.state, repository ?? 'missing: nobody says where'],
        ]),
    ),
  );
  const missing = rows.filter((row) => row.at(-1)?.startsWith('missing') === true).length;
  const unknown = delivered.artifacts.flatMap((artifact) =>
    artifact.packages
      .filter(({ licence }) => licence === null)
      .map(({ purl, said }) => [artifact.name ?? 'not declared', purl, said.join('; ') || 'nothing is said']),
  );
  return {
    id: 'source-offer',
    title: `Source to offer with ${delivered.component.name}`,
    at,
    office: delivered.office,
    sections: [
      {
        title: 'Source to offer',
        text: [subjectOf(delivered), `${String(rows.length)} lines; of ${String(missing)} nobody says where the source is.`],
        table: {
          head: ['artifact', 'delivered', 'package', 'licence', 'duty', 'state', 'where the source is'],
          rows,
          empty: 'Nothing known asks for it.',
        },
      },
      {
        title: 'Not known',
        text: ['Of these the licence is unknown, and with it whether their source is to be offered.'],
        table: { head: ['artifact', 'package', 'said'], rows: unknown, empty: 'Every licence is known.' },
      },
    ],
  };
}
