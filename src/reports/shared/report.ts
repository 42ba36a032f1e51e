/** A report before it is written: text and tables, in order. Text of others is data here and escaped by whoever writes it. */
export type ReportDocument = {
  readonly id: string;
  readonly title: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly office: string;
  readonly sections: readonly ReportSection[];
};

/** A part of a report. A table without rows is shown with what `empty` says. */
export type ReportSection = {
  readonly title: string;
  readonly text: readonly string[];
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly empty: string } | null;
};

/** In what a report is written. */
export const reportFormats = ['md', 'html', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];
