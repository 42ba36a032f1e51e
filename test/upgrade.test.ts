import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalEstate } from '#operations/canonical-estate.ts';
import { Configuration } from '#operations/configuration.ts';
import { openOffice, type OfficePlace } from '#operations/open-office.ts';
import { rebuild } from '#operations/rebuild.ts';
import { startOffice } from '#server/serve.ts';

/**
 * The commit that wrote stores of an earlier layout: the last one before this release's migrations. Its program, taken from this repository's own history, writes the stores:
 * a store kept as a file beside the test would only say what we thought of keeping. With a new layout, name the commit before it.
 */
const earlier = { commit: 'fc5c649', layout: 2 };

const root = path.resolve(import.meta.dirname, '..');
const git = ['-c', 'safe.directory=*', '-C', root];
const hasEarlier = hasCommit(earlier.commit);
/** Four starts of a program, on a machine that may be busy. */
const limitMs = 180_000;
const token = 'a-token-for-this-test';
const headers = { authorization: `Bearer ${token}` };

describe.each(hasEarlier ? (['sqlite', 'postgres'] as const) : [])('an office that an earlier program left on %s', (kind) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-upgrade-'));
  const database = `upgrade_${path.basename(folder).replaceAll(/[^A-Za-z0-9]/g, '')}`.toLowerCase();
  const place: OfficePlace = { dataDir: path.join(folder, 'data'), databaseUrl: kind === 'sqlite' ? null : urlOf(database) };
  const program = path.join(folder, 'program');
  let before: Answers;

  beforeAll(async () => {
    takeProgram(program);
    writeFeeds(path.join(folder, 'feeds'));
    writeRepository(path.join(folder, 'shop'));
    if (kind === 'postgres') await onServer(`create database ${database} encoding 'UTF8' template template0`);
    await runEarlier(['scan', '--history', path.join(folder, 'shop')]);
    await runEarlier(['advisories', 'sync', '--estate', path.join(folder, 'feeds/guildhall.yaml')]);
    before = await serveEarlier(async (url) => {
      await upload(url);
      return await answersOf(url);
    });
  }, limitMs);
  afterAll(async () => {
    if (kind === 'postgres') await onServer(`drop database if exists ${database} with (force)`);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('answers as before: who uses what, also on a past day, and what is open', { timeout: limitMs }, async () => {
    expect(before['/v1/findings?limit=200']).toMatchObject({ total: 3 });
    expect(before['/v1/packages/pkg%3Anpm%2Flodash/users?asOf=2024-01-20']).toMatchObject({ total: 1 });
    expect(await servePresent()).toMatchObject(before);
  });

  it('is folded to the same by a rebuild', { timeout: limitMs }, async () => {
    const office = await openOffice(place);
    try {
      const once = await canonicalEstate(office.context.store);
      await office.context.store.emptyDerived();
      await rebuild(office.context);
      expect(await canonicalEstate(office.context.store)).toEqual(once);
    } finally {
      await office.close();
    }
  });

  it('is then refused by the earlier program, which says what to do', { timeout: limitMs }, async () => {
    await expect(runEarlier(['packages', '--json'])).rejects.toThrow(
      `knows layouts up to ${String(earlier.layout)}: start the newer version, or restore a backup into an empty store.`,
    );
  });

  async function servePresent(): Promise<Answers> {
    const options = { place, configuration: Configuration.parse({}), port: 0, env: { GUILDHALL_TOKEN: token } };
    const office = await startOffice(options);
    try {
      await office.ready();
      return await answersOf(office.url);
    } finally {
      await office.close();
    }
  }

  function startEarlier(args: readonly string[]) {
    return spawn(process.execPath, [path.join(program, 'src/cli/main.ts'), ...args, '--data', place.dataDir], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        HOME: folder,
        GUILDHALL_TOKEN: token,
        ...(place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function runEarlier(args: readonly string[]): Promise<void> {
    const child = startEarlier(args);
    let said = '';
    child.stdout.resume();
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with exit ${String(code)}: ${said}`);
  }

  async function serveEarlier<T>(ask: (url: string) => Promise<T>): Promise<T> {
    const child = startEarlier(['serve', '--port', '0']);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, 'close');
    try {
      const [link] = (await Promise.race([
        once(createInterface({ input: child.stdout }), 'line'),
        ended.then(() => Promise.reject(new Error(`The earlier program did not open: ${said}`))),
      ])) as [string];
      const { origin } = new URL(link);
      await until(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200));
      return await ask(origin);
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  }
});

// In an archive of the source, or a clone without its past, there is nothing to upgrade from: npm test says so by this name.
if (!hasEarlier) it.skip('the upgrade test: no earlier commit here');

type Answers = Readonly<Record<string, unknown>>;

/** What people ask, with the ways of asking that both programs have. */
async function answersOf(url: string): Promise<Answers> {
  const lodash = '/v1/packages/pkg%3Anpm%2Flodash/users';
  const lists = ['/v1/components', '/v1/packages', '/v1/findings', lodash].map((each) => `${each}?limit=200`);
  const past = [`${lodash}?asOf=2024-01-20`, `${lodash}?asOf=2024-09-01`, '/v1/changes?from=2024-01-01&to=2026-01-01'];
  const answers: [string, unknown][] = [];
  for (const question of [...lists, ...past]) answers.push([question, await answered(url + question)]);
  return Object.fromEntries(answers);
}

async function answered(url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, { ...init, headers: { ...headers, 'content-type': 'application/json' } });
  if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)}: ${await answer.text()}`);
  return await answer.json();
}

async function until(holds: () => Promise<void>): Promise<void> {
  await vi.waitFor(holds, { timeout: 60_000, interval: 100 });
}

async function upload(url: string): Promise<void> {
  const component = { type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' };
  const sbom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { timestamp: '2024-02-01T00:00:00Z' }, components: [component] };
  const sent = (await answered(`${url}/v1/sboms?component=kiosk`, { method: 'POST', body: JSON.stringify(sbom) })) as { readonly id: string };
  await until(async () => expect(await answered(`${url}/v1/sboms/${sent.id}`)).toMatchObject({ state: 'read' }));
  await until(async () => expect(await answered(`${url}/v1/components?q=kiosk`)).toMatchObject({ total: 1 }));
}

/** A repository whose lockfile changed twice: a fault comes, another one, and the first is mended. */
function writeRepository(folder: string): void {
  const own = (...args: readonly string[]) => execFileSync('git', ['-C', folder, ...args], { env: gitEnvironment(), stdio: 'pipe' });
  fs.mkdirSync(folder);
  own('init', '--quiet', '--initial-branch=main');
  for (const [day, versions] of [
    ['2024-01-10', { lodash: '4.17.20' }],
    ['2024-06-01', { lodash: '4.17.20', minimist: '1.2.5' }],
    ['2024-08-01', { lodash: '4.17.21', minimist: '1.2.5', 'left-pad': '1.3.0' }],
  ] as const) {
    const packages = Object.fromEntries(Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]));
    fs.writeFileSync(
      path.join(folder, 'package-lock.json'),
      JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': { name: 'shop', dependencies: versions }, ...packages } }),
    );
    own('add', '.');
    execFileSync('git', ['-C', folder, 'commit', '--quiet', '-m', day], { env: gitEnvironment(`${day}T09:00:00Z`), stdio: 'pipe' });
  }
}

function gitEnvironment(date?: string): Record<string, string> {
  const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
  const when = date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return { PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: os.devNull, ...who, ...when };
}

function writeFeeds(folder: string): void {
  fs.mkdirSync(path.join(folder, 'osv/npm'), { recursive: true });
  for (const [id, cve, name, fixed] of [
    ['GHSA-35jh-r3h4-6jhm', 'CVE-2021-23337', 'lodash', '4.17.21'],
    ['GHSA-xvch-5gv4-984h', 'CVE-2021-44906', 'minimist', '1.2.6'],
    ['GHSA-aaaa-bbbb-cccc', 'CVE-2024-00001', 'left-pad', '1.3.1'],
  ] as const) {
    const affected = [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }];
    const record = {
      id,
      aliases: [cve],
      published: '2023-01-01T00:00:00Z',
      modified: '2024-01-01T00:00:00Z',
      summary: `A fault of ${name}`,
      affected,
    };
    fs.writeFileSync(path.join(folder, 'osv/npm', `${id}.json`), JSON.stringify(record));
  }
  const exploited = { cveID: 'CVE-2021-44906', dateAdded: '2024-01-02', dueDate: '2024-01-23', vulnerabilityName: 'minimist' };
  fs.writeFileSync(path.join(folder, 'kev.json'), JSON.stringify({ count: 1, vulnerabilities: [exploited] }));
  fs.writeFileSync(
    path.join(folder, 'epss.csv'),
    '#model_version:v1,score_date:2024-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2021-23337,0.02,0.8\n',
  );
  const feeds = ['osv', 'kev.json', 'epss.csv'].map((from) => `  - { kind: ${from.replace(/\..*/, '')}, from: ${from} }\n`);
  fs.writeFileSync(path.join(folder, 'guildhall.yaml'), `feeds:\n${feeds.join('')}`);
}

/** The earlier program as its commit has it, on the packages of the present one. */
function takeProgram(folder: string): void {
  fs.mkdirSync(folder);
  const archive = path.join(folder, 'program.tar');
  execFileSync('git', [...git, 'archive', '--format=tar', '-o', archive, earlier.commit, 'src', 'package.json']);
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

function hasCommit(commit: string): boolean {
  try {
    execFileSync('git', [...git, 'cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function urlOf(database: string): string {
  const url = new URL(process.env['GUILDHALL_TEST_POSTGRES'] ?? 'postgres://unset');
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['GUILDHALL_TEST_POSTGRES'] });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
