/** A report before it is written: text and tables, in order. Text of others is data here and escaped by whoever writes it. */
export type ReportDocument = {
  readonly id: string;
  readonly title: string;
  /** Unix milliseconds; null for one that is the same whenever it is made. */
  readonly at: number | null;
  readonly office: string;
  readonly sections: readonly ReportSection[];
};

/** A part of a report. A table without rows is shown with what `empty` says. */
export type ReportSection = {
  readonly title: string;
  readonly text: readonly string[];
  /** Text that is shown as it stands, line by line, such as that of a licence; absent: none. */
  readonly verbatim?: string;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly empty: string } | null;
};

/** In what a report is written. */
export const reportFormats = ['md', 'html', 'txt', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];
