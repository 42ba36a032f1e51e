import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Format } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { cyclonedx } from './cyclonedx.ts';
import { spdx } from './spdx.ts';
import { spdx3 } from './spdx3.ts';

const fixture = (format: Format, file: string): Uint8Array =>
  fs.readFileSync(path.join(import.meta.dirname, 'fixtures', format.id, 'real-world', file));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const alone = { read: () => null };

/** A protobuf message of fields by number: text, a number, or a message. */
type Message = readonly (readonly [field: number, value: string | number | Message])[];

function encoded(message: Message): number[] {
  return message.flatMap(([field, value]) => {
    if (typeof value === 'number') return [...varint(field * 8), ...varint(value)];
    const body = typeof value === 'string' ? [...bytesOf(value)] : encoded(value);
    return [...varint(field * 8 + 2), ...varint(body.length), ...body];
  });
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

// The document of shop.cdx.json; numbers are those of the specification's bom.proto, and of none that is nought.
const march = (day: number, seconds = 0): Message => [[1, Date.UTC(2026, 2, day) / 1000 + seconds]];
const shop: Message = [
  [1, '1.6'],
  [2, 2],
  [3, 'urn:uuid:0f8f52b1-9b0e-4c5c-8c1e-2f3c5d7a9e10'],
  [
    4,
    [
      [1, march(4, 5 * 3600 + 6 * 60 + 7)],
      [
        2,
        [
          [
            6,
            [
              [1, 1],
              [8, 'till'],
              [9, '1.4'],
            ],
          ],
        ],
      ],
      [3, [[1, 'Ada Builder']]],
      [
        4,
        [
          [1, 1],
          [3, 'shop'],
          [8, 'shop'],
          [9, '3.1.0'],
          [16, 'pkg:generic/shop@3.1.0'],
        ],
      ],
      [9, [[1, 2]]],
    ],
  ],
  [
    5,
    [
      ...([
        [1, 3],
        [3, 'ui'],
        [4, [[1, 'Acme']]],
        [7, '@acme'],
        [8, 'ui'],
        [9, '1.2.3'],
        [10, 'Buttons & bows'],
      ] as const),
      [
        12,
        [
          [1, 3],
          [2, '9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08'],
        ],
      ],
      ...([
        [13, [[1, [[1, 'MIT']]]]],
        [
          13,
          [
            [
              1,
              [
                [1, 'Apache-2.0'],
                [8, 2],
              ],
            ],
          ],
        ],
        [14, '2025 Acme'],
        [16, 'pkg:npm/%40acme/ui@1.2.3'],
      ] as const),
      ...([
        [
          20,
          [
            [1, 3],
            [2, 'https://acme.example/ui'],
          ],
        ],
        [
          21,
          [
            [1, 6],
            [8, 'icons.svg'],
          ],
        ],
      ] as const),
    ],
  ],
  [
    5,
    [
      ...([
        [1, 3],
        [3, 'libssl3'],
        [6, 'Debian'],
        [8, 'libssl3'],
        [9, '3.0.11-1'],
        [11, 2],
        [13, [[2, 'Apache-2.0 OR MIT']]],
      ] as const),
      [15, 'cpe:2.3:a:openssl:openssl:3.0.11:*:*:*:*:*:*:*'],
      [16, 'pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12&upstream=openssl'],
      [29, [[1, 'Bob']]],
    ],
  ],
  [
    5,
    [
      [1, 3],
      [3, 'in-house'],
      [7, 'till'],
      [8, 'in-house'],
      [
        22,
        [
          [1, 'cdx:npm:package:development'],
          [2, 'true'],
        ],
      ],
    ],
  ],
  [
    6,
    [
      [1, 'pay'],
      [4, 'pay'],
    ],
  ],
  [
    8,
    [
      [1, 'shop'],
      [2, [[1, 'ui']]],
      [2, [[1, 'pay']]],
      [2, [[1, 'in-house']]],
    ],
  ],
  [
    8,
    [
      [1, 'ui'],
      [2, [[1, 'libssl3']]],
      [2, [[1, 'nowhere']]],
    ],
  ],
  [
    8,
    [
      [1, 'libssl3'],
      [2, [[1, 'ui']]],
    ],
  ],
  [8, [[1, 'in-house']]],
  [9, [[1, 1]]],
  [
    10,
    [
      ...([
        [2, 'CVE-2026-0001'],
        [
          4,
          [
            [1, 'GHSA-2222-3333-4444'],
            [2, [[1, 'GitHub']]],
          ],
        ],
      ] as const),
      ...([
        [
          16,
          [
            [1, 6],
            [2, 2],
            [3, 3],
            [4, 'Never called.'],
            [5, march(5)],
          ],
        ],
        [17, [[1, 'ui']]],
      ] as const),
    ],
  ],
  [
    10,
    [
      [2, 'CVE-2026-0002'],
      [17, [[1, 'libssl3']]],
    ],
  ],
];

describe('a document says the same in every form of its standard', () => {
  const json = cyclonedx.sbom?.({ path: 'x', bytes: fixture(cyclonedx, 'shop.cdx.json') });
  it.each([
    ['XML', fixture(cyclonedx, 'shop.cdx.xml')],
    ['protobuf', new Uint8Array(encoded(shop))],
    [
      'JSON in UTF-16',
      new Uint8Array(
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(new TextDecoder().decode(fixture(cyclonedx, 'shop.cdx.json')), 'utf16le')]),
      ),
    ],
    ['JSON with a mark and space before it', bytesOf(`\ufeff \n\t${new TextDecoder().decode(fixture(cyclonedx, 'shop.cdx.json'))}`)],
  ])('CycloneDX as %s', (_, bytes) => {
    expect(cyclonedx.sbom?.({ path: 'x', bytes })).toEqual(json);
    expect(cyclonedx.parse({ path: 'x', bytes }, alone)).toEqual(cyclonedx.parse({ path: 'x', bytes: fixture(cyclonedx, 'shop.cdx.json') }, alone));
    expect(cyclonedx.matchesContent?.(Buffer.from(bytes).toString(bytes[0] === 0xff ? 'utf16le' : 'utf8'))).toBe(true);
  });

  const spdxJson = spdx.sbom?.({ path: 'x', bytes: fixture(spdx, 'shop.spdx.json') });
  it.each(['shop.spdx.yaml', 'shop.spdx', 'shop.spdx.xml', 'shop.spdx.rdf'])('SPDX as %s', (file) => {
    const bytes = fixture(spdx, file);
    expect(inOrder(spdx.sbom?.({ path: 'x', bytes }))).toEqual(inOrder(spdxJson));
    expect(spdx.matchesPath(file)).toBe(true);
    expect(spdx.matchesContent?.(new TextDecoder().decode(bytes))).toBe(true);
  });

  it("SPDX as GitHub's export of a dependency graph", () => {
    const bytes = bytesOf(`{"sbom":${new TextDecoder().decode(fixture(spdx, 'shop.spdx.json'))}}`);
    expect(spdx.sbom?.({ path: 'x', bytes })).toEqual(spdxJson);
  });

  it('SPDX 3, beyond what only that can say', () => {
    const bytes = fixture(spdx3, 'shop.spdx3.json');
    const { specVersion, serial, lifecycles, completeness, statements, reported, ...document } = spdx3.sbom?.({ path: 'x', bytes }) ?? {};
    expect(document).toEqual({
      ...spdxJson,
      specVersion: undefined,
      serial: undefined,
      lifecycles: undefined,
      completeness: undefined,
      statements: undefined,
    });
    expect({ specVersion, serial, lifecycles, completeness, reported }).toEqual({
      specVersion: '3.0.1',
      serial: 'https://acme.example/spdx/shop-3.1.0',
      lifecycles: ['build'],
      completeness: 'complete',
      reported: [{ ids: ['CVE-2026-0001'], purl: 'pkg:npm/%40acme/ui@1.2.3' }],
    });
    expect(statements).toMatchObject([
      {
        ids: ['CVE-2026-0001'],
        state: 'not-affected',
        justification: 'code_not_reachable',
        detail: 'Never called.',
        packages: ['pkg:npm/%40acme/ui@1.2.3'],
      },
    ]);
    expect(spdx3.parse({ path: 'x', bytes }, alone).packages).toEqual(
      spdx.parse({ path: 'x', bytes: fixture(spdx, 'shop.spdx.json') }, alone).packages,
    );
  });
});

