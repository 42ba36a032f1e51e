import type { Desk } from '#desk/desk.ts';
import { councilAgenda } from '#reports/council/council-agenda.ts';
import { councilMinutes } from '#reports/council/council-minutes.ts';
import type { ReportDocument } from '#reports/report.ts';

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
