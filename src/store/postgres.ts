import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg, { type PoolClient } from 'pg';
import { openPool, type ConnectionPool } from './connection-pool.ts';
import { storableText } from './storable-text.ts';
import type { Tables } from './tables.ts';
import { isUnreachable } from './unreachable.ts';

const oldestServer = 15;
const connectionsAtMost = 10;
const statementTimeoutMs = 120_000;
const idleInTransactionMs = 300_000;
const preparedAtMost = 300;
const longestPrepared = 2000;

const bigintOid = 20;

/**
 * A pool of connections to PostgreSQL 15 or newer. Of several hosts the first that takes writes is used, asked again whenever a connection is made.
 * Throws when none can be reached, the server is older or does not keep UTF-8.
 */
export async function connectPostgres(databaseUrl: string): Promise<Kysely<Tables>> {
  const pool = openPool(databaseUrl, {
    max: connectionsAtMost,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    // Our numbers stay far below 2^53: times in milliseconds, counts, ids.
    types: { getTypeParser: (oid, format) => ((oid as number) === bigintOid ? Number : pg.types.getTypeParser(oid, format)) as never },
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withPreparedStatements(pool) }) });
  try {
    await refuseUnfit(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function refuseUnfit(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(db);
  const { version = 0, encoding = '' } = rows[0] ?? {};
  if (version < oldestServer * 10_000)
    throw new Error(`The PostgreSQL server is version ${String(version)}; Guildhall needs ${String(oldestServer)} or newer.`);
  if (encoding !== 'UTF8') throw new Error(`The database keeps text as ${encoding}; create it with "encoding 'UTF8'".`);
}

/** Kysely sends each statement to be parsed and planned anew; short ones get a name, so that the server keeps them. */
function withPreparedStatements(pool: ConnectionPool): PostgresPool {
  const names = new Map<string, string>();
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || text.length > longestPrepared || names.size >= preparedAtMost) return known;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    names.set(text, name);
    return name;
  };
  const wrapped = (client: PoolClient): PostgresPoolClient => {
    let isLost = false;
    return {
      query: (async (text: string, values: readonly unknown[]) => {
        const name = values.length === 0 ? undefined : nameOf(text);
        try {
          return await client.query({ text, values: values.map(storable), ...(name === undefined ? {} : { name }) });
        } catch (error) {
          // A primary that has become a standby keeps its connections; this one would be handed out again.
          isLost ||= isUnreachable(error);
          throw error;
        }
      }) as unknown as PostgresPoolClient['query'],
      release: (destroy) => {
        client.release(isLost || destroy);
      },
    };
  };
  return {
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? wrapped(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
    options: {},
  };
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}
