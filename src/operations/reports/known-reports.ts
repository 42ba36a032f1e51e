import type { Desk } from '#desk/desk.ts';
import { councilAgenda } from '#reports/council/council-agenda.ts';
import { councilMinutes } from '#reports/council/council-minutes.ts';
import { writeReport } from '#reports/shared/write-report.ts';
import { reportFormats, type ReportDocument, type ReportFormat } from '#reports/shared/report.ts';

/** What a report is asked about: the desk, the name of the office, and a period in Unix milliseconds, half open. */
export type ReportAsked = { readonly desk: Desk; readonly office: string; readonly now: number; readonly from: number; readonly until: number };

/** A report that can be asked for by its id. */
export type KnownReport = { readonly id: string; readonly title: string; readonly make: (asked: ReportAsked) => ReportDocument };

/** Every report that is made of text and tables. */
export const knownReports: readonly KnownReport[] = [
  {
    id: 'council-agenda',
    title: 'What the council has before it',
    make: ({ desk, office, now }) => councilAgenda(desk, office, now),
  },
  {
    id: 'council-minutes',
    title: 'What the council decided and did in a period',
    make: ({ desk, office, from, until, now }) => councilMinutes(desk, office, { from, until, now }),
  },
];

/** In what a report is written. */
export const reportForms: readonly ReportFormat[] = reportFormats;

/** A report as text. */
export function reportText(report: KnownReport, asked: ReportAsked, form: ReportFormat): string {
  return writeReport(report.make(asked), form);
}
