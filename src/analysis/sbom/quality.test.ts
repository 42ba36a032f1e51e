import { describe, expect, it } from 'vitest';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { sbomQuality, scoresOf } from './quality.ts';
import { sbomComponent, sbomDocument } from './test-sbom.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const sha512 = { algorithm: 'SHA-512', value: 'c'.repeat(128) };
const good = sbomComponent({
  name: 'lodash',
  ecosystem: 'npm',
  version: '4.17.21',
  supplier: 'OpenJS Foundation',
  licences: { declared: ['MIT'], concluded: ['MIT'] },
  hashes: [sha512],
  links: [
    { type: 'vcs', url: 'https://git.example.com/lodash' },
    { type: 'distribution', url: 'https://registry.example.com/lodash.tgz' },
  ],
});
const whole = sbomDocument({
  serial: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  createdAt: '2026-05-01T00:00:00Z',
  authors: ['Example AG <sbom@example.com>'],
  tools: ['maker 1.0'],
  subject: sbomComponent({ name: 'shop', type: 'application', version: '1.0.0' }),
  components: [good],
  dependencies: [[-1, 0]],
  stated: [-1, 0],
  completeness: 'complete',
});
const withComponent = (said: Partial<SbomComponent>): SbomDocument => ({ ...whole, components: [{ ...good, ...said }] });
const missed = (document: SbomDocument): readonly string[] =>
  sbomQuality(document, now).elements.flatMap(({ id, met, total, unseen }) => (unseen === null && met < total ? [id] : []));

describe('the quality of an SBOM', () => {
  it('is 100 where nothing is missing, and says what is not looked at', () => {
    const { scores, elements } = sbomQuality(whole, now);
    expect(scores).toEqual({ ntia: 100, bsi: 100, completeness: 100, all: 100 });
    expect(elements.filter(({ unseen }) => unseen !== null).map(({ id }) => id)).toEqual([
      'bsi-file-name',
      'bsi-executable',
      'bsi-archive',
      'bsi-structured',
    ]);
  });

  it.each<[string, SbomDocument, readonly string[]]>([
    ['a component without supplier', withComponent({ supplier: null }), ['ntia-supplier', 'bsi-component-creator', 'supplier']],
    ['a component whose author alone is named', withComponent({ supplier: null, authors: ['Jo'] }), ['ntia-supplier']],
    ['a version that is none', withComponent({ version: 'NOASSERTION' }), ['ntia-version', 'bsi-component-version', 'version']],
    ['a component without purl', withComponent({ purl: null }), ['ntia-identifier', 'bsi-identifiers', 'purl']],
    ['a component with a CPE only', withComponent({ purl: null, cpes: ['cpe:2.3:a:x:y:1:*:*:*:*:*:*:*'] }), ['purl']],
    ['a component with MD5 only', withComponent({ hashes: [{ algorithm: 'MD5', value: 'a'.repeat(32) }] }), ['bsi-hash', 'strong-hash']],
    ['a component with SHA-256', withComponent({ hashes: [{ algorithm: 'SHA-256', value: 'a'.repeat(64) }] }), ['bsi-hash']],
    [
      'a licence that is a name',
      withComponent({ licences: { declared: ['The MIT Licence'], concluded: [] } }),
      ['bsi-distribution-licences', 'bsi-original-licences', 'licence'],
    ],
    ['a licence that says nothing', withComponent({ licences: { declared: ['NOASSERTION'], concluded: ['MIT'] } }), ['bsi-original-licences']],
    ['a component that nothing uses', { ...whole, dependencies: [], stated: [-1] }, ['ntia-dependencies', 'bsi-dependencies', 'edges']],
    ['no time', { ...whole, createdAt: null }, ['ntia-timestamp', 'bsi-timestamp', 'creation', 'age']],
    ['an old time', { ...whole, createdAt: '2025-05-01T00:00:00Z' }, ['age']],
    ['tools only as author', { ...whole, authors: [] }, ['bsi-creator']],
    ['no statement of completeness', { ...whole, completeness: 'unknown' }, ['ntia-known-unknowns', 'bsi-completeness', 'completeness']],
    ['an early version of the standard', { ...whole, specVersion: '1.5' }, ['bsi-format']],
    ['SPDX 2.3', { ...whole, standard: 'SPDX', specVersion: '2.3' }, ['bsi-format']],
    ['SPDX 3.0.1', { ...whole, standard: 'SPDX', specVersion: '3.0.1' }, []],
    ['a form of one tool', { ...whole, standard: 'other', specVersion: null }, ['ntia-automation', 'bsi-format']],
    [
      'the same package twice',
      {
        ...whole,
        components: [good, { ...good, ref: 'again' }],
        dependencies: [
          [-1, 0],
          [-1, 1],
        ],
        stated: [-1, 0, 1],
      },
      ['unique'],
    ],
    ['refs that name two things', { ...whole, problems: [{ code: 'duplicate-ref', message: 'x', severity: 'warning' }] }, ['unique-refs']],
    ['a reading with errors', { ...whole, problems: [{ code: 'x', message: 'x', severity: 'error' }] }, ['whole']],
    ['no subject', { ...whole, subject: null }, ['subject']],
  ])('%s is missed by %o', (_case, document, ids) => {
    expect(missed(document)).toEqual(ids);
  });

  it('asks no purl of a file, and says which components miss what', () => {
    const file = sbomComponent({ name: 'libc.so', type: 'file', supplier: 'x', version: '1', hashes: [sha512] });
    const { elements } = sbomQuality({ ...whole, components: [good, file], dependencies: [[-1, 0]], stated: [-1, 0] }, now);
    expect(elements.find(({ id }) => id === 'purl')).toMatchObject({ met: 1, total: 1, misses: [] });
    expect(elements.find(({ id }) => id === 'ntia-dependencies')).toMatchObject({ met: 1, total: 2, misses: [1] });
  });

  it('of an empty inventory is never good', () => {
    const { scores } = sbomQuality({ ...whole, components: [], dependencies: [], stated: [-1] }, now);
    expect(scores).toEqual({ ntia: 44, bsi: 37, completeness: 30, all: 35 });
  });

  it('follows the formula', () => {
    const count = { id: 'x', title: '', section: '', fix: '', profile: 'ntia', unseen: null } as const;
    const elements = [
      { ...count, weight: 3, met: 1, total: 3 },
      { ...count, weight: 1, met: 1, total: 1 },
      { ...count, weight: 9, met: 0, total: 0, unseen: 'not looked at' },
    ];
    expect(scoresOf(elements)).toMatchObject({ ntia: 50, all: 50, bsi: 0 });
  });
});
