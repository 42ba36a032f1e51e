import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOfPerson } from '#desk/access/actors.ts';
import { seesAll } from '#model/visibility.ts';
import type { CheckReport } from '#reports/check/check-report.ts';
import { askOfficeHere } from '../check/ask-office-here.ts';
import { check } from '../check/check.ts';
import { loadEstate } from '../follow-estate.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import type { TestOffice } from '../test-office.ts';
import { testOffices, type OpenTestOffice } from '../test-offices.ts';
import { addPerson, asOffice, personId } from '../test-people.ts';

const shop = 'component:test/shop';
const deep = 'pkg:npm/deep@1.0.0';
const lockfile = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { left: '1.0.0', right: '1.0.0' } },
    'node_modules/left': { version: '1.0.0', license: 'MIT', dependencies: { middle: '1.0.0' } },
    'node_modules/middle': { version: '1.0.0', license: 'MIT', dependencies: { deep: '1.0.0' } },
    'node_modules/right': { version: '1.0.0', license: 'MIT', dependencies: { deep: '1.0.0' } },
    'node_modules/deep': { version: '1.0.0', license: 'AGPL-3.0-only' },
  },
});

describe.each(testOffices())('why something is here and whom to ask on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let live: LiveDesk;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2026-03-02T09:00Z');
    await office.scan({ 'package-lock.json': lockfile, CODEOWNERS: '* @firm/web\n' }, { name: 'shop' });
    live = openLiveDesk();
    await addPerson(office.context, live, 'ann', { role: 'team-lead', teams: ['web'] });
    await asOffice(office.context, live, 'name-steward', { package: 'pkg:npm/deep', steward: 'team:platform' });
    await asOffice(office.context, live, 'name-steward', { package: 'pkg:npm/left', steward: personId('ann') });
  }, 120_000);
  afterAll(() => opened.drop());

  const checked = (): Promise<CheckReport> =>
    check({ targets: [deep, 'pkg:npm/left@1.0.0', 'pkg:npm/other@1.0.0'], component: shop, base: null }, askOfficeHere(office.context, null));
  async function says(kindId: string): Promise<void> {
    const kind = actKindOf(kindId);
    const actor = actorOfPerson(await live.catchUp(office.context.store), personId('ann'), office.context.clock());
    if (kind === undefined || actor === null) throw new Error(kindId);
    const grants = new Map([...actor.grants, ['owners:confirm', 'office'] as const]);
    const wanted = { kind, body: kind.body.parse({ owners: [{ component: shop, owner: 'web' }] }), words: null, actor: { ...actor, grants } };
    const given = { ...wanted, visibility: seesAll, expects: null };
    expect(await performAct(office.context, live, await loadEstate(office.context.store), given)).not.toHaveProperty('refusal');
  }

  it('the shortest way in is told of what is not simply permitted and is in the component', async () => {
    const { packages } = await checked();
    expect(packages.map(({ purl, verdict, path }) => [purl, verdict, path])).toEqual([
      [deep, 'unknown', ['right@1.0.0', 'deep@1.0.0']],
      ['pkg:npm/other@1.0.0', 'unknown', []],
      ['pkg:npm/left@1.0.0', 'allowed', []],
    ]);
  });

  it('stewards are named of what is not simply permitted, the owner once somebody confirmed it, and a team that disclaims nowhere', async () => {
    const stewards = [{ package: 'pkg:npm/deep', name: 'platform' }];
    expect((await checked()).ask).toEqual({ team: 'web', owner: null, stewards, counsel: [] });
    await says('confirm-owner');
    expect((await checked()).ask).toEqual({ team: 'web', owner: 'ann', stewards, counsel: [] });
    await says('disclaim-owner');
    expect((await checked()).ask).toEqual({ team: null, owner: null, stewards, counsel: [] });
  });
});
