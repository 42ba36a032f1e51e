import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeOf } from '#language/scheme-of.ts';
import type { OsvEvent } from '#model/advisory.ts';
import { advisedPackage, type UpgradeRecord } from './advised-package.ts';
import { jumpOf } from './jump.ts';
import { isPreRelease, smallestSafe } from './smallest-safe.ts';

function record(id: string, ecosystem: string, ...ranges: readonly (readonly OsvEvent[])[]): UpgradeRecord {
  return { id, affected: ranges.map((events) => ({ ecosystem, name: 'p', ranges: [{ type: 'ECOSYSTEM', events }], versions: [] })) };
}

// The ranges of four log4j-core advisories, the first two with the branches that were fixed for old Java.
const log4j = [
  record('CVE-2021-44228', 'Maven', [{ introduced: '2.13.0' }, { fixed: '2.15.0' }], [{ introduced: '2.4' }, { fixed: '2.12.2' }]),
  record('CVE-2021-45046', 'Maven', [{ introduced: '2.13.0' }, { fixed: '2.16.0' }], [{ introduced: '2.0' }, { fixed: '2.12.2' }]),
  record('CVE-2021-45105', 'Maven', [{ introduced: '2.13.0' }, { fixed: '2.17.0' }], [{ introduced: '2.4' }, { fixed: '2.12.3' }]),
  record('CVE-2021-44832', 'Maven', [{ introduced: '2.13.0' }, { fixed: '2.17.1' }], [{ introduced: '2.4' }, { fixed: '2.12.4' }]),
];

