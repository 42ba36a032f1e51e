import { z } from 'zod';
import type { CaseFacts } from './facts.ts';
import type { Route } from './route.ts';

/** What makes the council be asked again. `condition-late` does wherever a condition says so, whatever the kind. */
export const triggers = ['expired', 'licence-changed', 'major-version', 'context-changed', 'condition-late', 'asked-again'] as const;
export type Trigger = (typeof triggers)[number];

/** One thing that the council wants to see. */
export type WantedEvidence = {
  /** Lasting; acts name it. */
  readonly id: string;
  readonly title: string;
  /** A case without it is shown as not complete. */
  readonly isNeeded: boolean;
};

/** One kind of question to the council: one file in `kinds/`. Its form is kept for good, so it holds structure only; names and free text are words of the act. */
export type CaseKind<Form = unknown> = {
  /** As the ledger and the API name it. */
  readonly id: string;
  readonly title: string;
  /** One sentence for whoever asks. */
  readonly asks: string;
  readonly form: z.ZodType<Form>;
  readonly factsOf: (form: Form) => CaseFacts;
  readonly evidence: readonly WantedEvidence[];
  readonly routeOf: (form: Form) => Route;
  /** Days from asking to when it is due. */
  readonly dueDays: number;
  /** Days for which an approval holds unless a vote asks for fewer. */
  readonly holdsDays: number;
  readonly triggers: readonly Trigger[];
};

/** Names of the fields of a kind's form. */
export function fieldsOfForm({ form }: CaseKind): readonly string[] {
  return form instanceof z.ZodObject ? Object.keys(form.shape) : [];
}

/** Makes a kind; from here on the type of its form is known to its own file only. */
export function caseKind<Form>(kind: CaseKind<Form>): CaseKind {
  return kind as unknown as CaseKind;
}
