import { describe, expect, it } from 'vitest';
import { sbomDiff } from './diff.ts';
import { sbomComponent, sbomDocument } from './test-sbom.ts';

const npm = (name: string, version: string, said = {}) => sbomComponent({ ref: `${name}@${version}`, ecosystem: 'npm', name, version, ...said });
const changes = (before: readonly ReturnType<typeof npm>[], after: readonly ReturnType<typeof npm>[]) =>
  sbomDiff(sbomDocument({ components: before }), sbomDocument({ components: after })).components.map(
    ({ kind, name, version, fields }) =>
      `${kind} ${name} ${version.before ?? '-'} ${version.after ?? '-'} [${fields.map(({ field }) => field).join(', ')}]`,
  );

describe('the difference between two SBOMs', () => {
  it.each([
    ['a new package', [], [npm('a', '1')], ['added a - 1 []']],
    ['a package that is gone', [npm('a', '1')], [], ['removed a 1 - []']],
    ['another version', [npm('a', '1')], [npm('a', '2')], ['changed a 1 2 [version]']],
    ['another order', [npm('a', '1'), npm('b', '1')], [npm('b', '1'), npm('a', '1')], []],
    ['one of two versions', [npm('a', '1'), npm('a', '2')], [npm('a', '2'), npm('a', '3')], ['changed a 1 3 [version]']],
    ['a second version', [npm('a', '1')], [npm('a', '2'), npm('a', '1')], ['added a - 2 []']],
    ['a duplicate that is gone', [npm('a', '1'), npm('a', '1')], [npm('a', '1')], ['removed a 1 - []']],
    [
      'another licence',
      [npm('a', '1', { licences: { declared: ['MIT'], concluded: [] } })],
      [npm('a', '1', { licences: { declared: ['GPL-3.0-only'], concluded: [] } })],
      ['changed a 1 1 [declared licence]'],
    ],
    [
      'other bytes of the same version',
      [npm('a', '1', { hashes: [{ algorithm: 'SHA-256', value: 'aa' }] })],
      [npm('a', '1', { hashes: [{ algorithm: 'SHA-256', value: 'bb' }] })],
      ['changed a 1 1 [hash]'],
    ],
    [
      'supplier and scope',
      [npm('a', '1', { supplier: 'x' })],
      [npm('a', '1', { supplier: 'y', scope: 'development' })],
      ['changed a 1 1 [supplier, scope]'],
    ],
    [
      'another architecture',
      [npm('a', '1', { purl: 'pkg:deb/debian/a@1?arch=amd64' })],
      [npm('a', '1', { purl: 'pkg:deb/debian/a@1?arch=arm64' })],
      ['added a - 1 []', 'removed a 1 - []'],
    ],
    ['names without purl', [npm('a', '1', { purl: null })], [npm('a', '2', { purl: null })], ['changed a 1 2 [version]']],
  ])('%s', (_case, before, after, expected) => {
    expect([...changes(before, after)].sort()).toEqual([...expected].sort());
  });

  it('knows edges by their ends, not by versions', () => {
    const before = sbomDocument({
      components: [npm('a', '1'), npm('b', '1')],
      dependencies: [
        [-1, 0],
        [0, 1],
      ],
    });
    const after = sbomDocument({
      components: [npm('b', '2'), npm('a', '1')],
      dependencies: [
        [-1, 1],
        [-1, 0],
      ],
    });
    expect(sbomDiff(before, after).edges).toEqual([
      { kind: 'added', from: '(subject)', to: 'pkg:npm/b' },
      { kind: 'removed', from: 'pkg:npm/a', to: 'pkg:npm/b' },
    ]);
  });

  it('says what changed of the document, and nothing of two that are the same', () => {
    const before = sbomDocument({ serial: 'urn:uuid:1', components: [npm('a', '1')] });
    expect(sbomDiff(before, { ...before, serial: 'urn:uuid:2', signed: true }).document).toEqual([
      { field: 'serial', before: 'urn:uuid:1', after: 'urn:uuid:2' },
      { field: 'signed', before: 'no', after: 'yes' },
    ]);
    expect(sbomDiff(before, before)).toEqual({ document: [], components: [], edges: [], same: 1 });
  });
});
