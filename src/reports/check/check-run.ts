import type { Gate } from '#model/licence.ts';
import type { CheckReport, CheckedPackage } from './check-report.ts';
import { checkAsMarkdown } from './markdown.ts';
import { sentences } from './sentences.ts';

/** A check run as GitHub takes it, without the commit it is about (https://docs.github.com/rest/checks/runs). */
export type CheckRun = {
  readonly name: string;
  readonly status: 'completed';
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly output: { readonly title: string; readonly summary: string; readonly annotations: readonly Annotation[] };
};

type Annotation = {
  readonly path: string;
  readonly start_line: 1;
  readonly end_line: 1;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
};

const levels: Readonly<Record<Gate, Annotation['annotation_level']>> = { watch: 'notice', warn: 'warning', block: 'failure' };
// What GitHub takes at once.
const mostAnnotations = 50;
const longestSummary = 65_000;

/** A check as a check run; `pathOf` gives the path of a file in the repository, null for what lies elsewhere. What was not judged is neutral. */
export function checkAsCheckRun(report: CheckReport, fails: boolean, pathOf: (file: string) => string | null): CheckRun {
  const told = report.packages.filter((each) => each.verdict !== 'allowed');
  const summary = checkAsMarkdown(report);
  return {
    name: 'Guildhall',
    status: 'completed',
    conclusion: fails ? 'failure' : report.judged ? 'success' : 'neutral',
    output: {
      title: report.judged ? `${String(told.length)} of ${String(report.packages.length)} package versions not simply allowed` : 'Nothing was judged',
      summary: summary.length <= longestSummary ? summary : `${summary.slice(0, summary.lastIndexOf('\n', longestSummary))}\n\n… and more.\n`,
      annotations: told.flatMap((each) => annotationOf(each, pathOf)).slice(0, mostAnnotations),
    },
  };
}

/** Annotations are shown as text, so that nothing in them is markup. */
function annotationOf(each: CheckedPackage, pathOf: (file: string) => string | null): readonly Annotation[] {
  const path = each.file === null ? null : pathOf(each.file);
  if (path === null) return [];
  const message = [each.because, ...sentences(each)].join(' ').replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return [
    {
      ...{ path, start_line: 1, end_line: 1, annotation_level: levels[each.gate] },
      title: `${each.verdict}: ${each.purl}`.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 255),
      message: message.slice(0, 4_000),
    },
  ];
}
