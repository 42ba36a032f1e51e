import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
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
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    const [sqlite] = testStores();
    opened = await sqlite.open();
    office = openTestOffice(opened, openGateway({ workers: 1 }));
    await office.scan({ 'package-lock.json': lockfile, CODEOWNERS: '* @acme/payments\n' }, { name: 'owned' });
    await office.scan({ 'package-lock.json': lockfile }, { name: 'nobodys' });
    await office.sync(record);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    office.close();
    await opened.drop();
  });

  it.each<[name: string, options: readonly string[], components: readonly number[]]>([
    ['counts every component', [], [2]],
    ['counts the components of a team', ['--team', 'payments'], [1]],
    ['counts the components that nobody owns', ['--no-owner'], [1]],
    ['is empty for a team that owns nothing', ['--team', 'nobody'], []],
  ])('%s', { timeout: 60_000 }, async (_name, options, components) => {
    if (!('dataDir' in opened.location)) throw new Error('The first test store is not SQLite.');
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const program = await commandLine('leverage');
    await program.parseAsync(['node', 'guildhall', 'leverage', '--json', '--data', opened.location.dataDir, ...options]);
    const upgrades = JSON.parse(printed.join('')) as readonly { readonly to: string; readonly components: number }[];
    expect(upgrades.map((each) => each.components)).toEqual(components);
    expect(upgrades.every((each) => each.to === '4.17.21')).toBe(true);
  });
});
