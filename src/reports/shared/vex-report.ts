import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import type { Statement } from '#model/statement.ts';

/** A statement of ours as it leaves the office: said of one component. */
export type IssuedStatement = Statement & {
  readonly product: string;
  readonly at: string;
  /** How an accepted risk came to be accepted. */
  readonly approval: 'approved' | 'not-needed';
};

/** Everything that a VEX document is made from; the same facts make the same bytes. */
export type VexFacts = {
  /** Name of the office, who says it. */
  readonly office: string;
  /** What it is about: a component's ref, `team:…`, or the office's name. */
  readonly scope: string;
  /** At least one, sorted by {@link sortedStatements}. */
  readonly statements: readonly IssuedStatement[];
};

/** One form of VEX that the office writes. */
export type VexReport = {
  readonly id: 'openvex' | 'csaf' | 'cyclonedx';
  readonly title: string;
  readonly spec: string;
  readonly mediaType: string;
  /** Ending of the file's name. */
  readonly ending: string;
  /** One JSON document. */
  readonly write: (facts: VexFacts) => string;
};

/** Statements in an order that hangs on nothing but what they say. */
export function sortedStatements(statements: readonly IssuedStatement[]): readonly IssuedStatement[] {
  const keyed = statements.map((each) => ({ each, key: [each.product, each.ids.join(' '), each.packages.join(' '), each.state].join('\0') }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ each }) => each);
}

/** The moment a document speaks of: when the last of its statements was made. */
export function saidAt({ statements }: VexFacts): string {
  return statements.reduce((last, { at }) => (at > last ? at : last), '1970-01-01T00:00:00.000Z');
}

/** SHA-256 (hex) of what a document says. */
export function hashOfFacts(facts: VexFacts): string {
  return hash('sha256', canonicalJson(facts), 'hex');
}

/** What a document is written as: two spaces deep, so that two of them can be compared line by line. */
export function written(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Who gave an id, by its form. */
export function systemOf(id: string): string {
  return /^([A-Za-z]+)[-_:]/.exec(id)?.[1]?.toUpperCase() ?? 'OTHER';
}
