import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { importPeople, type PeopleDone } from './import-people.ts';
import { openLiveDesk, type LiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import { addPerson, personId } from './test-people.ts';

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const hr: Actor = { id: personId('hr'), kind: 'person', grants: new Map([['people:write', 'office']]) };
const header = 'external id,user name,name,e-mail,team,legal entity,function,cost centre,manager,leaver date,role\n';
const ada = '4711,ada,Ada Example,ada@example.com,payments;platform,Example AG,Engineering,CC-1,bob,2027-03-31,Administrator\n';
const bob = '4712,bob,=cmd(),,payments,Example AG,,,,,\n';

describe.each(testStores())('people from CSV on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let live: LiveDesk;
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2027-01-01T09:00Z');
    live = openLiveDesk();
  });
  afterEach(async () => {
    await opened.drop();
  });

  async function bring(text: string, more: { complete?: boolean; dryRun?: boolean; actor?: Actor } = {}): Promise<PeopleDone> {
    const { complete = false, dryRun = false, actor = hr } = more;
    const done = await importPeople(office.context, live, { bytes: Buffer.from(text), columns: '', isComplete: complete, isDryRun: dryRun, actor });
    if ('refusal' in done) throw new Error(done.reason);
    return done;
  }
  const counts = ({ added, changed, unchanged, left, rejected, acts }: PeopleDone) => [added, changed, unchanged, left, rejected, acts.length];
  const known = (user: string) => [...live.desk.people.values()].find((each) => each.words?.user === user);

  it('records all rows as one act, and unchanged ones not at all', async () => {
    expect(counts(await bring(header + ada + bob, { dryRun: true }))).toEqual([2, 0, 0, 0, 0, 0]);
    expect(live.desk.people.size).toBe(0);
    expect(counts(await bring(header + ada + bob))).toEqual([2, 0, 0, 0, 0, 1]);
    expect(known('ada')).toMatchObject({
      teams: ['payments', 'platform'],
      entity: 'Example AG',
      function: 'Engineering',
      costCentre: 'CC-1',
      manager: known('bob')?.id,
      leaves: Date.parse('2027-04-01T00:00Z'),
      source: 'csv',
      jobRole: 'Administrator',
      words: { name: 'Ada Example', user: 'ada', email: 'ada@example.com', external: [{ system: 'csv', id: '4711' }] },
    });
    // What somebody does for a living allows nothing here.
    expect(live.desk.access.grantsOf.size).toBe(0);
    expect(known('bob')?.words?.name).toBe('=cmd()');
    expect(counts(await bring(header + ada + bob))).toEqual([0, 0, 2, 0, 0, 0]);
    // What the file has no column for stays.
    expect(counts(await bring('user name,team\nada,payments\nbob,payments\n'))).toEqual([0, 1, 1, 0, 0, 1]);
    expect(known('ada')).toMatchObject({ teams: ['payments'], entity: 'Example AG', words: { name: 'Ada Example' } });
  });

  it('leaves out bad rows with their lines and takes the others', async () => {
    await bring(header + ada);
    const done = await bring(`external id,user name,manager\n9,ada,\n7,cyd,nobody\n7,cyd,\n4711,other,\n,,x\n`);
    expect(counts(done)).toEqual([1, 0, 0, 0, 4, 1]);
    expect(done.problems.map(({ code, line }) => `${code}:${String(line)}`).sort()).toEqual([
      'bad-row:2',
      'bad-row:4',
      'bad-row:5',
      'bad-row:6',
      'unknown-manager:3',
    ]);
  });

  it('lets leave who is not in a complete file, but nobody that others brought and nobody for a bad row', async () => {
    await addPerson(office.context, live, 'local');
    await bring(header + ada + bob);
    expect(counts(await bring(`${header}${ada},,,,,,,,,,\n`, { complete: true }))).toEqual([0, 0, 1, 0, 1, 0]);
    expect(counts(await bring(header + ada, { complete: true }))).toEqual([0, 0, 1, 1, 0, 1]);
    expect(known('bob')?.leaves).toBe(Date.parse('2027-01-01T09:00Z'));
    expect(known('local')?.leaves).toBeNull();
  });

  it('lets nobody say where they belong themselves, and nobody without the permission', async () => {
    await bring(header + bob);
    const self: Actor = { ...hr, id: known('bob')?.id ?? '' };
    const done = await bring('user name,team\nbob,platform\n', { actor: self });
    expect([counts(done), done.problems.map(({ code }) => code)]).toEqual([[0, 0, 0, 0, 1, 0], ['own-row']]);
    await expect(bring(header + ada, { actor: { ...hr, grants: new Map() } })).rejects.toThrow('people:write');
    await expect(bring('name\nAda\n', { actor: officeActor })).rejects.toThrow('none of the columns');
  });
});