describe('an SBOM as a document', () => {
  it('has all that CycloneDX says of it', () => {
    expect(cyclonedx.sbom?.({ path: 'shop.cdx.json', bytes: fixture(cyclonedx, 'shop.cdx.json') })).toMatchObject({
      standard: 'CycloneDX',
      specVersion: '1.6',
      serial: 'urn:uuid:0f8f52b1-9b0e-4c5c-8c1e-2f3c5d7a9e10',
      revision: 2,
      createdAt: '2026-03-04T05:06:07Z',
      authors: ['Ada Builder'],
      tools: ['till 1.4'],
      lifecycles: ['build'],
      subject: { ref: 'shop', type: 'application', name: 'shop', version: '3.1.0', purl: 'pkg:generic/shop@3.1.0' },
      components: [
        {
          ...{
            ref: 'ui',
            type: 'library',
            ecosystem: 'npm',
            name: '@acme/ui',
            version: '1.2.3',
            supplier: 'Acme',
            description: 'Buttons & bows',
            copyright: '2025 Acme',
          },
          licences: { declared: ['MIT'], concluded: ['Apache-2.0'] },
          hashes: [{ algorithm: 'SHA-256', value: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }],
          links: [{ type: 'website', url: 'https://acme.example/ui' }],
          parent: null,
        },
        { ref: 'component 2', type: 'file', name: 'icons.svg', version: null, purl: null, parent: 0 },
        {
          ...{ ref: 'libssl3', ecosystem: 'Debian:12', name: 'libssl3', scope: 'optional', authors: ['Bob', 'Debian'] },
          purl: 'pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12&upstream=openssl',
          cpes: ['cpe:2.3:a:openssl:openssl:3.0.11:*:*:*:*:*:*:*'],
          source: { name: 'openssl', version: null },
        },
        { ref: 'in-house', name: 'till/in-house', version: null, purl: null, scope: 'development' },
      ],
      dependencies: [
        [-1, 0],
        [-1, 3],
        [0, 2],
        [2, 0],
      ],
      stated: [-1, 0, 2, 3],
      completeness: 'complete',
      statements: [{ ids: ['CVE-2026-0001', 'GHSA-2222-3333-4444'], state: 'not-affected', packages: ['pkg:npm/%40acme/ui@1.2.3'] }],
      reported: [{ ids: ['CVE-2026-0001', 'GHSA-2222-3333-4444'] }, { ids: ['CVE-2026-0002'] }],
      signed: false,
      problems: [{ code: 'unknown-ref', severity: 'warning' }],
    });
  });

  it('has what SPDX says of it, with the one package that it describes as the subject', () => {
    expect(spdx.sbom?.({ path: 'shop.spdx.json', bytes: fixture(spdx, 'shop.spdx.json') })).toMatchObject({
      ...{ standard: 'SPDX', specVersion: '2.3', serial: 'https://acme.example/spdx/shop-3.1.0', name: 'shop-3.1.0' },
      ...{ authors: ['Ada Builder'], tools: ['till 1.4'] },
      subject: { ref: 'SPDXRef-shop', type: 'application', name: 'shop' },
      components: [
        {
          ...{ ref: 'SPDXRef-ui', type: 'library', supplier: 'Acme', authors: ['Bob'], copyright: '2025 Acme', scope: 'runtime', parent: null },
          licences: { declared: ['MIT'], concluded: ['Apache-2.0 OR MIT'] },
          links: [
            { type: 'website', url: 'https://acme.example/ui' },
            { type: 'distribution', url: 'https://acme.example/ui.tgz' },
          ],
        },
        { ref: 'SPDXRef-mocha', scope: 'development', licences: { declared: [], concluded: [] } },
        { ref: 'SPDXRef-in-house', purl: null, parent: 0 },
      ],
      dependencies: [
        [-1, 0],
        [-1, 1],
      ],
      stated: [-1, 2],
      problems: [],
    });
  });

  it('names its roots where it describes several, and what they use is direct', () => {
    const packages = ['a', 'b', 'c'].map((name) => ({ name, SPDXID: `SPDXRef-${name}` }));
    const relationships = [
      ['b', 'DEPENDS_ON', 'c'],
      ['a', 'CONTAINS', 'b'],
      ['b', 'CONTAINS', 'a'],
    ].map(([from = '', relationshipType, to = '']) => ({ spdxElementId: `SPDXRef-${from}`, relationshipType, relatedSpdxElement: `SPDXRef-${to}` }));
    const described = ['SPDXRef-a', 'SPDXRef-b'];
    const bytes = bytesOf(
      JSON.stringify({ spdxVersion: 'SPDX-2.3', creationInfo: { creators: [] }, packages, relationships, documentDescribes: described }),
    );
    const document = spdx.sbom?.({ path: 'x', bytes });
    expect(document).toMatchObject({ subject: null, roots: [0, 1], dependencies: [[1, 2]] });
    // What contains itself, through others, is at the top.
    expect(document?.components.map(({ parent }) => parent)).toEqual([null, 0, null]);
    expect(spdx.parse({ path: 'x', bytes }, alone).packages.map(({ direct }) => direct)).toEqual([false, false, true]);
  });

  it.each([
    [cyclonedx, '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>', 'not-xml:1'],
    [cyclonedx, '<!DOCTYPE bom>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>', 'doctype:1'],
    [cyclonedx, '<project/>', 'not-this-format:'],
    [cyclonedx, '\n\u00031.6\u001a\u007fcut', 'not-protobuf:'],
    [cyclonedx, '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>', 'no-packages:'],
    [spdx, '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', 'not-this-format:'],
    [spdx, 'spdxVersion: "SPDX-2.3"\npackages: [', 'not-yaml:2'],
    [spdx, 'SPDXVersion: SPDX-2.3\nCreator: Tool: x', 'no-packages:'],
    [spdx3, '{"@context":"https://example.org"}', 'not-this-format:'],
    [spdx3, '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":{}}', 'not-a-list:'],
    [spdx3, '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{]}', 'not-json:1'],
  ])('says what is wrong with one of %o, %j', (format, text, problem) => {
    const document = format.sbom?.({ path: 'x', bytes: bytesOf(text) });
    const [first] = document?.problems ?? [];
    expect(document?.components).toEqual([]);
    expect(`${first?.code ?? ''}:${String(first?.line ?? '')}`).toBe(problem);
  });
});

/** RDF has no order: components by their ref, what stands beside them by what it means. */
function inOrder(document: SbomDocument | undefined): unknown {
  if (document === undefined) return undefined;
  const refs = document.components.map(({ ref }) => ref);
  const named = (index: number): string => (index === -1 ? 'subject' : (refs[index] ?? ''));
  return {
    ...document,
    components: document.components
      .map((each) => ({ ...each, parent: each.parent === null ? null : refs[each.parent] }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    dependencies: document.dependencies.map(([from, to]) => `${named(from)} ${named(to)}`).sort(),
    stated: document.stated.map(named).sort(),
  };
}
