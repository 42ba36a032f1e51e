import { describe, expect, it } from 'vitest';
import type { AffectedPackage, OsvEvent } from '#model/advisory.ts';
import { dropAdvisory, emptyIndex, matchesOf, putAdvisory, type AdvisoryIndex, type IndexedRecord } from './advisory-index.ts';

function affected(ecosystem: string, name: string, events: readonly OsvEvent[], versions: readonly string[] = []): AffectedPackage {
  return { ecosystem, name, ranges: events.length === 0 ? [] : [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events }], versions };
}

function record(id: string, ...entries: readonly AffectedPackage[]): IndexedRecord {
  return { id, withdrawn: null, affected: entries };
}

function indexOf(...records: readonly IndexedRecord[]): AdvisoryIndex {
  const index = emptyIndex();
  for (const each of records) putAdvisory(index, each);
  return index;
}

const log4j = 'org.apache.logging.log4j:log4j-core';
const log4shell = record(
  'GHSA-jfh8-c2jp-5v3q',
  affected('Maven', log4j, [{ introduced: '2.13.0' }, { fixed: '2.15.0' }]),
  affected('Maven', log4j, [{ introduced: '2.4' }, { fixed: '2.12.2' }]),
  affected('Maven', log4j, [{ introduced: '2.0-beta9' }, { fixed: '2.3.1' }]),
);
const lodash = record('GHSA-35jh-r3h4-6jhm', affected('npm', 'lodash', [{ introduced: '0' }, { fixed: '4.17.21' }]));
const requests = record('GHSA-j8r2-6x86-q33q', affected('PyPI', 'requests', [{ introduced: '2.3.0' }, { fixed: '2.31.0' }]));

