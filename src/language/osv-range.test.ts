import { describe, expect, it } from 'vitest';
import type { AffectedPackage, OsvEvent } from '#model/advisory.ts';
import { judge } from './osv-range.ts';
import { schemeOf } from './scheme-of.ts';

function affected(ecosystem: string, ranges: readonly (readonly OsvEvent[])[], versions: readonly string[] = []): AffectedPackage {
  return { ecosystem, name: 'a', ranges: ranges.map((events) => ({ type: 'ECOSYSTEM', events })), versions };
}

const branches = affected('npm', [[{ fixed: '2.3.0' }, { introduced: '0' }, { introduced: '2.0.0' }, { fixed: '1.5.0' }]]);

describe('an affected entry', () => {
  it.each([
    ['0.0.1', '<1.5.0', '0', '1.5.0'],
    ['1.4.9', '<1.5.0', '0', '1.5.0'],
    ['2.0.0', '>=2.0.0 <2.3.0', '2.0.0', '2.3.0'],
  ])('with two branches in any order: %s is affected in %s, from %s, fixed in %s', (version, range, introduced, fixed) => {
    expect(judge(branches, version, schemeOf('npm'))).toStrictEqual({ kind: 'affected', by: 'range', range, introduced, fixed, lastAffected: null });
  });

  it.each(['1.5.0', '1.9.9', '2.3.0', '9.0.0'])('with two branches does not affect %s', (version) => {
    expect(judge(branches, version, schemeOf('npm'))).toStrictEqual({ kind: 'not-affected' });
  });

  it('includes the last affected version and names no fix after it', () => {
    const entry = affected('PyPI', [[{ introduced: '1.0' }, { last_affected: '2.0' }]]);
    expect(judge(entry, '2.0.0', schemeOf('PyPI'))).toStrictEqual({
      kind: 'affected',
      by: 'range',
      range: '>=1.0 <=2.0',
      introduced: '1.0',
      fixed: null,
      lastAffected: '2.0',
    });
    expect(judge(entry, '2.0.1', schemeOf('PyPI'))).toStrictEqual({ kind: 'not-affected' });
  });

  it('affects a listed version outside its ranges', () => {
    const entry = affected('Maven', [[{ introduced: '2.0' }, { fixed: '2.5' }]], ['1.0']);
    expect(judge(entry, '1.0', schemeOf('Maven'))).toStrictEqual({
      kind: 'affected',
      by: 'versions',
      range: '=1.0',
      introduced: null,
      fixed: '2.5',
      lastAffected: null,
    });
  });

  it('affects a listed version in another spelling of the same version', () => {
    expect(judge(affected('PyPI', [], ['1.0', '2.0rc1']), '2.0.0-rc.1', schemeOf('PyPI')).kind).toBe('affected');
    expect(judge(affected('Go', [], ['1.0.0']), 'v1.0.0', schemeOf('Go')).kind).toBe('affected');
  });

  it('never names a fix that another range affects', () => {
    const entry = affected('npm', [
      [{ introduced: '0' }, { fixed: '1.1.0' }],
      [{ introduced: '1.0.0' }, { fixed: '1.2.0' }],
    ]);
    expect(judge(entry, '1.0.5', schemeOf('npm'))).toMatchObject({ kind: 'affected', fixed: '1.2.0' });
  });

  it('begins again at a version where it was fixed, and is empty where it was fixed at once', () => {
    const again = affected('npm', [[{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.0.0' }, { fixed: '1.1.0' }]]);
    expect(judge(again, '1.0.0', schemeOf('npm'))).toMatchObject({ kind: 'affected', fixed: '1.1.0' });
    const empty = affected('npm', [[{ introduced: '1.0.0' }, { fixed: '1.0.0' }]]);
    expect(judge(empty, '1.0.0', schemeOf('npm'))).toStrictEqual({ kind: 'not-affected' });
  });

  it('stops at its limit', () => {
    const entry = affected('npm', [[{ introduced: '0' }, { limit: '2.0.0' }]]);
    expect(judge(entry, '1.9.0', schemeOf('npm'))).toMatchObject({ kind: 'affected', fixed: null });
    expect(judge(entry, '2.0.0', schemeOf('npm'))).toStrictEqual({ kind: 'not-affected' });
  });

  it.each<readonly [string, AffectedPackage, string, string]>([
    ['a version that is none', branches, 'latest', 'version-not-understood'],
    ['an event that is no version', affected('npm', [[{ introduced: '0' }, { fixed: 'next' }]]), '1.0.0', 'range-not-understood'],
    ['a range without a beginning', affected('npm', [[{ fixed: '2.0.0' }]]), '1.0.0', 'range-not-understood'],
    ['an entry that names nothing', affected('npm', []), '1.0.0', 'no-versions-named'],
    ['an ecosystem without a scheme', affected('Android', [[{ introduced: '0' }]]), '1.0.0', 'no-version-scheme'],
  ])('is unknown, not clean, for %s', (_, entry, version, reason) => {
    expect(judge(entry, version, schemeOf(entry.ecosystem))).toStrictEqual({ kind: 'unknown', reason });
  });

  it('reads an action that moves as unknown, and a short end of a range as the release it means', () => {
    const entry = affected('GitHub Actions', [[{ introduced: '0' }, { fixed: '41' }]]);
    expect(judge(entry, 'v40.1.2', schemeOf('GitHub Actions'))).toMatchObject({ kind: 'affected', fixed: '41' });
    expect(judge(entry, 'v41.0.0', schemeOf('GitHub Actions'))).toStrictEqual({ kind: 'not-affected' });
    expect(judge(entry, 'v40', schemeOf('GitHub Actions'))).toStrictEqual({ kind: 'unknown', reason: 'version-not-understood' });
  });

  it('matches a version that is none by its exact text', () => {
    expect(judge(affected('PyPI', [], ['2.0-final-x']), '2.0-final-x', schemeOf('PyPI')).kind).toBe('affected');
    expect(judge(affected('Debian:12', [], ['1:2-3']), '1:2-3', null).kind).toBe('affected');
  });

  it('leaves commits out, and reads SEMVER ranges of an ecosystem without a scheme', () => {
    const git: AffectedPackage = { ecosystem: 'npm', name: 'a', ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }], versions: [] };
    expect(judge(git, '1.0.0', schemeOf('npm'))).toStrictEqual({ kind: 'unknown', reason: 'no-versions-named' });
    const actions: AffectedPackage = {
      ecosystem: 'Android',
      name: 'a',
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.1.0' }] }],
      versions: [],
    };
    expect(judge(actions, '4.0.0', null)).toMatchObject({ kind: 'affected', fixed: '4.1.0' });
  });
});
