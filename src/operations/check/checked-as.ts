import { checkAsMarkdown } from '#reports/check/markdown.ts';
import { checkAsSarif } from '#reports/check/sarif.ts';
import type { CheckReport } from '#reports/check/check-report.ts';

/** Forms of a check for machines and for pages of others. */
export const checkForms = ['json', 'sarif', 'markdown'] as const;

/** A check in one of these forms, as bytes to write. */
export function checkedAs(form: (typeof checkForms)[number], report: CheckReport): string {
  switch (form) {
    case 'json':
      return `${JSON.stringify(report)}\n`;
    case 'sarif':
      return checkAsSarif(report);
    case 'markdown':
      return checkAsMarkdown(report);
    default:
      return form satisfies never;
  }
}

/** For the command line, which prints it itself. */
export type { CheckReport } from '#reports/check/check-report.ts';
export { askedInWords, sentences as sentencesOf } from '#reports/check/sentences.ts';