describe('matchesOf', () => {
  const index = indexOf(log4shell, lodash, requests);

  const hits: readonly (readonly [ecosystem: string, name: string, version: string, id: string, range: string, fixedIn: string])[] = [
    ['Maven', log4j, '2.14.1', 'GHSA-jfh8-c2jp-5v3q', '>=2.13.0 <2.15.0', '2.15.0'],
    ['Maven', log4j, '2.12.1', 'GHSA-jfh8-c2jp-5v3q', '>=2.4 <2.12.2', '2.12.2'],
    ['Maven', log4j, '2.0-beta9', 'GHSA-jfh8-c2jp-5v3q', '>=2.0-beta9 <2.3.1', '2.3.1'],
    ['npm', 'lodash', '4.17.20', 'GHSA-35jh-r3h4-6jhm', '<4.17.21', '4.17.21'],
    ['PyPI', 'Requests', '2.30.0', 'GHSA-j8r2-6x86-q33q', '>=2.3.0 <2.31.0', '2.31.0'],
  ];
  it.each(hits)('finds %s %s %s affected, with the range and the nearest fix of its branch', (ecosystem, name, version, recordId, range, fixedIn) => {
    expect(matchesOf(index, ecosystem, name, version)).toEqual([{ recordId, kind: 'affected', by: 'range', range, fixedIn }]);
  });

  it.each([
    ['Maven', log4j, '2.15.0'],
    ['Maven', log4j, '2.12.2'],
    ['Maven', log4j, '2.0-beta8'],
    ['npm', 'lodash', '4.17.21'],
    ['PyPI', 'requests', '2.31.0'],
    ['PyPI', 'lodash', '4.17.20'],
    ['npm', 'constructor', '1.0.0'],
  ])('finds nothing for %s %s %s', (ecosystem, name, version) => {
    expect(matchesOf(index, ecosystem, name, version)).toEqual([]);
  });

  it.each([
    ['Debian:12', 'openssl', '3.0.11-1~deb12u1', 'DSA-1', '<3.0.11-1~deb12u2'],
    ['Ubuntu:22.04:LTS', 'openssl', '3.0.2-0ubuntu1.9', 'USN-1', '<3.0.2-0ubuntu1.10'],
    ['Alpine:v3.19', 'openssl', '3.1.4-r4', 'ALPINE-1', '<3.1.4-r5'],
    ['Red Hat:enterprise_linux:9', 'openssl', '1:3.0.7-24.el9', 'RHSA-1', '<1:3.0.7-25.el9_3'],
    ['SUSE:Linux Enterprise Server 15 SP5', 'openssl-3', '3.0.8-150500.5.8.1', 'SUSE-SU-1', '<3.0.8-150500.5.20.1'],
    ['Julia', 'OpenSSL_jll', '3.0.12+0', 'JLSEC-1', '<3.0.12+1'],
  ])('finds %s %s %s affected by the order of its own tool', (ecosystem, name, version, recordId, range) => {
    const fixed = range.slice(1);
    const named = new Map([
      ['Ubuntu:22.04:LTS', 'Ubuntu:Pro:22.04:LTS'],
      ['Red Hat:enterprise_linux:9', 'Red Hat:enterprise_linux:9::baseos'],
      ['SUSE:Linux Enterprise Server 15 SP5', 'SUSE:Linux Enterprise Module for Basesystem 15 SP5'],
    ]);
    const own = indexOf(record(recordId, affected(named.get(ecosystem) ?? ecosystem, name, [{ introduced: '0' }, { fixed }])));
    expect(matchesOf(own, ecosystem, name, version)).toEqual([{ recordId, kind: 'affected', by: 'range', range, fixedIn: fixed }]);
    expect(matchesOf(own, ecosystem, name, fixed)).toEqual([]);
  });

  it('says unknown, never clean, of a version that is not resolved or not understood', () => {
    const unknown = [{ recordId: 'GHSA-35jh-r3h4-6jhm', kind: 'unknown', by: 'range', range: '', fixedIn: null }];
    expect(matchesOf(index, 'npm', 'lodash', null)).toEqual(unknown);
    expect(matchesOf(index, 'npm', 'lodash', 'latest')).toEqual(unknown);
  });

  it('says unknown where this build knows no order of versions', () => {
    const other = indexOf(record('X-1', affected('NoSuchEcosystem', 'openssl', [{ introduced: '0' }, { fixed: '1:3.0' }])));
    expect(matchesOf(other, 'NoSuchEcosystem', 'openssl', '1:2.9')).toMatchObject([{ kind: 'unknown' }]);
  });

  it('finds a listed version affected outside of all ranges', () => {
    const listed = indexOf(record('PYSEC-1', affected('PyPI', 'a', [{ introduced: '2.0' }, { fixed: '2.1' }], ['1.0', '1.1'])));
    expect(matchesOf(listed, 'PyPI', 'a', '1.1')).toEqual([{ recordId: 'PYSEC-1', kind: 'affected', by: 'versions', range: '=1.1', fixedIn: '2.1' }]);
    expect(matchesOf(listed, 'PyPI', 'a', '1.2')).toEqual([]);
  });

  it('gives no fix where the record knows none above the version', () => {
    const open = indexOf(record('A', affected('npm', 'b', [{ introduced: '1.0.0' }])), record('B', affected('npm', 'b', [{ introduced: '0' }])));
    expect(matchesOf(open, 'npm', 'b', '1.5.0').map(({ recordId, range, fixedIn }) => [recordId, range, fixedIn])).toEqual([
      ['A', '>=1.0.0', null],
      ['B', '*', null],
    ]);
  });

  it('goes past a fix that another entry of the record calls affected', () => {
    const chained = indexOf(
      record(
        'A',
        affected('npm', 'c', [{ introduced: '1.0.0' }, { fixed: '2.0.0' }]),
        affected('npm', 'c', [{ introduced: '2.0.0' }, { fixed: '2.0.3' }]),
      ),
    );
    expect(matchesOf(chained, 'npm', 'c', '1.4.0')).toMatchObject([{ range: '>=1.0.0 <2.0.0', fixedIn: '2.0.3' }]);
  });

  it('keeps the releases of a distribution apart and asks all of them where none is named', () => {
    const debian = indexOf(
      record('DSA-11', affected('Debian:11', 'curl', [], ['7.74.0-1'])),
      record('DSA-12', affected('Debian:12', 'curl', [], ['7.74.0-1'])),
      record('DSA-any', affected('Debian', 'curl', [], ['7.74.0-1'])),
    );
    const ids = (ecosystem: string) => matchesOf(debian, ecosystem, 'curl', '7.74.0-1').map((match) => match.recordId);
    expect(ids('Debian:12')).toEqual(['DSA-12', 'DSA-any']);
    expect(ids('Debian:1')).toEqual(['DSA-any']);
    expect(ids('Debian')).toEqual(['DSA-11', 'DSA-12', 'DSA-any']);
  });
});

describe('putAdvisory', () => {
  it('replaces what the index held under the same id', () => {
    const index = indexOf(lodash);
    putAdvisory(index, record('GHSA-35jh-r3h4-6jhm', affected('npm', 'lodash-es', [{ introduced: '0' }])));
    expect(matchesOf(index, 'npm', 'lodash', '4.17.20')).toEqual([]);
    expect(matchesOf(index, 'npm', 'lodash-es', '4.17.20')).toHaveLength(1);
  });

  it('lets a withdrawn record match nothing, and match again when it is restored', () => {
    const index = indexOf(lodash);
    putAdvisory(index, { ...lodash, withdrawn: '2022-01-01T00:00:00Z' });
    expect(matchesOf(index, 'npm', 'lodash', '4.17.20')).toEqual([]);
    putAdvisory(index, lodash);
    expect(matchesOf(index, 'npm', 'lodash', '4.17.20')).toHaveLength(1);
  });

  it('leaves nothing behind of a record that is dropped', () => {
    const index = indexOf(lodash, log4shell);
    dropAdvisory(index, 'GHSA-35jh-r3h4-6jhm');
    dropAdvisory(index, 'GHSA-jfh8-c2jp-5v3q');
    expect([index.byPackage.size, index.byRecord.size]).toEqual([0, 0]);
  });
});
