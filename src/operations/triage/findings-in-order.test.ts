import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions } from '#model/action.ts';
import { clockKinds } from '#desk/clocks/clock-kind.ts';
import { triageStates } from '#desk/triage/triage-state.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll, type Visibility } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { loadEstate } from '../follow-estate.ts';
import { openTestOffice } from '../test-office.ts';
import { deskFields } from './desk-fields.ts';
import { findingKeyIn, findingsInOrder, findingsWanted, type FindingFilter, type FindingKey } from './findings-in-order.ts';
import type { Triage } from './live-triage.ts';
import { triageFor } from './triage-for.ts';

const everything: FindingFilter = {
  isComponent: null,
  groups: null,
  packageSlot: null,
  state: null,
  action: null,
  clock: null,
  dueUntil: null,
  notDueUntil: null,
  rest: null,
};
const packages = ['alpha', 'beta', 'gamma', 'delta'];
const lockfile = (versions: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: versions },
      ...Object.fromEntries(Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }])),
    },
  });
const record = (id: string, name: string, score: string | null): object => ({
  id,
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: [],
  severity: score === null ? [] : [{ type: 'CVSS_V3', score }],
  affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }] }],
});
const codes = (words: readonly string[], ...wanted: string[]): Uint8Array => Uint8Array.from(words, (word) => (wanted.includes(word) ? 1 : 0));
const severe = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const slight = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';

