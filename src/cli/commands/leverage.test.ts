import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { commandLine } from '../program.ts';

const lockfile =
  '{"name":"app","lockfileVersion":3,"packages":{"":{"name":"app","dependencies":{"lodash":"4.17.20"}},"node_modules/lodash":{"version":"4.17.20"}}}';
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

describe('leverage on the command line', () => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  beforeEach(async () => {
    const sqlite = testOffices().find(({ name }) => name === 'sqlite');
    if (sqlite === undefined) throw new Error('There is no SQLite to test on.');
    opened = await sqlite.open();
    office = opened.office;
    await office.scan({ 'package-lock.json': lockfile, CODEOWNERS: '* @acme/payments\n' }, { name: 'owned' });
    await office.scan({ 'package-lock.json': lockfile }, { name: 'nobodys' });
    await office.sync(record);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await opened.drop();
  });

  it.each<[name: string, options: readonly string[], components: readonly number[]]>([
    ['counts every component', [], [2]],
    ['counts the components of a team', ['--team', 'payments'], [1]],
    ['counts the components that nobody owns', ['--no-owner'], [1]],
    ['is empty for a team that owns nothing', ['--team', 'nobody'], []],
  ])('%s', { timeout: 60_000 }, async (_name, options, components) => {
    if (opened.dataDir === null) throw new Error('SQLite has a data folder.');
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const program = await commandLine('leverage');
    await program.parseAsync(['node', 'guildhall', 'leverage', '--json', '--data', opened.dataDir, ...options]);
    const upgrades = JSON.parse(printed.join('')) as readonly { readonly to: string; readonly components: number }[];
    expect(upgrades.map((each) => each.components)).toEqual(components);
    expect(upgrades.every((each) => each.to === '4.17.21')).toBe(true);
  });
});
