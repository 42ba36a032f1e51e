import pg, { type PoolClient } from 'pg';
import { urlsOf } from './hosts.ts';
import { isUnreachable } from './unreachable.ts';

const connectTimeoutMs = 10_000;

/** Connections to whichever host of a PostgreSQL URL takes writes. */
export type ConnectionPool = {
  /** Tries each host once, beginning with the one that was right last. */
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
};

/** Opens a pool; nothing is connected yet. Where the URL names one host it is taken as it is. */
export function openPool(databaseUrl: string, options: pg.PoolConfig): ConnectionPool {
  const urls = urlsOf(databaseUrl);
  let current = 0;
  const pool = new pg.Pool({
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'guildhall',
    keepAlive: true,
    ...options,
    connectionString: urls[current],
  });
  // An idle connection that the server ends is dropped by the pool; without a listener it would end the process. The next query says what is wrong.
  pool.on('error', () => undefined);
  // The same for one that is in use, which the pool does not listen to.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const good = new WeakSet<PoolClient>();
  const connectHere = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    if (urls.length === 1 || good.has(client)) return client;
    try {
      await refuseReadOnly(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
    good.add(client);
    return client;
  };
  return {
    async connect() {
      for (let tries = 1; ; tries += 1) {
        const tried = current;
        try {
          return await connectHere();
        } catch (error) {
          if (urls.length === 1 || !isUnreachable(error)) throw error;
          // Unless another has moved on meanwhile. The pool reads it for each new connection.
          if (current === tried) current = (current + 1) % urls.length;
          pool.options.connectionString = urls[current];
          if (tries >= urls.length) throw error;
        }
      }
    },
    end: () => pool.end(),
  };
}

async function refuseReadOnly(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
  if (rows[0]?.transaction_read_only !== 'off') throw new Error('Of the hosts named no host takes writes: this one is a standby.');
}
