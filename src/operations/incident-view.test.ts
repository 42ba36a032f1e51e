import { afterAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores } from '#store/test-stores.ts';
import { afterAct } from './after-act.ts';
import { loadEstate } from './follow-estate.ts';
import { incidentRows, incidentTeams } from './incident-view.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { publishOwnAdvisories } from './own-advisories.ts';
import { performAct } from './perform-act.ts';
import { readPending } from './read-pending.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import { triageFor } from './triage/triage-for.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const id = 'a'.repeat(26);
const lock = (version: string): string =>
  `{"name":"x","lockfileVersion":3,"packages":{"":{"name":"x","dependencies":{"left-pad":"${version}"}},"node_modules/left-pad":{"version":"${version}"}}}`;
const owned = (team: string): Record<string, string> => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: x }\nspec: { type: service, owner: ${team} }\n`,
});
const anybody = (name: string, ...permissions: Permission[]): Actor => ({
  id: `person:${name}`,
  kind: 'person',
  grants: new Map(permissions.map((each) => [each, 'office'])),
});
const security = anybody('sec', 'incidents:write', 'findings:propose');

async function perform(office: TestOffice, act: string, body: object, words: object | null): Promise<object> {
  const kind = actKindOf(act);
  if (kind === undefined) throw new Error(`There is no act ${act}.`);
  const live = openLiveDesk();
  const done = await performAct(office.context, live, await loadEstate(office.context.store), {
    kind,
    body: kind.body.parse(body),
    words: kind.words === null ? null : kind.words.parse(words),
    actor: security,
    visibility: seesAll,
    expects: null,
  });
  await afterAct(office.context, live.desk, act);
  await readPending(office.context);
  return done;
}

async function standing(office: TestOffice): Promise<{ readonly rows: readonly string[]; readonly teams: readonly object[] }> {
  const estate = await loadEstate(office.context.store);
  const incident = (await openLiveDesk().catchUp(office.context.store)).incidents.get(id);
  if (incident === undefined) throw new Error('The incident is not on the desk.');
  const rows = await incidentRows(office.context.store, await triageFor(office.context, estate), incident, seesAll);
  return {
    rows: rows.map((row) => [estate.components[row.component]?.name, row.state, row.versions.join(','), row.answer?.says ?? '-'].join(' ')).sort(),
    teams: incidentTeams(estate, rows),
  };
}

describe.each(testStores())('an incident on $name', (kind) => {
  it('asks every owner before any CVE exists, takes answers, and becomes one with the CVE', { timeout: 60_000 }, async () => {
    const opened = await kind.open();
    try {
      const office = openTestOffice(opened, gateway);
      office.at('2026-03-01T08:00Z');
      await office.scan({ 'package-lock.json': lock('1.0.0'), ...owned('payments') }, { name: 'pay' });
      await office.scan({ 'package-lock.json': lock('1.2.0'), ...owned('trading') }, { name: 'trade' });
      await office.scan({ 'package-lock.json': lock('1.3.0'), ...owned('trading') }, { name: 'safe' });

      office.at('2026-03-02T09:00Z');
      const affected = { package: 'pkg:npm/left-pad', fixed: '1.3.0' };
      expect(await perform(office, 'open-incident', { id, affected, severity: 'critical' }, { title: 'left-pad calls home' })).toMatchObject({
        subject: `incident:${id}`,
      });
      // Nobody was looked at since, so the safe one cannot be said to be safe.
      expect((await standing(office)).rows).toEqual(['pay exposed 1.0.0 -', 'safe not-scanned  -', 'trade exposed 1.2.0 -']);

      office.at('2026-03-02T10:00Z');
      await office.scan({ 'package-lock.json': lock('1.3.0'), ...owned('trading') }, { name: 'safe' });
      await perform(office, 'answer-incident', { incident: id, component: 'component:test/pay', says: 'in-work' }, { note: 'Raising it now.' });
      const asked = await standing(office);
      expect(asked.rows).toEqual(['pay exposed 1.0.0 in-work', 'trade exposed 1.2.0 -']);
      expect(asked.teams).toMatchObject([
        { team: 'trading', exposed: 1, answered: 0, noAnswer: 1 },
        { team: 'payments', exposed: 1, answered: 1, noAnswer: 0 },
      ]);
      const before = await office.episodes();
      expect(before.filter((line) => line.includes('open'))).toHaveLength(2);

      // The next day the CVE is published and the incident is given its name: one finding each, with the clock of the first hour.
      office.at('2026-03-03T09:00Z');
      await office.sync({
        id: 'CVE-2026-00001',
        modified: '2026-03-03T00:00:00Z',
        published: '2026-03-03T00:00:00Z',
        affected: [
          { package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.3.0' }] }] },
        ],
      });
      await perform(office, 'name-incident', { incident: id, alias: 'CVE-2026-00001' }, null);
      const merged = (await office.episodes()).filter((line) => line.includes('open'));
      expect(merged.map((line) => line.split(' exposed')[0])).toEqual([
        'pay left-pad OWN-2026-AAAAAA #1 2026-03-02T09:00..open',
        'trade left-pad OWN-2026-AAAAAA #1 2026-03-02T09:00..open',
      ]);

      office.at('2026-03-04T09:00Z');
      await office.scan({ 'package-lock.json': lock('1.3.0'), ...owned('payments') }, { name: 'pay' });
      // It is found out that 1.3.0 is bad, too, and then that it was not.
      const correct = async (fixed: string): Promise<object> =>
        perform(office, 'correct-incident', { incident: id, affected: { introduced: null, fixed, versions: [] } }, { reason: 'Looked again.' });
      office.at('2026-03-04T10:00Z');
      await correct('1.3.1');
      expect((await standing(office)).rows).toEqual(['pay exposed 1.0.0,1.3.0 in-work', 'safe exposed 1.3.0 -', 'trade exposed 1.2.0 -']);
      office.at('2026-03-04T11:00Z');
      await correct('1.3.0');
      expect((await standing(office)).rows).toEqual(['pay gone 1.0.0 in-work', 'trade exposed 1.2.0 -']);
      expect(await perform(office, 'close-incident', { incident: id, as: 'over' }, { lessons: 'Ask owners of the second line too.' })).toMatchObject({
        subject: `incident:${id}`,
      });
      expect(await perform(office, 'answer-incident', { incident: id, component: 'component:test/trade', says: 'acknowledged' }, {})).toMatchObject({
        refusal: 'invalid',
      });
    } finally {
      await opened.drop();
    }
  });

  it('that was a false alarm takes its advisory and the findings back, and publishing is done once', { timeout: 60_000 }, async () => {
    const opened = await kind.open();
    try {
      const office = openTestOffice(opened, gateway);
      office.at('2026-03-01T08:00Z');
      await office.scan({ 'package-lock.json': lock('1.0.0') }, { name: 'pay' });
      await perform(
        office,
        'open-incident',
        { id, affected: { package: 'pkg:npm/left-pad', versions: ['1.0.0'] }, severity: 'high' },
        { title: 'A rumour' },
      );
      const desk = await openLiveDesk().catchUp(office.context.store);
      expect(await publishOwnAdvisories(office.context, desk)).toBe(0);
      office.at('2026-03-01T12:00Z');
      await perform(office, 'close-incident', { incident: id, as: 'false-alarm' }, { lessons: 'The report was about another package.' });
      expect((await office.episodes()).map((line) => line.split(' exposed')[0])).toEqual([
        'pay left-pad OWN-2026-AAAAAA #1 2026-03-01T08:00..2026-03-01T12:00 withdrawn',
      ]);
    } finally {
      await opened.drop();
    }
  });
});
