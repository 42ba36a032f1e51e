import type { Finding } from '#server/schemas/finding.ts';
import { keyOf } from '../../parts/acts.ts';
import type { Justification, Predicate, Response, Verdict } from '../../parts/acts.ts';
import { analysisStates } from '../../parts/verdict-words.ts';
import type { Targets } from './selection.ts';
import { isSame } from './selection.ts';

/** How far a decision reaches. */
export type Reach = 'these' | 'component' | 'team' | 'everywhere';

/** A decision while it is being written. */
export type Draft = {
  readonly verdict: Verdict | null;
  readonly justification: Justification | null;
  readonly responses: readonly Response[];
  readonly reason: string;
  readonly control: string;
  /** `YYYY-MM-DD`; empty for no end. */
  readonly until: string;
  /** Pseudonym of who bears an accepted risk. */
  readonly owner: string | null;
  readonly reach: Reach;
  readonly coversFuture: boolean;
  /** Whose decision it was filled in from; null when it was written here. */
  readonly suggestedBy: string | null;
};

/** Nothing written yet. */
export const emptyDraft: Draft = {
  verdict: null,
  justification: null,
  responses: [],
  reason: '',
  control: '',
  until: '',
  owner: null,
  reach: 'these',
  coversFuture: false,
  suggestedBy: null,
};

/** The verdicts in the order of their keys, 1 to 6. */
export const verdictsByKey: readonly Verdict[] = ['exploitable', 'not-affected', 'in-triage', 'false-positive', 'accepted', 'workaround'];

/** Whether a decision about these is one about vulnerabilities, in the words of CycloneDX. What rules found (no owner, end of life, …) has other words. */
export function areVulnerabilities({ findings }: Targets): boolean {
  return findings.every((finding) => finding.advisory !== null);
}

/** The verdicts that make sense of these, each at its key: whether code is affected is asked of vulnerabilities alone. */
export function verdictsFor(targets: Targets): readonly (Verdict | null)[] {
  return areVulnerabilities(targets) ? verdictsByKey : verdictsByKey.map((each) => (each === 'not-affected' ? null : each));
}

const dayMs = 86_400_000;
const usualDays: Partial<Readonly<Record<Verdict, number>>> = { accepted: 90, workaround: 30 };
const usualResponse: Partial<Readonly<Record<Verdict, Response>>> = { accepted: 'will_not_fix', workaround: 'workaround_available' };

/** The draft with another verdict: what goes with it only is let go, what it needs gets its usual value. */
export function withVerdict(draft: Draft, verdict: Verdict, today: Date, isOfVulnerability = true): Draft {
  const days = usualDays[verdict];
  const response = isOfVulnerability ? usualResponse[verdict] : undefined;
  return {
    ...draft,
    verdict,
    justification: verdict === 'not-affected' ? draft.justification : null,
    owner: verdict === 'accepted' ? draft.owner : null,
    until: days === undefined ? draft.until : draft.until === '' ? dayAfter(today, days) : draft.until,
    responses: response === undefined || draft.responses.includes(response) ? draft.responses : [...draft.responses, response],
  };
}

/** What is still missing, as a sentence that says what to do; null when it can be recorded. */
export function faultOf(draft: Draft, today: Date): string | null {
  if (draft.verdict === null) return 'Choose a state.';
  if (draft.verdict === 'not-affected' && draft.justification === null) return 'Choose why it is not affected.';
  if (draft.reason.trim().length < 3) return 'Write the reason.';
  if (draft.verdict === 'accepted' && draft.owner === null) return 'Say who bears the risk.';
  if (draft.verdict === 'workaround' && draft.control.trim() === '') return 'Say what the workaround is.';
  if ((draft.verdict === 'accepted' || draft.verdict === 'workaround') && draft.until === '') return 'Say until when it holds.';
  if (draft.until !== '' && draft.until < dayAfter(today, 0)) return 'It would end before it begins.';
  if (draft.until > dayAfter(today, 365)) return 'It holds for a year at most; decide again then.';
  return null;
}

// Where these are accepted, policy asks for a second person.
const needSecond: ReadonlySet<Finding['severity']> = new Set(['critical', 'high', 'unknown']);

/** Whether the decision will wait for a second person. The server judges again over all that it reaches. */
export function needsSecond(draft: Draft, { findings }: Targets): boolean {
  return draft.verdict === 'accepted' && findings.some((finding) => needSecond.has(finding.severity));
}

/** Whether one decision can be about all of these: one kind, one subject. */
export function areOneSubject({ findings }: Targets): boolean {
  return new Set(findings.map((finding) => `${finding.rule} ${finding.subject}`)).size === 1;
}

/** How far a decision about these may reach; wider than themselves only where they share what it would name. */
export function reachesOf({ findings }: Targets): readonly Reach[] {
  const [first, ...others] = findings;
  if (first?.advisory == null || first.package === null || !others.every((other) => isSame(first, other))) return ['these'];
  const isOneComponent = others.every((other) => other.component.ref === first.component.ref);
  const isOneTeam = first.team !== null && others.every((other) => other.team === first.team);
  return ['these', ...(isOneComponent ? (['component'] as const) : []), ...(isOneTeam ? (['team'] as const) : []), 'everywhere'];
}

/** What the decision names. What was selected as one question stays one, whatever its size. */
export function predicateOf(reach: Reach, { findings, isSame: isQuestion }: Targets): Predicate {
  const [first] = findings;
  if (first?.advisory != null && first.package !== null && (reach !== 'these' || isQuestion)) {
    const same = { package: first.package.purl, advisory: first.advisory.key };
    if (reach === 'component') return { component: first.component.ref, advisory: first.advisory.key };
    return reach === 'team' && first.team !== null ? { team: first.team, ...same } : same;
  }
  return { findings: findings.map(keyOf) };
}

/** The decision as CycloneDX writes it (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis). */
export function analysisOf({ verdict, justification, responses, reason }: Draft): Readonly<Record<string, unknown>> {
  return {
    ...(verdict === null ? {} : { state: analysisStates[verdict] }),
    ...(justification === null ? {} : { justification }),
    ...(responses.length === 0 ? {} : { response: responses }),
    ...(reason === '' ? {} : { detail: reason }),
  };
}

/** The end of a UTC day as acts write it; null for no end. */
export function endOfDay(day: string): string | null {
  return day === '' ? null : `${day}T23:59:59.000Z`;
}

/** The UTC day so many days after another, `YYYY-MM-DD`. */
export function dayAfter(from: Date, days: number): string {
  return new Date(from.getTime() + days * dayMs).toISOString().slice(0, 10);
}
