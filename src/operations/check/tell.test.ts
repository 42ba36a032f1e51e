import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CheckReport, CheckedPackage } from '#reports/check/check-report.ts';
import { tellGitHub } from './tell-github.ts';
import { tellGitLab } from './tell-gitlab.ts';

type Asked = { readonly method: string; readonly path: string; readonly token: string; readonly body: Readonly<Record<string, unknown>> | null };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-tell-'));
const direct = { proxy: null, caFile: null };
const asked: Asked[] = [];
/** Answers by method and path; anything else is not there. */
const answers = new Map<string, object>();
let server: http.Server;
let url: string;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const path = (request.url ?? '').split('?')[0] ?? '';
      const token = request.headers.authorization ?? String(request.headers['private-token']);
      asked.push({ method: request.method ?? '', path, token, body: text === '' ? null : (JSON.parse(text) as Asked['body']) });
      const answer = answers.get(`${request.method ?? ''} ${path}`);
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
beforeEach(() => {
  asked.length = 0;
  answers.clear();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  fs.rmSync(folder, { recursive: true });
});

const hostile = 'pkg:npm/x`|@everyone\n/close\n<img src=x>[a](http://evil.example)';
const deniedPackage: CheckedPackage = {
  ...{ purl: hostile, verdict: 'denied', gate: 'block', because: 'Not so.', licence: 'SSPL-1.0', rule: 'r' },
  ...{ file: path.join(folder, 'app', 'package-lock.json'), direct: true, path: [], asks: [], obligations: [], review: null, notes: [] },
  ...{ exception: null, alternatives: [] },
};
const denied: CheckReport = {
  ...{ judged: true, policy: 'ip-policy@2', isBuiltIn: false, verdict: 'denied', gate: 'block', base: 'main' },
  counts: { allowed: 0, conditions: 0, review: 0, unknown: 0, denied: 1 },
  packages: [deniedPackage, { ...deniedPackage, purl: 'pkg:npm/elsewhere@1.0.0', file: '/elsewhere/package-lock.json' }],
  problems: [],
  ask: { team: 'web', owner: null, stewards: [], counsel: [] },
};
const good: CheckReport = { ...denied, verdict: 'allowed', gate: 'watch', packages: [] };
const away: CheckReport = { ...good, judged: false, policy: null, verdict: null };

