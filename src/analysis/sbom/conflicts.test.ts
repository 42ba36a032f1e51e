import { describe, expect, it } from 'vitest';
import { sourceConflicts, type SourcedPackage, type SourceOfPackages } from './conflicts.ts';

const pkg = (name: string, version: string | null, said: Partial<SourcedPackage> = {}): SourcedPackage => ({
  ...{ identity: `pkg:npm/${name}`, name, version, isDevelopment: false, licences: [], hashes: [] },
  ...said,
});
const source = (kind: string, ...packages: readonly SourcedPackage[]): SourceOfPackages => ({ kind, path: `${kind}.file`, packages });
const [one, other] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const dev = { isDevelopment: true };
const both = pkg('both', '1');

describe('sources of one component', () => {
  it.each<[string, readonly SourceOfPackages[], readonly string[]]>([
    ['that say the same', [source('lockfile', both), source('sbom', both)], []],
    ['of which one is empty', [source('lockfile', both), source('sbom')], []],
    ['in other versions', [source('lockfile', pkg('a', '1')), source('sbom', pkg('a', '2'))], ['doubtful version a 1|2']],
    [
      'of which one has a second version',
      [source('lockfile', pkg('a', '1'), pkg('a', '2')), source('sbom', pkg('a', '1'))],
      ['doubtful version a 1, 2|1'],
    ],
    ['of which one is unresolved', [source('lockfile', pkg('a', '1')), source('manifest', pkg('a', null))], []],
    ['of which one lacks a package', [source('lockfile', both, pkg('a', '1')), source('sbom', both)], ['doubtful missing a 1|-']],
    [
      'of which the image lacks what is for development',
      [source('lockfile', both, pkg('a', '1', dev)), source('image', both)],
      ['expected missing a 1|-'],
    ],
    ['of which the image has what no lockfile names', [source('lockfile', both), source('image', both, pkg('a', '1'))], ['expected missing a -|1']],
    ['of which the SBOM has what no lockfile names', [source('lockfile', both), source('sbom', both, pkg('a', '1'))], ['doubtful missing a -|1']],
    ['of which the manifest names less', [source('lockfile', both, pkg('a', '1')), source('manifest', both)], ['expected missing a 1|-']],
    ['of other ecosystems', [source('lockfile', both), source('sbom', pkg('a', '1', { identity: 'pkg:pypi/a' }))], []],
    [
      'with other bytes under one name',
      [source('lockfile', pkg('a', '1', { hashes: [one] })), source('sbom', pkg('a', '1', { hashes: [other] }))],
      [`serious hash a ${one}|${other}`],
    ],
    [
      'of which one says only that its hash is another',
      [source('lockfile', pkg('a', '1', { unlike: 'sha256' })), source('sbom', pkg('a', '1', { hashes: [other] }))],
      [`serious hash a sha256:another|${other}`],
    ],
    [
      'with one artifact of several',
      [source('lockfile', pkg('a', '1', { hashes: [one, other] })), source('sbom', pkg('a', '1', { hashes: [other] }))],
      [],
    ],
    [
      'with hashes of different algorithms',
      [source('lockfile', pkg('a', '1', { hashes: [`sha512:${'a'.repeat(128)}`] })), source('sbom', pkg('a', '1', { hashes: [one] }))],
      [],
    ],
    [
      'with other licences',
      [source('lockfile', pkg('a', '1', { licences: ['MIT'] })), source('sbom', pkg('a', '1', { licences: ['Apache-2.0'] }))],
      ['doubtful licence a MIT|Apache-2.0'],
    ],
    [
      'with a licence in another order',
      [source('lockfile', pkg('a', '1', { licences: ['MIT OR ISC'] })), source('sbom', pkg('a', '1', { licences: ['isc or mit'] }))],
      [],
    ],
    ['with another scope', [source('lockfile', pkg('a', '1', dev)), source('image', pkg('a', '1'))], ['doubtful scope a development|runtime']],
  ])('%s', (_case, sources, expected) => {
    expect(
      sourceConflicts(sources).map(({ weight, kind, name, sides }) => `${weight} ${kind} ${name} ${sides.map(({ says }) => says ?? '-').join('|')}`),
    ).toEqual(expected);
  });

  it('name the worst first, each with why', () => {
    const conflicts = sourceConflicts([
      source('lockfile', pkg('z', '1', { hashes: [one] }), pkg('a', '1', dev), both),
      source('sbom', pkg('z', '1', { hashes: [other] }), both, pkg('m', '2')),
    ]);
    expect(conflicts.map(({ name, weight }) => `${weight} ${name}`)).toEqual(['serious z', 'doubtful m', 'expected a']);
    expect(conflicts[0]?.because).toMatch(/^Other bytes bear the name z 1/);
    expect(conflicts[2]?.because).toBe('It is used for development only, so that it is not in what is delivered.');
  });
});
