import { justifications, statementResponses, type Statement, type StatementState } from '#model/statement.ts';

/** What a statement's text says beyond what its format has fields for. */
export type StatementSaid = Pick<Statement, 'state' | 'justification' | 'responses' | 'detail' | 'until'>;

const titles: Readonly<Record<StatementState, string>> = {
  'in-triage': 'In triage',
  exploitable: 'Affected',
  'not-affected': 'Not affected',
  'false-positive': 'False positive',
  accepted: 'Accepted risk',
  workaround: 'Workaround',
  fixed: 'Fixed',
};
const states = new Map(Object.entries(titles).map(([state, title]) => [title, state as StatementState]));

/**
 * A statement as a sentence and, below it, its detail: `Accepted risk until 2027-01-01T00:00:00.000Z (will_not_fix).` OpenVEX and CSAF know four states
 * and no end; people read it there, and {@link saidOf} reads it back exactly.
 */
export function textOfStatement({ state, justification, responses, detail, until }: StatementSaid): string {
  const words = [...(justification === null ? [] : [justification]), ...responses];
  const sentence = `${titles[state]}${until === null ? '' : ` until ${until}`}${words.length === 0 ? '' : ` (${words.join(', ')})`}.`;
  return detail === null ? sentence : `${sentence}\n${detail}`;
}

/** What such a text says; null for text of another's making. */
export function saidOf(text: string): StatementSaid | null {
  const parts = /^([A-Z][a-z ]{3,20}?)(?: until (\d{4}-[\dT:.Z-]{6,25}))?(?: \(([a-z_, ]{1,400})\))?\.(?:\n([^]*))?$/.exec(text);
  const state = states.get(parts?.[1] ?? '');
  if (parts === null || state === undefined) return null;
  const until = parts[2] === undefined ? null : timeOf(parts[2]);
  const words = parts[3] === undefined ? [] : parts[3].split(', ');
  if (parts[2] !== undefined && until === null) return null;
  return {
    state,
    justification: justifications.find((each) => words.includes(each)) ?? null,
    responses: statementResponses.filter((each) => words.includes(each)),
    detail: parts[4] ?? null,
    until,
  };
}

/** A time as a file writes it, ISO 8601 in UTC; a day alone is its first moment. Null when it is none. */
export function timeOf(text: unknown): string | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const at = Date.parse(text.replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1'));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