/** What is left of Markdown when code spans are taken out: nothing from outside may be in it. */
const outside = (markdown: unknown): string => String(markdown).replace(/`[^`\n]*`/g, '');

describe('a check told to GitHub', () => {
  const env = () => ({
    ...{ GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: 'a'.repeat(40), GITHUB_API_URL: url, GITHUB_WORKSPACE: folder },
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
    GITHUB_EVENT_PATH: path.join(folder, 'event.json'),
  });

  it('is a check run on the head of the pull request, with annotations, and the summary of the job; names from outside stay text', async () => {
    answers.set('POST /repos/acme/shop/check-runs', { id: 1 });
    fs.writeFileSync(env().GITHUB_EVENT_PATH, JSON.stringify({ pull_request: { head: { sha: 'b'.repeat(40) } } }));
    await tellGitHub(denied, true, env(), direct);
    expect(asked).toMatchObject([
      {
        token: 'Bearer t',
        body: {
          head_sha: 'b'.repeat(40),
          conclusion: 'failure',
          output: {
            title: '2 of 2 package versions not simply allowed',
            annotations: [{ path: 'app/package-lock.json', annotation_level: 'failure', message: 'Not so.' }],
          },
        },
      },
    ]);
    const { summary } = asked[0]?.body?.['output'] as { readonly summary: string };
    expect(outside(summary)).not.toMatch(/everyone|close|img|evil/);
    expect(fs.readFileSync(env().GITHUB_STEP_SUMMARY, 'utf8')).toBe(summary);
  });

  it.each([
    ['that allows everything', good, 'success'],
    ['that could not be made', away, 'neutral'],
  ])('%s is no failure', async (_, report, conclusion) => {
    answers.set('POST /repos/acme/shop/check-runs', { id: 1 });
    await tellGitHub(report, false, { ...env(), GITHUB_EVENT_PATH: undefined }, direct);
    expect(asked[0]?.body).toMatchObject({ conclusion, head_sha: 'a'.repeat(40) });
  });

  it.each([
    ['GITHUB_TOKEN', undefined],
    ['GITHUB_REPOSITORY', '../..'],
    ['GITHUB_SHA', 'main'],
  ])('says when %s is %s', async (name, value) => {
    await expect(tellGitHub(good, false, { ...env(), [name]: value }, direct)).rejects.toThrow(name);
    expect(asked).toEqual([]);
  });
});

describe('a check told to GitLab', () => {
  const env = () => ({ GUILDHALL_GITLAB_TOKEN: 't', CI_API_V4_URL: `${url}/api/v4`, CI_PROJECT_ID: '7', CI_MERGE_REQUEST_IID: '3' });
  const notes = '/api/v4/projects/7/merge_requests/3/notes';
  const writes = () => asked.filter((each) => each.method !== 'GET');

  it('is one note, found again by its marker, and nobody else’s; names from outside stay text', async () => {
    answers.set('GET /api/v4/user', { id: 5 }).set(`GET ${notes}`, []).set(`POST ${notes}`, { id: 11 });
    await tellGitLab(denied, 'component:test/shop', env(), direct);
    const body = String(writes()[0]?.body?.['body']);
    expect(writes()).toMatchObject([{ method: 'POST', token: 't' }]);
    expect(body).toMatch(/^<!-- guildhall-check:[0-9a-f]{32} -->\n/);
    expect(outside(body)).not.toMatch(/everyone|close|img|evil/);
    asked.length = 0;
    answers.set(`GET ${notes}`, [
      { id: 10, body, author: { id: 6 } },
      { id: 11, body, author: { id: 5 } },
    ]);
    answers.set(`PUT ${notes}/11`, { id: 11 });
    await tellGitLab(good, 'component:test/shop', env(), direct);
    expect(writes()).toMatchObject([{ method: 'PUT', path: `${notes}/11` }]);
  });

  it('writes none where everything is allowed', async () => {
    answers.set('GET /api/v4/user', { id: 5 }).set(`GET ${notes}`, []);
    await tellGitLab(good, '', env(), direct);
    expect(writes()).toEqual([]);
  });
});

describe('the hook for pre-commit', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  type Hook = { readonly id: string; readonly entry: string; readonly files: string };
  const [hook] = parse(fs.readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];

  it('runs on the lockfiles of a commit and stops it where the policy blocks what is new; an office that is away stops nothing', async () => {
    const repository = path.join(folder, 'repository');
    fs.mkdirSync(repository);
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { encoding: 'utf8' });
    const write = (packages: Readonly<Record<string, object>>): void => {
      fs.writeFileSync(path.join(repository, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }));
    };
    write({ 'node_modules/left': { version: '1.0.0', license: 'MIT' } });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'A lockfile');
    write({ 'node_modules/left': { version: '1.0.0', license: 'MIT' }, 'node_modules/evil': { version: '1.0.0', license: 'SSPL-1.0' } });
    git('add', '.');
    const staged = git('diff', '--cached', '--name-only')
      .trim()
      .split('\n')
      .filter((each) => new RegExp(hook?.files ?? '').test(each));
    expect(staged).toEqual(['package-lock.json']);
    const [program, ...args] = (hook?.entry ?? '').split(' ');
    expect(program).toBe('guildhall');
    const run = (office: string): Promise<{ readonly code: unknown; readonly out: string }> =>
      new Promise((resolve) => {
        const env = { ...process.env, GUILDHALL_URL: office, GUILDHALL_TOKEN: 't', NODE_NO_WARNINGS: '1' };
        execFile(process.execPath, [path.join(root, 'src/cli/main.ts'), ...args, ...staged], { cwd: repository, env }, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : error.code, out: `${stdout}${stderr}` });
        });
      });
    const verdict = {
      purl: 'pkg:npm/evil@1.0.0',
      verdict: 'denied',
      gate: 'block',
      because: 'Not so.',
      licence: 'SSPL-1.0',
      rule: 'r',
      asks: [],
      obligations: [],
    };
    answers.set('POST /v1/verdicts', {
      ...{ policy: 'ip-policy@2', isBuiltIn: false, verdict: 'denied', gate: 'block' },
      counts: { allowed: 0, conditions: 0, review: 0, unknown: 0, denied: 1 },
      packages: [{ ...verdict, exception: null, alternatives: [] }],
      ask: { team: null, owner: null, stewards: [], counsel: [] },
    });
    const blocked = await run(url);
    expect([blocked.code, blocked.out]).toEqual([1, expect.stringContaining('denied (blocks)  pkg:npm/evil@1.0.0')]);
    expect(asked.at(-1)?.body).toMatchObject({ packages: [{ purl: 'pkg:npm/evil@1.0.0' }] });
    const away = await run('http://127.0.0.1:9');
    expect([away.code, away.out]).toEqual([0, expect.stringContaining('nothing was judged')]);
  }, 120_000);
});
