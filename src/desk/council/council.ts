import type { Case } from './cases.ts';
import type { Condition } from './conditions.ts';
import type { Seat } from './seats.ts';

/** What counsel wrote for counsel. */
export type Advice = { readonly seq: number; readonly at: number; readonly by: string; readonly text: string | null };

/** The council: its seats, its cases and what became of them. */
export type Council = {
  /** By id, in the order in which they were given. */
  readonly seats: Map<string, Seat>;
  /** By id, in the order in which they were asked. */
  readonly cases: Map<string, Case>;
  /** Ids under which somebody asked what was being asked already, and the case they joined. */
  readonly joined: Map<string, string>;
  readonly conditions: Map<string, Condition>;
  /** Privileged: by case, read through `adviceFor` only. */
  readonly advice: Map<string, Advice[]>;
};

/** A council without members and cases. */
export function noCouncil(): Council {
  return { seats: new Map(), cases: new Map(), joined: new Map(), conditions: new Map(), advice: new Map() };
}

/** The case of an id, of one that joined it, or of a name such as `IP-12`. */
export function caseNamed({ cases, joined }: Council, name: string): Case | undefined {
  const own = cases.get(joined.get(name) ?? name);
  if (own !== undefined || !/^IP-\d+$/.test(name)) return own;
  for (const each of cases.values()) if (each.name === name) return each;
  return undefined;
}
