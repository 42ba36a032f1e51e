import type { Case } from '#desk/council/cases.ts';
import type { Desk } from '#desk/desk.ts';
import { councilAgenda } from '#reports/council/council-agenda.ts';
import { councilCase } from '#reports/council/council-case.ts';
import { councilMinutes } from '#reports/council/council-minutes.ts';
import { writeReport } from '#reports/shared/write-report.ts';
import { reportFormats, type ReportDocument, type ReportFormat } from '#reports/shared/report.ts';

/** What a report is asked about: the desk, the name of the office, a period in Unix milliseconds, half open, and which cases of the council whoever asks may see. */
export type ReportAsked = {
  readonly desk: Desk;
  readonly office: string;
  readonly now: number;
  readonly from: number;
  readonly until: number;
  readonly isSeen: (of: Case) => boolean;
};

/** A report that can be asked for by its id. */
export type KnownReport = { readonly id: string; readonly title: string; readonly make: (asked: ReportAsked) => ReportDocument };

/** Every report that is made of text and tables. */
export const knownReports: readonly KnownReport[] = [
  {
    id: 'council-agenda',
    title: 'What the council has before it',
    make: ({ desk, office, now, isSeen }) => councilAgenda(desk, office, now, isSeen),
  },
  {
    id: 'council-minutes',
    title: 'What the council decided and did in a period',
    make: ({ desk, office, from, until, now, isSeen }) => councilMinutes(desk, office, { from, until, now }, isSeen),
  },
];

/** In what a report is written. */
export const reportForms: readonly ReportFormat[] = reportFormats;

/** A report as text. */
export function reportText(report: KnownReport, asked: ReportAsked, form: ReportFormat): string {
  return writeReport(report.make(asked), form);
}

/** One case of the council as text. */
export function caseReportText({ desk, office, now }: Pick<ReportAsked, 'desk' | 'office' | 'now'>, of: Case, form: ReportFormat): string {
  return writeReport(councilCase(desk, office, of, now), form);
}
