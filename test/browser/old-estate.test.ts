import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { Notify } from '#operations/notify-configuration.ts';
import { noticesFollower } from '#operations/notify/follow-notices.ts';
import { sendDeliveries } from '#operations/notify/send-deliveries.ts';
import { openMailServer, type TestMailServer } from '#operations/notify/test-receivers.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { asOffice, personId } from '#operations/test-people.ts';
import type { Clocks } from '#server/schemas/clocks.ts';
import { openTestServer } from '#server/test-server.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { startChromium } from './chromium.ts';

const longMs = 180_000;
const web = path.resolve(import.meta.dirname, '../../dist/web');
const teams = ['payments', 'trading', 'platform'] as const;
const perComponent = 60;
const high = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const low = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';

let opened: OpenTestStore;
let gateway: ReturnType<typeof openGateway>;
let office: TestOffice;
let mail: TestMailServer;
beforeAll(async () => {
  const [store] = testStores();
  opened = await store.open();
  gateway = openGateway({ workers: 1 });
  office = openTestOffice(opened, gateway);
  mail = await openMailServer();
}, longMs);
afterAll(async () => {
  await mail.close();
  gateway.close();
  await opened.drop();
}, longMs);

it(
  'the first look at an old estate sends no flood: a dated plan for each team, a clock only for what is malicious or exploited',
  { timeout: longMs },
  async () => {
    // A Tuesday morning. Everybody of a team has an address, and the channel is there before anything is read.
    office.at('2021-06-01T07:30Z');
    for (const team of teams) {
      const person = { id: personId(team), name: team, user: team, email: `${team}@acme.example` };
      const live = openLiveDesk();
      await asOffice(office.context, live, 'record-people', { source: 'local', people: [{ id: person.id, teams: [team] }] }, { people: [person] });
      await asOffice(office.context, live, 'grant-role', { id: `g${team}`.padEnd(26, 'x'), person: person.id, role: 'developer' });
    }
    const follow = noticesFollower();
    const notify = Notify.parse({
      office: 'https://office.acme.example/',
      channels: [{ kind: 'mail', name: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'guildhall@acme.example' }],
    });
    const look = async (time: string): Promise<void> => {
      office.at(time);
      await follow(office.context, notify);
      const desk = () => openLiveDesk().catchUp(office.context.store);
      await sendDeliveries(office.context, { notify, access: { proxy: null, caFile: null }, desk });
    };
    await look('2021-06-01T07:31Z');
    await office.sync(
      ...Array.from({ length: perComponent }, (_, at) =>
        advisory(`GHSA-olda-aaaa-${String(at).padStart(4, '0')}`, `old-${String(at)}`, at % 3 === 0 ? high : low),
      ),
      advisory('MAL-2021-1', 'bad-words', high),
      { ...advisory('GHSA-kevk-kevk-kevk', 'old-and-hunted', high), aliases: ['CVE-2021-11111'] },
    );
    await office.context.store.write(async (tx) => {
      await tx.putEnrichment([{ cve: 'CVE-2021-11111', kev_added: '2021-05-20', epss: null, epss_percentile: null, epss_date: null }]);
      await tx.appendChange('kev', { cves: ['CVE-2021-11111'] }, 0);
    });
    const old = Array.from({ length: perComponent }, (_, at) => `old-${String(at)}`);
    office.at('2021-06-01T09:00Z');
    for (const team of teams) {
      await office.scan(filesOf(team, old), { name: `${team}-one` });
      await office.scan(filesOf(team, [...old, ...(team === 'payments' ? ['bad-words'] : []), ...(team === 'trading' ? ['old-and-hunted'] : [])]), {
        name: `${team}-two`,
      });
    }

    // Four working days, looked at in the morning and in the evening; each day brings something small to everybody.
    for (const day of ['01', '02', '03', '04']) {
      await look(`2021-06-${day}T09:30Z`);
      office.at(`2021-06-${day}T10:00Z`);
      await office.sync(advisory(`GHSA-news-news-${day.padStart(4, '0')}`, `old-${day.slice(1)}`, low));
      await look(`2021-06-${day}T11:00Z`);
      await look(`2021-06-${day}T18:00Z`);
    }
    const subjects = mail.mails.map(({ to, text }) =>
      `${to.join()} ${/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(text)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? ''}`.replaceAll('@acme.example', ''),
    );
    const urgent = subjects.filter((each) => !each.includes('Digest'));
    expect(urgent.sort()).toEqual([
      'payments [Guildhall] Malicious package in use: MAL-2021-1 in bad-words',
      'payments [Guildhall] Overdue: MAL-2021-1 in bad-words',
      'trading [Guildhall] Known to be exploited: CVE-2021-11111 in old-and-hunted',
    ]);
    const digests = subjects.filter((each) => each.includes('Digest'));
    expect(digests.length).toBe(new Set(digests).size);
    expect(digests.sort()).toEqual(
      teams.flatMap((team) => ['01', '02', '03', '04'].map((day) => `${team} [Guildhall] Digest: ${team}, 2021-06-${day}`)).sort(),
    );
    expect(await office.context.store.deliveries.list(null)).toHaveLength(mail.mails.length);

    const server = await openTestServer(office, [], null, web);
    const browser = await startChromium();
    try {
      // What came on the first day belongs to the first look, too; what is malicious is overdue by now.
      const clocks = (await (await server.ask('/v1/clocks')).json()) as Clocks;
      expect([clocks.running.count, clocks.baseline.count, clocks.overdue.count]).toEqual([2, 6 * (perComponent + 1), 1]);
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(await server.loginLink());
      await page.goto(`${server.url}/sla`);
      for (const team of teams) await page.getByRole('row', { name: `${team} 122 120 0 5 25 Jun 2021 3 Dec 2021` }).waitFor();
      await page
        .getByRole('row', { name: /^platform 122 120/ })
        .getByRole('link', { name: '122' })
        .click();
      await page.getByText('122 open').waitFor();
      await page
        .getByText(/planned/)
        .first()
        .waitFor();
    } finally {
      await browser.close();
      await server.close();
    }
  },
);

function filesOf(team: string, names: readonly string[]): Readonly<Record<string, string>> {
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  return {
    'package-lock.json': JSON.stringify({ name: 'x', lockfileVersion: 3, packages: { '': { name: 'x' }, ...packages } }),
    CODEOWNERS: `* @acme/${team}\n`,
  };
}

function advisory(id: string, name: string, vector: string): object {
  const at = new Date(office.context.clock() - 1000).toISOString();
  return {
    ...{ id, aliases: [], modified: at, published: at, summary: `Something is wrong in ${name}` },
    severity: [{ type: 'CVSS_V3', score: vector }],
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.1' }] }] }],
  };
}
