import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInPolicy } from '#desk/policy/policy.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const lockfile = {
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { vue: '2.7.16' } },
    'node_modules/vue': { version: '2.7.16', resolved: 'https://npm.evil.example/vue.tgz', integrity: 'sha512-x' },
  },
};
const advisory = {
  id: 'GHSA-5j4c-8p2g-v4jx',
  modified: '2024-10-01T00:00:00Z',
  published: '2024-10-01T00:00:00Z',
  summary: 'ReDoS',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'vue' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '2.0.0' }, { fixed: '3.0.0' }] }] }],
};

type Answer = { readonly [name: string]: unknown };
type Rules = {
  readonly items: readonly { readonly id: string; readonly use: string; readonly findings: number | null; readonly coverage: unknown }[];
};
type Preview = {
  readonly problems: readonly unknown[];
  readonly rules: readonly {
    readonly rule: string;
    readonly before: { readonly use: string; readonly found: number; readonly asks: unknown };
    readonly after: { readonly use: string; readonly found: number; readonly asks: unknown };
    readonly moves: readonly { readonly from: string; readonly to: string; readonly findings: number; readonly samples: readonly Answer[] }[];
    readonly past: readonly { readonly day: string; readonly before: number; readonly after: number }[] | null;
  }[];
};

describe.each(testOffices())('rules over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeEach(async () => {
    opened = await open();
    office = opened.office;
    office.at('2024-10-02T09:00Z');
    await office.sync(advisory);
    office.at('2024-11-20T09:00Z');
    await office.scan({ 'package-lock.json': JSON.stringify(lockfile) }, { name: 'shop', committed: '2024-08-15T00:00Z' });
    server = await openTestServer(office);
  }, 120_000);
  afterEach(async () => {
    await server.close();
    await opened.drop();
  });

  const preview = async (policy: object): Promise<Preview> => {
    const answer = await server.ask('/v1/policy/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ policy }),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Preview;
  };

  it('each says what it finds and of how much it knows, and its number is the number of its rows', async () => {
    const { items } = (await (await server.ask('/v1/rules')).json()) as Rules;
    expect(items.map(({ id, use, findings, coverage }) => [id, use, findings, coverage])).toMatchObject([
      ['council-condition', 'on', 0, { unit: 'components', known: 1, total: 1 }],
      ['end-of-life', 'metric', 1, { unit: 'uses', known: 1, total: 1 }],
      ['foreign-registry', 'metric', 1, { unit: 'files', known: 1, total: 1 }],
      ['licence-changed', 'metric', 0, { unit: 'uses', known: 0, total: 1 }],
      ['licence-not-allowed', 'metric', 0, { unit: 'uses', known: 0, total: 1 }],
      ['licence-unknown', 'metric', 1, { unit: 'components', known: 1, total: 1 }],
      ['malicious-package', 'on', 0, null],
      ['no-owner', 'metric', 1, { unit: 'components', known: 1, total: 1 }],
      ['not-scanned', 'metric', 0, { unit: 'components', known: 1, total: 1 }],
      ['outdated', 'metric', 0, { unit: 'uses', known: 0, total: 1 }],
      ['sbom-quality-low', 'metric', 0, { unit: 'files', known: 1, total: 1 }],
      ['sbom-signature-fails', 'metric', 0, { unit: 'files', known: 1, total: 1 }],
      ['unpinned', 'metric', 0, { unit: 'files', known: 1, total: 1 }],
      ['vulnerability', 'on', 1, null],
      ['withdrawn', 'metric', 0, { unit: 'uses', known: 0, total: 1 }],
    ]);
    for (const { id, coverage, findings } of items) {
      const rows = (await (await server.ask(coverage === null ? `/v1/findings?rule=${id}` : `/v1/rules/${id}/rows`)).json()) as Answer;
      expect([id, rows['total']]).toEqual([id, findings]);
    }
    const rows = (await (await server.ask('/v1/rules/foreign-registry/rows')).json()) as { readonly items: readonly Answer[] };
    expect(rows.items).toMatchObject([
      { subject: 'package-lock.json npm.evil.example', reason: 'package-lock.json takes vue from npm.evil.example.' },
    ]);
    expect((await server.ask('/v1/rules/vulnerability/rows')).status).toBe(404);
  }, 120_000);

  it('a preview says what a policy would add, take away and make more urgent, and how it was month by month', async () => {
    const same = await preview({});
    expect(same.rules.every((rule) => rule.moves.length === 0 && rule.before.found === rule.after.found)).toBe(true);

    const { rules, problems } = await preview({
      rules: { 'end-of-life': { use: 'on', settings: {} }, vulnerability: { use: 'off', settings: {} }, 'not-scaned': { use: 'on', settings: {} } },
    });
    expect(problems).toEqual([{ place: 'rules.not-scaned', message: 'There is no rule not-scaned. The nearest is not-scanned.' }]);
    const eol = rules.find((each) => each.rule === 'end-of-life');
    expect(eol).toMatchObject({
      before: { use: 'metric', found: 1 },
      after: { use: 'on', found: 1 },
      moves: [{ from: 'none', findings: 1, samples: [{ name: 'shop', package: 'pkg:npm/vue', id: null }] }],
    });
    expect(eol?.past?.map((point) => `${point.day} ${String(point.after)}`)).toEqual([
      ...['2023-11-30', '2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30', '2024-07-31'].map(
        (day) => `${day} 0`,
      ),
      ...['2024-08-31', '2024-09-30', '2024-10-31', '2024-11-20'].map((day) => `${day} 1`),
    ]);
    const vulnerable = rules.find((each) => each.rule === 'vulnerability');
    expect(vulnerable).toMatchObject({ before: { found: 1 }, after: { use: 'off', found: 0 }, moves: [{ to: 'none', findings: 1 }] });
    expect(vulnerable?.past?.map((point) => point.before)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(rules.find((each) => each.rule === 'no-owner')).toMatchObject({ past: null });
  }, 120_000);

  it('a policy that names rules or settings there are not is not proposed', async () => {
    const policy = { ...builtInPolicy, rules: { 'not-scanned': { use: 'on', settings: { day: 3 } } } };
    const answer = await server.ask('/v1/acts/propose-policy', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body: { policy }, words: { reason: 'as a test' } }),
    });
    expect(answer.status).toBe(409);
    expect(((await answer.json()) as Answer)['detail']).toContain('rules.not-scanned.settings');
  }, 120_000);
});
