import { afterAll, describe, expect, it } from 'vitest';
import { emptySbom, type SbomComponent } from '#model/sbom.ts';
import { checkedSbom } from './checked-sbom.ts';
import { openGateway } from './gateway.ts';

const lodash: SbomComponent = {
  ...{ ref: 'a', type: 'library', ecosystem: 'npm', name: 'lodash', version: '4.17.21', range: null, purl: 'pkg:npm/lodash@4.17.21' },
  ...{ cpes: [], scope: 'runtime', supplier: null, authors: [], copyright: null, description: null },
  ...{ licences: { declared: [], concluded: [] }, hashes: [], links: [], parent: null },
};

describe('a checked SBOM', () => {
  it('keeps pairs and containers right where a component is left out', () => {
    const components = [lodash, { ...lodash, ref: 'b', name: 'a\nb', parent: 0 }, { ...lodash, ref: 'c', parent: 1 }];
    const document = {
      ...emptySbom('CycloneDX', []),
      components,
      dependencies: [
        [-1, 0],
        [-1, 1],
        [2, 0],
        [7, 0],
      ] as const,
      stated: [-1, 1, 2],
    };
    const checked = checkedSbom(document, 'bom.json');
    expect(checked.components.map(({ ref, parent }) => [ref, parent])).toEqual([
      ['a', null],
      ['c', 0],
    ]);
    expect(checked.dependencies).toEqual([
      [-1, 0],
      [1, 0],
    ]);
    expect(checked.stated).toEqual([-1, 1]);
    expect(checked.problems).toMatchObject([{ code: 'control-character', path: 'bom.json', severity: 'error' }]);
  });
});

describe('the gateway, asked for the document of an SBOM', () => {
  const gateway = openGateway({ workers: 1, maxBytes: 10_000 });
  afterAll(() => {
    gateway.close();
  });
  const read = (path: string, text: string) => gateway.readSbom({ path, bytes: new TextEncoder().encode(text), formatId: null });

  it('gives it whole', async () => {
    const component = { type: 'library', name: 'lodash', version: '4.17.21', purl: 'pkg:npm/lodash@4.17.21', 'bom-ref': 'a' };
    const { format, document } = await read('x.cdx.json', JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [component] }));
    expect(format).toBe('cyclonedx');
    expect(document).toMatchObject({ standard: 'CycloneDX', specVersion: '1.6', components: [lodash], problems: [] });
  });

  it.each([
    ['package-lock.json', '{ "lockfileVersion": 3 }', 'no-sbom'],
    ['x.cdx.json', '{ "bomFormat": "CycloneDX", ', 'not-json'],
    ['x.cdx.json', 'x'.repeat(10_001), 'too-large'],
    ['x', 'x', 'unknown-format'],
  ])('says of %s with %j that it is %s', async (path, text, code) => {
    expect((await read(path, text)).document).toMatchObject({ components: [], problems: [{ code, path }] });
  });
});
