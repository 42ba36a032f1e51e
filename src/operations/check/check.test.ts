import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '#reports/check/check-report.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { askOfficeThere } from './ask-office-there.ts';
import { check, failsBuild, type AskOffice } from './check.ts';
import { checkedAs } from './checked-as.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-check-'));
const shop = path.join(folder, 'shop');
const direct = { proxy: null, caFile: null };

/** Says of everything what it is told, and keeps what it was asked. */
function office(denied: readonly string[], asked: unknown[] = []): AskOffice {
  return (packages, component) => {
    asked.push({
      component,
      packages: packages.map(({ purl, isDevelopment, claims }) => [purl, isDevelopment, claims?.flatMap((each) => each.said) ?? []]),
    });
    const told = packages.map(({ purl }) => {
      const isDenied = denied.includes(purl);
      return {
        purl,
        verdict: isDenied ? ('denied' as const) : ('allowed' as const),
        gate: isDenied ? ('block' as const) : ('watch' as const),
        because: 'Because\u001b[31m the | `policy` says so.',
        licence: 'MIT',
        rule: 'r1',
        asks: [],
        obligations: [],
        exception: null,
        review: null,
        notes: [],
        path: [],
        alternatives: [],
      };
    });
    const isDenied = told.some((each) => each.verdict === 'denied');
    return Promise.resolve({
      policy: 'ip-policy@2',
      isBuiltIn: false,
      verdict: isDenied ? ('denied' as const) : ('allowed' as const),
      gate: isDenied ? ('block' as const) : ('watch' as const),
      counts: { allowed: 0, conditions: 0, review: 0, unknown: 0, denied: 0 },
      packages: told,
      ask: { team: null, owner: null, stewards: [], counsel: [] },
    });
  };
}

function commit(packages: Readonly<Record<string, object>>): string {
  const root = { name: 'shop', dependencies: { left: '1.0.0' }, devDependencies: { tool: '1.0.0' } };
  fs.writeFileSync(path.join(shop, 'package-lock.json'), JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': root, ...packages } }));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', shop, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { encoding: 'utf8' }).trim();
  if (!fs.existsSync(path.join(shop, '.git'))) git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'A change');
  return git('rev-parse', 'HEAD');
}

let before: string;
beforeAll(() => {
  fs.mkdirSync(shop);
  before = commit({
    'node_modules/left': { version: '1.0.0', license: 'MIT' },
    'node_modules/tool': { version: '1.0.0', license: 'MIT', dev: true },
  });
  commit({
    'node_modules/left': { version: '1.0.0', license: 'MIT', dependencies: { deep: '1.0.0' } },
    'node_modules/tool': { version: '1.0.0', license: 'MIT' },
    'node_modules/deep': { version: '1.0.0', license: 'AGPL-3.0-only' },
  });
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('a check', () => {
  it('asks about what files bring in, with the licence that they say, and tells how it comes in', async () => {
    const asked: unknown[] = [];
    const report = await check({ targets: [shop], component: 'shop', base: null }, office(['pkg:npm/deep@1.0.0'], asked));
    expect(asked).toEqual([
      {
        component: 'shop',
        packages: [
          ['pkg:npm/left@1.0.0', false, ['MIT']],
          ['pkg:npm/tool@1.0.0', false, ['MIT']],
          ['pkg:npm/deep@1.0.0', false, ['AGPL-3.0-only']],
        ],
      },
    ]);
    expect(report.packages.find((each) => each.purl === 'pkg:npm/deep@1.0.0')).toMatchObject({
      file: path.join(shop, 'package-lock.json'),
      direct: false,
      path: ['left@1.0.0', 'deep@1.0.0'],
    });
  });

  it.each([
    ['a repository', () => shop],
    ['a file in it', () => path.join(shop, 'package-lock.json')],
  ])('of %s with a base judges only what came in since, also what was for development only', async (_, target) => {
    const { packages } = await check({ targets: [target()], component: null, base: before }, office([]));
    expect(packages.map((each) => each.purl)).toEqual(['pkg:npm/tool@1.0.0', 'pkg:npm/deep@1.0.0']);
  });

  it('with a base that is not there judges everything and says so', async () => {
    const { packages, problems } = await check({ targets: [shop], component: null, base: 'main-before' }, office([]));
    expect([packages.length, problems.map((each) => each.code)]).toEqual([3, ['no-such-revision']]);
  });

  it('of what lies in no repository has no base', async () => {
    const lonely = path.join(folder, 'go.sum');
    fs.writeFileSync(lonely, '');
    await expect(check({ targets: [lonely], component: null, base: 'main' }, office([]))).rejects.toThrow(ConfigurationError);
  });

  it.each([
    ['by the gate of the policy', { verdict: 'denied', gate: 'block' }, null, true],
    ['not where the policy only warns', { verdict: 'denied', gate: 'warn' }, null, false],
    ['from a verdict on', { verdict: 'unknown', gate: 'watch' }, 'review', true],
    ['not below it', { verdict: 'conditions', gate: 'watch' }, 'review', false],
    ['never where that is asked', { verdict: 'denied', gate: 'block' }, 'never', false],
    ['never by what was not judged', { verdict: null, gate: 'watch' }, 'conditions', false],
  ] as const)('fails a build %s', (_, report, failOn, fails) => {
    expect(failsBuild(report, failOn)).toBe(fails);
  });

  it('is the same SARIF for the same report, and Markdown in which nothing from outside is markup', async () => {
    const report = await check({ targets: ['pkg:npm/evil@1.0.0'], component: null, base: null }, office(['pkg:npm/evil@1.0.0']));
    const sarif = checkedAs('sarif', report);
    expect(checkedAs('sarif', structuredClone(report))).toBe(sarif);
    expect((JSON.parse(sarif) as { runs: { results: object[] }[] }).runs[0]?.results).toMatchObject([
      { ruleId: 'licence-denied', level: 'error', locations: [] },
    ]);
    expect(checkedAs('markdown', report)).toContain("| denied (blocks) | `pkg:npm/evil@1.0.0` | `MIT` | `Because [31m the ¦ 'policy' says so.` |");
  });
});

describe('an office that is asked over HTTP', () => {
  it.each([
    ['is down', null],
    ['is broken', [503, '{}']],
    ['is busy', [429, '{}']],
    ['answers with a page', [200, '<html>']],
    ['answers with something else', [200, '{"policy":1}']],
  ] as const)('lets the build pass when it %s, and says that nothing was judged', async (_, answer) => {
    const { report } = await askedOver(answer);
    expect(report).toMatchObject({ judged: false, verdict: null, packages: [] });
    expect(checkedAs('markdown', report)).toContain('nothing was judged');
  });

  it.each([
    [401, '{}', /give a token in GUILDHALL_TOKEN/],
    [404, '{"detail":"There is no component with this ref."}', /There is no component with this ref/],
  ])('is wrong use when it refuses with %i', async (status, body, reason) => {
    await expect(askedOver([status, body])).rejects.toThrow(reason);
  });

  async function askedOver(answer: readonly [number, string] | null): Promise<{ readonly report: CheckReport }> {
    const server = http.createServer((_, response) => {
      response.writeHead(answer?.[0] ?? 500, { 'content-type': 'application/json' }).end(answer?.[1]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const close = () => new Promise((resolve) => server.close(resolve));
    if (answer === null) await close();
    try {
      return { report: await check({ targets: ['pkg:npm/left@1.0.0'], component: null, base: null }, askOfficeThere({ url, token: null }, direct)) };
    } finally {
      if (answer !== null) await close();
    }
  }
});