describe('smallestSafe', () => {
  it.each<
    readonly [
      what: string,
      ecosystem: string,
      records: readonly UpgradeRecord[],
      affected: readonly string[],
      inUse: readonly string[],
      expected: object,
    ]
  >([
    ['goes past fixes that a later advisory hits', 'Maven', log4j, ['2.14.1'], [], { kind: 'upgrade', to: '2.17.1' }],
    ['stays on the branch that has its own fix', 'Maven', log4j, ['2.11.0'], [], { kind: 'upgrade', to: '2.12.4' }],
    ['covers the highest of several versions', 'Maven', log4j, ['2.11.0', '2.14.1'], [], { kind: 'upgrade', to: '2.17.1' }],
    [
      'takes a version in use that comes earlier',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { last_affected: '1.2.0' }])],
      ['1.0.0'],
      ['1.3.0', '2.0.0'],
      { kind: 'upgrade', to: '1.3.0' },
    ],
    [
      'takes a release before an earlier pre-release',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0-rc.1' }])],
      ['1.0.0'],
      ['2.0.0'],
      { kind: 'upgrade', to: '2.0.0' },
    ],
    [
      'takes a pre-release where nothing else is known',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0-rc.1' }])],
      ['1.0.0'],
      [],
      { kind: 'upgrade', to: '2.0.0-rc.1' },
    ],
    [
      'says who stands in the way',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0' }]), record('B', 'npm', [{ introduced: '0' }])],
      ['1.0.0'],
      ['3.0.0'],
      { kind: 'all-affected', against: ['B'] },
    ],
    ['says that no version above is known', 'npm', [record('A', 'npm', [{ introduced: '0' }])], ['1.0.0'], ['0.9.0'], { kind: 'none-known' }],
    [
      'does not trust a version of which a record cannot tell',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0' }]), record('B', 'npm', [{ introduced: 'what' }])],
      ['1.0.0'],
      [],
      { kind: 'all-affected', against: ['B'] },
    ],
    [
      'says nothing where versions have no order',
      'Unheard',
      [record('A', 'Unheard', [{ introduced: '0' }, { fixed: '2' }])],
      ['1'],
      [],
      { kind: 'no-order' },
    ],
    [
      'says nothing where a version in use is none',
      'npm',
      [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0' }])],
      ['1.0.0', 'main'],
      [],
      { kind: 'no-order' },
    ],
  ])('%s', (_, ecosystem, records, affected, inUse, expected) => {
    expect(smallestSafe(advisedPackage(ecosystem, 'p', records), schemeOf(ecosystem), affected, inUse)).toEqual(expected);
  });

  it('passes over a version whose licence fails, and says so where no other is left', () => {
    const advised = advisedPackage('npm', 'p', [record('A', 'npm', [{ introduced: '0' }, { fixed: '2.0.0' }])]);
    const fails = (version: string): string | null => (version === '2.0.0' ? 'SSPL-1.0' : null);
    expect(smallestSafe(advised, schemeOf('npm'), ['1.0.0'], ['2.1.0'], fails)).toEqual({ kind: 'upgrade', to: '2.1.0' });
    expect(smallestSafe(advised, schemeOf('npm'), ['1.0.0'], [], fails)).toEqual({ kind: 'licence-fails', to: '2.0.0', licence: 'SSPL-1.0' });
  });

  it('never proposes a version that a record affects, nor one that is not above every version affected, and none below it would do', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((numbers) => numbers.join('.'));
    const event = fc.oneof(
      version.map((introduced): OsvEvent => ({ introduced })),
      version.map((fixed): OsvEvent => ({ fixed })),
      version.map((last): OsvEvent => ({ last_affected: last })),
    );
    const range = fc.array(event, { maxLength: 4 }).map((events): readonly OsvEvent[] => [{ introduced: '0' }, ...events]);
    const ranges = fc.array(range, { minLength: 1, maxLength: 2 });
    const scheme = schemeOf('npm');
    let upgrades = 0;
    fc.assert(
      fc.property(
        fc.array(ranges, { minLength: 1, maxLength: 4 }),
        fc.array(version, { minLength: 1, maxLength: 3 }),
        fc.array(version),
        (all, affected, inUse) => {
          const advised = advisedPackage(
            'npm',
            'p',
            all.map((each, at) => record(`R-${String(at)}`, 'npm', ...each)),
          );
          const found = smallestSafe(advised, scheme, affected, inUse);
          if (found.kind !== 'upgrade') return;
          upgrades += 1;
          expect(advised.against(found.to)).toEqual([]);
          for (const each of affected) expect(scheme?.compare(found.to, each)).toBe(1);
          const lower = [...advised.fixes, ...inUse].filter(
            (each) => scheme?.compare(each, found.to) === -1 && affected.every((hit) => scheme.compare(each, hit) === 1),
          );
          for (const each of lower) expect(advised.against(each)).not.toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
    expect(upgrades).toBeGreaterThan(50);
  });
});

describe('jumpOf', () => {
  it.each([
    ['1.2.3', '1.2.4', { size: 'patch', majors: 0 }],
    ['1.2.3', '1.3.0', { size: 'minor', majors: 0 }],
    ['1.2.3', '4.0.0', { size: 'major', majors: 3 }],
    ['0.3.1', '0.4.0', { size: 'major', majors: 0 }],
    ['0.3.1', '0.3.2', { size: 'patch', majors: 0 }],
    ['v1.9.0', '2.0', { size: 'major', majors: 1 }],
    ['2', '2.1', { size: 'minor', majors: 0 }],
    ['1!2.0', '2!1.0', { size: 'major', majors: 1 }],
    ['main', '1.0.0', null],
  ])('from %s to %s is %j', (from, to, expected) => {
    expect(jumpOf(from, to)).toEqual(expected);
  });
});

describe('isPreRelease', () => {
  it.each([
    ['2.0.0-rc.1', true],
    ['4.2a1', true],
    ['2.0-M3', true],
    ['1.0.0.Beta1', true],
    ['1.0.0-beta1', true],
    ['0.0.0-20200622213623-75b288015ac9', false],
    ['31.1-jre', false],
    ['2.17.1', false],
  ])('of %s is %s', (version, expected) => {
    expect(isPreRelease(version)).toBe(expected);
  });
});
