import { PgBoss, type ConstructorOptions } from 'pg-boss';
import { openPool, type ConnectionPool } from './connection-pool.ts';

type BossDatabase = NonNullable<ConstructorOptions['db']>;
type ListenHandle = Awaited<ReturnType<NonNullable<BossDatabase['listen']>>>;

/** Two lines, so that what people send never waits behind what runs by the clock. */
export type Line = 'read' | 'job';

/**
 * Hands names of tasks to the workers on one PostgreSQL. They are hints: what is left to do is known to the store, so that a task that is lost, offered twice
 * or taken twice does no harm.
 */
export type WorkQueue = {
  /** One that waits already is not added again. */
  offer(line: Line, tasks: readonly string[]): Promise<void>;
  /** Gives tasks of a line to `run`, `atOnce` (an even number) side by side, until closed. A task whose process dies is given to another. */
  take(line: Line, atOnce: number, run: (task: string) => Promise<void>): Promise<void>;
  /** Waits for the tasks under way. */
  close(): Promise<void>;
};

const lines: readonly Line[] = ['read', 'job'];
const connectionsAtMost = 4;
const pollSeconds = 1;
const notifiedPollSeconds = 5;
const handSize = 2;
const aliveSeconds = 10;
const longestSeconds = 6 * 60 * 60;
const stopMs = 60_000;
const reconnectMs = 500;

/** Opens the queue in its own schema of the store's database. `failed` hears of what goes wrong inside; the queue goes on. */
export async function openWorkQueue(databaseUrl: string, failed: (error: unknown) => void): Promise<WorkQueue> {
  const pool = openPool(databaseUrl, { max: connectionsAtMost });
  const boss = new PgBoss({
    db: databaseOver(pool, failed),
    schema: 'guildhall_queue',
    useListenNotify: true,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
    superviseIntervalSeconds: aliveSeconds,
    monitorIntervalSeconds: aliveSeconds,
  });
  boss.on('error', failed);
  try {
    await boss.start();
    for (const line of lines) {
      await boss.createQueue(line, {
        // One of a name waiting and one in hand.
        policy: 'stately',
        notify: true,
        heartbeatSeconds: aliveSeconds,
        expireInSeconds: longestSeconds,
        retryLimit: 1,
        deleteAfterSeconds: 60,
        retentionSeconds: longestSeconds,
      });
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    async offer(line, tasks) {
      if (tasks.length > 0)
        await boss.insert(
          line,
          tasks.map((task) => ({ data: { task }, singletonKey: task })),
        );
    },
    async take(line, atOnce, run) {
      const polling = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: notifiedPollSeconds };
      // Whoever comes back with less than a full hand waits to be told; of hands of one each task would wait.
      const options = { batchSize: handSize, burstWhenBatchFull: true, localConcurrency: Math.max(1, atOnce / handSize), ...polling };
      await boss.work<{ task: string }>(line, options, async (jobs) => {
        await Promise.all(jobs.map((job) => run(job.data.task)));
      });
    },
    async close() {
      await boss.stop({ graceful: true, timeout: stopMs });
      await pool.end();
    },
  };
}

/** The queue's statements over our own connections, which find the primary again after a fail-over. */
function databaseOver(pool: ConnectionPool, failed: (error: unknown) => void): BossDatabase {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      let broken = true;
      try {
        const done = await client.query(text, values);
        broken = false;
        return done as { rows: unknown[] };
      } finally {
        client.release(broken);
      }
    },
    listen: (channel, heard, reconnected) => listen(pool, channel, { heard, reconnected, failed }),
  };
}

type Listener = {
  readonly heard: (payload: string) => void;
  readonly reconnected: () => void;
  readonly failed: (error: unknown) => void;
};

/** Keeps one connection listening, and makes another when it ends. */
async function listen(pool: ConnectionPool, channel: string, { heard, reconnected, failed }: Listener): Promise<ListenHandle> {
  let isClosed = false;
  let letGo: () => void = () => undefined;
  const connect = async (): Promise<void> => {
    const client = await pool.connect();
    let isOver = false;
    // Once: a place in the pool that is not given back is lost.
    letGo = () => {
      if (!isOver) client.release(true);
      isOver = true;
    };
    client.on('notification', (message) => {
      heard(message.payload ?? '');
    });
    try {
      await client.query(`listen "${channel.replaceAll('"', '""')}"`);
    } catch (error) {
      letGo();
      throw error;
    }
    client.once('end', () => {
      letGo();
      void again();
    });
    reconnected();
  };
  const again = async (): Promise<void> => {
    while (!isClosed) {
      await new Promise((resolve) => setTimeout(resolve, reconnectMs));
      try {
        await connect();
        return;
      } catch (error) {
        failed(error);
      }
    }
  };
  await connect();
  return {
    close() {
      isClosed = true;
      letGo();
      return Promise.resolve();
    },
  };
}
