import type { Finding } from '#server/schemas/finding.ts';

/**
 * What is selected on the desk: findings one by one, or, as one question, every finding of the same package and advisory as `like`, of which there are
 * `total`.
 */
export type Selection =
  | { readonly kind: 'rows'; readonly findings: ReadonlyMap<string, Finding> }
  | { readonly kind: 'same'; readonly like: Finding; readonly total: number };

/** Nothing selected. */
export const nothingSelected: Selection = { kind: 'rows', findings: new Map() };

/** How many findings are selected. */
export function selectedCount(selection: Selection): number {
  return selection.kind === 'rows' ? selection.findings.size : selection.total;
}

/** Whether a finding is selected. */
export function isSelected(selection: Selection, finding: Finding): boolean {
  return selection.kind === 'rows' ? selection.findings.has(finding.id) : isSame(selection.like, finding);
}

/** The selection with these findings put in or, where all of them are in, taken out. What was selected as one question is let go. */
export function toggled(selection: Selection, findings: readonly Finding[]): Selection {
  const chosen = new Map(selection.kind === 'rows' ? selection.findings : []);
  const areIn = findings.every((finding) => chosen.has(finding.id));
  for (const finding of findings) {
    if (areIn) chosen.delete(finding.id);
    else chosen.set(finding.id, finding);
  }
  return { kind: 'rows', findings: chosen };
}

/** What a decision is about: what is selected, or else the finding that is open. */
export type Targets = {
  readonly count: number;
  /** One at least; of what was selected as one question, its pattern. */
  readonly findings: readonly Finding[];
  readonly isSame: boolean;
};

/** What is acted on; null when nothing is selected or open. */
export function targetsOf(selection: Selection, open: Finding | undefined): Targets | null {
  if (selection.kind === 'same') return { count: selection.total, findings: [selection.like], isSame: true };
  const findings = selection.findings.size > 0 ? [...selection.findings.values()] : open === undefined ? [] : [open];
  return findings.length === 0 ? null : { count: findings.length, findings, isSame: false };
}

/** Whether two findings are of one package and one advisory. */
export function isSame(a: Finding, b: Finding): boolean {
  return a.advisory !== null && a.advisory.key === b.advisory?.key && a.subject === b.subject;
}
