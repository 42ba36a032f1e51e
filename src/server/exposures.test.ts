import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exposures } from '#operations/exposure.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { openTestServer, type TestServer } from './test-server.ts';

/** GitHub's record of CVE-2021-44228, its newest range alone. */
const log4shell = {
  id: 'GHSA-jfh8-c2jp-5v3q',
  aliases: ['CVE-2021-44228'],
  published: '2021-12-10T00:40:56Z',
  modified: '2021-12-10T12:00:00Z',
  summary: 'Log4j evaluates lookups in logged text',
  affected: [
    {
      package: { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.13.0' }, { fixed: '2.15.0' }] }],
    },
  ],
};
const log4j = 'pkg:maven/org.apache.logging.log4j/log4j-core';

function pom(version: string | null): string {
  const dependency = `<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${version ?? ''}</version></dependency>`;
  return `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies>${version === null ? '' : dependency}</dependencies></project>`;
}

type Row = {
  readonly component: { readonly name: string };
  readonly certainty: string;
  readonly versions: readonly string[];
  readonly usedFrom: string;
  readonly from: string;
  readonly until: string | null;
  readonly days: number;
  readonly knownFrom: string;
  readonly after: readonly string[] | null;
  readonly endedBy: { readonly receipt: string; readonly revision: string | null } | null;
};
type Answer = { readonly items: readonly Row[]; readonly total: number; readonly components: object; readonly notObserved: number };

describe.each(testOffices())('who was exposed to an advisory, and until when, on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;

  beforeAll(async () => {
    opened = await open();
    ({ office } = opened);
    const owned = (files: Readonly<Record<string, string>>) => ({ ...files, CODEOWNERS: '* @acme/payments\n' });
    office.at('2022-02-01T08:00Z');
    await office.sync(log4shell);
    // Its past is read after its present, as a history is.
    await office.scan(owned({ 'pom.xml': pom('2.17.0') }), { name: 'pay', committed: '2021-12-20T09:00Z' });
    await office.scan(owned({ 'pom.xml': pom('2.13.3') }), { name: 'pay', committed: '2021-03-01T09:00Z' });
    await office.scan(owned({ 'pom.xml': pom('2.14.1') }), { name: 'pay', committed: '2021-12-11T09:00Z' });
    await office.scan(owned({ 'pom.xml': pom('2.15.0') }), { name: 'pay', committed: '2021-12-14T09:00Z' });
    await office.scan({ 'pom.xml': pom('2.14.1') }, { name: 'dropped', committed: '2021-11-01T09:00Z' });
    await office.scan({ 'pom.xml': pom(null) }, { name: 'dropped', committed: '2021-12-13T09:00Z' });
    await office.scan({ 'pom.xml': pom('2.14.1') }, { name: 'early', committed: '2021-06-01T09:00Z' });
    await office.scan({ 'pom.xml': pom('2.12.0') }, { name: 'early', committed: '2021-12-10T09:00Z' });
    await office.scan({ 'pom.xml': pom('2.14.1') }, { name: 'still', committed: '2022-01-05T09:00Z' });
    await office.scan({ 'pom.xml': pom('[2.14,3)') }, { name: 'vague', committed: '2021-10-01T09:00Z' });
    server = await openTestServer(office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const ask = async (words: string): Promise<Answer> =>
    (await (await server.ask(`/v1/exposures?advisory=CVE-2021-44228&sort=component${words}`)).json()) as Answer;
  const lineOf = ({ component, certainty, versions, usedFrom, from, until, after }: Row): string =>
    `${component.name} ${certainty} ${versions.join(',')} used ${usedFrom} exposed ${from}..${until ?? ''} ${after === null ? 'still' : `then ${after.join(',') || 'gone'}`}`;

  it('tells when each began and stopped being exposed, and what it moved to, from the day of publication on', async () => {
    const answer = await ask('');
    expect(answer.items.map(lineOf)).toEqual([
      'dropped affected 2.14.1 used 2021-11-01 exposed 2021-12-10..2021-12-13 then gone',
      'pay affected 2.13.3,2.14.1 used 2021-03-01 exposed 2021-12-10..2021-12-14 then 2.15.0',
      'still affected 2.14.1 used 2022-01-05 exposed 2022-01-05.. still',
      'vague unknown unresolved [2.14,3) used 2021-10-01 exposed 2021-12-10.. still',
    ]);
    expect(answer).toMatchObject({ components: { exposed: 3, still: 1, perhaps: 1 }, notObserved: 0 });
  });

  it('leaves those of one day, and says of whom nothing is known then', async () => {
    const answer = await ask('&asOf=2021-12-13');
    expect(answer.items.map((each) => each.component.name)).toEqual(['pay', 'vague']);
    expect(answer).toMatchObject({ total: 2, components: { exposed: 1, still: 0, perhaps: 1 }, notObserved: 1 });
    expect((await ask('&asOf=2021-12-09')).total).toBe(0);
  });

  it('names the revision that ended it and the day it was known', async () => {
    const [pay] = (await ask('&team=payments')).items;
    expect(pay).toMatchObject({ knownFrom: '2022-02-01T08:00:00.000Z', days: 4 });
    const receipt = (await (await server.ask(`/v1/receipts/${pay?.endedBy?.receipt ?? ''}`)).json()) as object;
    expect(receipt).toMatchObject({ validAt: '2021-12-14T09:00:00.000Z', revision: pay?.endedBy?.revision });
  });

  it('narrows to a package and a search, in the order asked for', async () => {
    expect((await ask(`&package=${log4j}&q=pay`)).items.map((each) => each.component.name)).toEqual(['pay']);
    expect((await ask('&package=pkg:npm/lodash')).total).toBe(0);
    const latest = (await (await server.ask('/v1/exposures?advisory=GHSA-jfh8-c2jp-5v3q&sort=-until')).json()) as Answer;
    expect(latest.items.map((each) => each.until)).toEqual([null, null, '2021-12-14', '2021-12-13']);
  });

  it('gives every row as a download', async () => {
    const csv = await (await server.ask('/v1/exposures?advisory=CVE-2021-44228&format=csv&sort=component')).text();
    expect(csv.split('\r\n')[1]).toMatch(
      /^component:test\/dropped,dropped,,pkg:maven\/org.apache.logging.log4j\/log4j-core,affected,2.14.1,2021-11-01,2021-12-10,2021-12-13,3,2022-02-01T08:00:00.000Z,,[0-9a-f]{40}$/,
    );
  });

  it('does not know an advisory that no record bears', async () => {
    expect((await server.ask('/v1/exposures?advisory=CVE-1999-0001')).status).toBe(404);
  });

  it('shows nothing of components that may not be seen', async () => {
    const { store } = office.context;
    const estate = await loadEstate(store);
    const seen = await exposures(store, estate, { kind: 'teams', teams: new Set(['payments']) }, { advisory: 'CVE-2021-44228', day: 18_600 });
    expect(seen).toMatchObject({ exposures: [], notObserved: ['component:test/pay'] });
    const ever = await exposures(store, estate, { kind: 'teams', teams: new Set(['payments']) }, { advisory: 'CVE-2021-44228', day: null });
    expect(ever?.exposures.map((each) => estate.components[each.component]?.name)).toEqual(['pay']);
  });
});
