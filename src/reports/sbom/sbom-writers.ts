import { cycloneDxJson } from './cyclonedx-json.ts';
import { cycloneDxXml } from './cyclonedx-xml.ts';
import type { SbomWriter } from './sbom-writer.ts';
import { spdx2Json } from './spdx-2-json.ts';
import { spdx2TagValue } from './spdx-2-tag-value.ts';
import { spdx3Json } from './spdx-3-json.ts';

const ofCycloneDx: readonly string[] = [
  'The name of the document; its subject has one. A signature. That several things are described where there is no one subject.',
  'Of the scopes, `provided` and `peer` become required, `build`, `test` and `development` excluded; the property `guildhall:scope` says which.',
  'Of several CPEs the first is in `cpe`, the others are properties `guildhall:cpe`.',
  'Hashes of algorithms that CycloneDX does not know, such as SHA-224, and ones that their algorithm cannot give.',
  'An expression beside other licences of the same component is written as a name.',
  'Links of kinds it does not know become `other`, with the kind as comment.',
  'A component of no known type becomes a library.',
];
const ofCycloneDx16: readonly string[] = [...ofCycloneDx, 'A range instead of a version becomes the property `guildhall:range`.'];
const ofCycloneDx17: readonly string[] = [
  ...ofCycloneDx,
  'A range instead of a version becomes the property `guildhall:range`, unless it is in `vers:` notation.',
];
const ofSpdx: readonly string[] = [
  'The revision of the document, and a signature.',
  'Hashes that their algorithm cannot give, and ones of algorithms that SPDX does not know, such as Streebog-256.',
  'VEX statements: they are exported beside it, as OpenVEX or CSAF.',
  'Licences that are no SPDX expression become a `LicenseRef` with the words as its text; several of one component are joined by AND.',
  'Who somebody is: people and organisations are both written as organisations.',
  'A range instead of a version, and the scope of what nothing in the document uses, stand only in a remark about the package.',
];
const ofSpdx2: readonly string[] = [
  ...ofSpdx,
  'Whether the document is all there is stands only in its comment.',
  'Of several authors of a component the first.',
  'Phases of the life cycle.',
  'The types platform, device-driver, machine-learning-model, data and cryptographic-asset become OTHER; the scope `peer` becomes DEPENDS_ON.',
  'Links but the home page and the place to download become external references of the category OTHER.',
  'Fractions of a second.',
];

/** Every form in which SBOMs are written. */
export const sbomWriters: readonly SbomWriter[] = [
  {
    id: 'cyclonedx-1.6-json',
    title: 'CycloneDX 1.6, JSON',
    spec: 'https://cyclonedx.org/docs/1.6/json/',
    mediaType: 'application/vnd.cyclonedx+json; version=1.6',
    ending: 'cdx.json',
    leavesOut: ofCycloneDx16,
    write: (sbom) => cycloneDxJson(sbom, '1.6'),
  },
  {
    id: 'cyclonedx-1.6-xml',
    title: 'CycloneDX 1.6, XML',
    spec: 'https://cyclonedx.org/docs/1.6/xml/',
    mediaType: 'application/vnd.cyclonedx+xml; version=1.6',
    ending: 'cdx.xml',
    leavesOut: [...ofCycloneDx16, 'Control characters, which XML cannot hold.'],
    write: (sbom) => cycloneDxXml(sbom, '1.6'),
  },
  {
    id: 'cyclonedx-1.7-json',
    title: 'CycloneDX 1.7, JSON',
    spec: 'https://cyclonedx.org/docs/1.7/json/',
    mediaType: 'application/vnd.cyclonedx+json; version=1.7',
    ending: 'cdx.json',
    leavesOut: ofCycloneDx17,
    write: (sbom) => cycloneDxJson(sbom, '1.7'),
  },
  {
    id: 'cyclonedx-1.7-xml',
    title: 'CycloneDX 1.7, XML',
    spec: 'https://cyclonedx.org/docs/1.7/xml/',
    mediaType: 'application/vnd.cyclonedx+xml; version=1.7',
    ending: 'cdx.xml',
    leavesOut: [...ofCycloneDx17, 'Control characters, which XML cannot hold.'],
    write: (sbom) => cycloneDxXml(sbom, '1.7'),
  },
  {
    id: 'spdx-2.3-json',
    title: 'SPDX 2.3, JSON',
    spec: 'https://spdx.github.io/spdx-spec/v2.3/',
    mediaType: 'application/spdx+json',
    ending: 'spdx.json',
    leavesOut: ofSpdx2,
    write: spdx2Json,
  },
  {
    id: 'spdx-2.3-tag-value',
    title: 'SPDX 2.3, tags and values',
    spec: 'https://spdx.github.io/spdx-spec/v2.3/',
    mediaType: 'text/spdx; charset=utf-8',
    ending: 'spdx',
    leavesOut: [...ofSpdx2, 'A `</text>` within a text is broken up.'],
    write: spdx2TagValue,
  },
  {
    id: 'spdx-3.0.1-json',
    title: 'SPDX 3.0.1, JSON-LD',
    spec: 'https://spdx.github.io/spdx-spec/v3.0.1/',
    mediaType: 'application/ld+json',
    ending: 'spdx3.json',
    leavesOut: [
      ...ofSpdx,
      'Phases of the life cycle that are no SBOM types of SPDX.',
      'The type cryptographic-asset becomes `other`.',
      'Kinds of links that it does not know become `other`, with the kind as comment.',
      'Fractions of a second.',
    ],
    write: spdx3Json,
  },
];
