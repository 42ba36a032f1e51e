import type { Generated, Kysely } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Database } from './schema.ts';

type WithGenerated<Row, Column extends keyof Row> = Omit<Row, Column> & { [C in Column]: Generated<Row[C]> };

/** The tables as Kysely sees them: numbers that the store gives may be left out of an insert. */
export type Tables = Omit<Database, 'receipt' | 'package' | 'package_version' | 'component' | 'evidence' | 'licence_text' | 'advisory' | 'change'> & {
  receipt: WithGenerated<Database['receipt'], 'seq'>;
  package: WithGenerated<Database['package'], 'id'>;
  package_version: WithGenerated<Database['package_version'], 'id'>;
  component: WithGenerated<Database['component'], 'id'>;
  evidence: WithGenerated<Database['evidence'], 'id'>;
  licence_text: WithGenerated<Database['licence_text'], 'id'>;
  advisory: WithGenerated<Database['advisory'], 'id'>;
  change: WithGenerated<Database['change'], 'seq'>;
};

/** A connection, pool or transaction to ask, and how its database differs from the other. */
export type Access = { readonly db: Kysely<Tables>; readonly dialect: Dialect };
