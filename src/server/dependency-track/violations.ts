import type { Desk } from '#desk/desk.ts';
import { ruleFindingAt, type Estate } from '#estate/estate.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import { appliedTo } from '#operations/decisions-on.ts';
import { titleOfRule } from '#operations/rules/known-rules.ts';
import { projectUuid } from './projects.ts';
import { trackState } from './track-findings.ts';
import { uuidFor } from './uuids.ts';

/** What an observed rule found, as a client of Dependency-Track sees a violation of a policy. */
export type TrackViolation = {
  readonly uuid: string;
  readonly type: 'OPERATIONAL';
  readonly timestamp: number;
  readonly text: string;
  readonly project: { readonly uuid: string; readonly name: string };
  readonly component: { readonly uuid: string; readonly name: string; readonly purl?: string; readonly project: string };
  readonly policyCondition: {
    readonly uuid: string;
    readonly subject: string;
    readonly policy: { readonly uuid: string; readonly name: string; readonly violationState: 'FAIL' | 'WARN' | 'INFO' };
  };
  readonly analysis: { readonly analysisState: 'APPROVED' | 'REJECTED' | 'NOT_SET'; readonly isSuppressed: boolean };
};

const states: Readonly<Record<SeverityLevel, 'FAIL' | 'WARN' | 'INFO'>> = {
  critical: 'FAIL',
  high: 'FAIL',
  medium: 'WARN',
  unknown: 'WARN',
  low: 'INFO',
};

/** What the rules of the policy found in one component: those about advisories are findings, and stand there. */
export function trackViolations(estate: Estate, desk: Desk, slot: number, now: number): readonly TrackViolation[] {
  const [holder, columns] = [estate.components[slot], estate.findings[slot]];
  if (holder === undefined || columns === undefined) return [];
  const violations: TrackViolation[] = [];
  for (let row = 0; row < columns.group.length; row += 1) {
    const found = ruleFindingAt(estate, slot, row);
    const group = estate.groups[columns.group[row] ?? -1];
    if (found === null || group === undefined) continue;
    const used = estate.packages[columns.package[row] ?? -1];
    const purl = used === undefined ? null : purlOfPackage(used.ecosystem, used.name);
    const verdict = appliedTo(estate, desk, { component: slot, row }, now).decision?.verdict ?? null;
    const { isSuppressed } = trackState(verdict);
    const project = projectUuid(holder.ref);
    violations.push({
      uuid: uuidFor('violation', holder.ref, group.rule, purl ?? '', group.subject),
      type: 'OPERATIONAL',
      timestamp: columns.openedAt[row] ?? 0,
      text: found.reason,
      project: { uuid: project, name: holder.name },
      component: { uuid: uuidFor('component', holder.ref, purl ?? ''), name: used?.name ?? holder.name, ...(purl === null ? {} : { purl }), project },
      policyCondition: {
        uuid: uuidFor('condition', group.rule),
        subject: group.rule,
        policy: { uuid: uuidFor('policy', group.rule), name: titleOfRule(group.rule), violationState: states[group.severity.level] },
      },
      analysis: { analysisState: isSuppressed ? 'APPROVED' : verdict === null || verdict === 'in-triage' ? 'NOT_SET' : 'REJECTED', isSuppressed },
    });
  }
  return violations;
}