describe('open findings in an order', () => {
  let opened: OpenTestStore;
  let triage: Triage;
  const gateway = openGateway({ workers: 1 });
  beforeAll(async () => {
    opened = await testStores()[0].open();
    const office = openTestOffice(opened, gateway);
    office.at('2021-06-01T09:00Z');
    await office.sync(record('GHSA-aaaa-aaaa-aaaa', 'alpha', severe), record('GHSA-bbbb-bbbb-bbbb', 'alpha', slight));
    for (const [index, owner] of ['payments', 'web', null, 'web', 'audit'].entries()) {
      const files = owner === null ? {} : { CODEOWNERS: `* @acme/${owner}\n` };
      const versions = Object.fromEntries(packages.slice(0, 1 + (index % 4)).map((name) => [name, '1.0.0']));
      await office.scan({ 'package-lock.json': lockfile(versions), ...files }, { name: `shop-${String(9 - index)}` });
    }
    office.at('2021-06-10T09:00Z');
    await office.sync(
      record('GHSA-cccc-cccc-cccc', 'beta', severe),
      record('GHSA-dddd-dddd-dddd', 'gamma', null),
      record('GHSA-eeee-eeee-eeee', 'delta', severe),
    );
    await office.context.store.write(async (tx) => {
      await tx.putEnrichment([{ cve: 'CVE-2021-0001', kev_added: null, epss: 0.5, epss_percentile: 0.9, epss_date: '2021-06-30' }]);
    });
    triage = await triageFor(office.context, await loadEstate(office.context.store));
  });
  afterAll(async () => {
    gateway.close();
    await opened.drop();
  });

  const said = (place: FindingPlace): string => {
    const { estate } = triage.judging;
    const of = estate.findings[place.component];
    const group = estate.groups[of?.group[place.row] ?? 0]?.key.slice(5, 6);
    return `${estate.components[place.component]?.name ?? ''}${group ?? ''}`;
  };
  function paged(sort: string, visibility: Visibility, filter: FindingFilter, most: number): readonly FindingPlace[] {
    const all: FindingPlace[] = [];
    for (let after: FindingKey | null = null; ;) {
      const { places, total } = findingsInOrder(triage, visibility, { filter, sort, after, most });
      expect(total).toBe([...findingsWanted(triage, visibility, filter)].length);
      all.push(...places);
      const last = places.at(-1);
      if (last === undefined) return all;
      after = findingKeyIn(triage, sort, last);
    }
  }

  it.each(
    ['severity', 'risk', 'due', 'opened', 'component', 'package', 'team', 'epss', 'cvss'].flatMap((sort) => [
      [sort, seesAll],
      [`-${sort}`, seesAll],
      [sort, { kind: 'teams', teams: new Set(['web']) } as const],
    ]) as (readonly [string, Visibility])[],
  )('by %s, page after page, are each there once and in that order', (sort, visibility) => {
    const whole = paged(sort, visibility, everything, 1000);
    expect(whole).toHaveLength(visibility.kind === 'all' ? 16 : 8);
    for (const most of [1, 3, 7]) expect(paged(sort, visibility, everything, most)).toEqual(whole);
    const keys = whole.map((place) => findingKeyIn(triage, sort, place));
    const sign = sort.startsWith('-') ? -1 : 1;
    const before = (a: FindingKey, b: FindingKey): boolean => {
      if (a[0] !== b[0]) return (a[0] ?? 0) < (b[0] ?? 0) === (sign === 1);
      const at = a.findIndex((value, index) => index > 0 && value !== b[index]);
      return (a[at] ?? 0) < (b[at] ?? 0);
    };
    expect(keys.slice(1).every((key, at) => before(keys[at] ?? [], key))).toBe(true);
  });

  it.each([
    ['risk', 'shop-6c shop-6e shop-7c shop-8c'],
    ['due', 'shop-6c shop-6e shop-7c shop-8c'],
    ['-cvss', 'shop-5a shop-6a shop-7a shop-8a'],
    ['package', 'shop-5a shop-6a shop-7a shop-8a'],
    ['-team', 'shop-6a shop-8a shop-6c shop-6e'],
  ])('by %s begin with %s', (sort, first) => {
    expect(paged(sort, seesAll, everything, 4).slice(0, 4).map(said).join(' ')).toBe(first);
  });

  it.each<[name: string, filter: Partial<FindingFilter>, expected: number]>([
    ['that ask for an act', { action: codes(actions, 'act') }, 9],
    ['with a clock that runs', { clock: codes(clockKinds, 'running') }, 4],
    ['due by the end of June', { dueUntil: Date.parse('2021-06-30') / 60_000 }, 4],
    ['not due by then', { notDueUntil: Date.parse('2021-06-30') / 60_000 }, 12],
  ])('%s', (_, filter, expected) => {
    const wanted = { ...everything, ...filter };
    expect([...findingsWanted(triage, seesAll, wanted)]).toHaveLength(expected);
    expect(paged('risk', seesAll, wanted, 2)).toHaveLength(expected);
  });

  it.each<[name: string, sort: string, filter: Partial<FindingFilter>, expected: string]>([
    ['one action', 'risk', { action: codes(actions, 'attend') }, 'shop-6d shop-7d'],
    [
      'an action and a clock',
      '-opened',
      { action: codes(actions, 'act'), clock: codes(clockKinds, 'baseline') },
      'shop-5a shop-6a shop-7a shop-8a shop-9a',
    ],
    [
      'a clock and a day',
      'package',
      { clock: codes(clockKinds, 'running'), dueUntil: Date.parse('2021-06-18') / 60_000 },
      'shop-6c shop-7c shop-8c shop-6e',
    ],
    ['no state', 'team', { state: codes(triageStates) }, ''],
    [
      'an action, of the first row of each',
      '-component',
      { action: codes(actions, 'act'), rest: (_, row) => row === 0 },
      'shop-9a shop-8a shop-7a shop-6a shop-5a',
    ],
  ])('that are wanted by %s are found, and no other', (_, sort, filter, expected) => {
    const wanted = { ...everything, ...filter };
    expect(paged(sort, seesAll, wanted, 2).map(said).join(' ')).toBe(expected);
    const seen = triage.judging.estate.components.map((each) => each.team === 'web');
    expect(paged(sort, { kind: 'teams', teams: new Set(['web']) }, wanted, 2)).toEqual(
      paged(sort, seesAll, wanted, 100).filter((place) => seen[place.component]),
    );
  });

  it('are the same when nothing changed, and show why they stand where they do', () => {
    const [first] = findingsInOrder(triage, seesAll, { filter: everything, sort: 'risk', after: null, most: 1 }).places;
    if (first === undefined) throw new Error('There is no finding.');
    expect(deskFields(triage, first)).toMatchObject({ action: 'act', clock: 'running', due: '2021-06-17T09:00:00.000Z' });
  });
});
