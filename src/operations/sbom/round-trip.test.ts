import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from '#formats/all.ts';
import { canonicalPurl, packageOfPurl } from '#language/purl.ts';
import { parseVers } from '#language/vers.ts';
import type { Scope } from '#model/reading.ts';
import { sbomComponentTypes, type SbomComponent, type SbomDocument } from '#model/sbom.ts';
import { sbomForms } from '#model/sbom-form.ts';
import { sbomWriters } from '#reports/sbom/sbom-writers.ts';
import { toWrite, type SbomWriter } from '#reports/sbom/sbom-writer.ts';

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/\p{Cc}/gu, '').trim())
  .filter((text) => text !== '' && !/^(?:NOASSERTION|NONE|component:.*)$/.test(text));
const purls = fc
  .tuple(fc.constantFrom('npm/lodash', 'npm/%40acme/ui', 'maven/org.acme/core', 'deb/debian/curl', 'generic/x'), fc.nat(30))
  .map(([path, patch]) => canonicalPurl(`pkg:${path}@1.0.${String(patch)}${path.startsWith('deb') ? '?arch=amd64&distro=debian-12' : ''}`) ?? '');
const licences = fc.constantFrom('MIT', 'Apache-2.0', 'MIT OR Apache-2.0', 'LicenseRef-acme', 'Own words, and <more>', 'mit');
const scopes: readonly Scope[] = ['runtime', 'development', 'optional', 'peer', 'test', 'build', 'provided'];
const hashes = fc.constantFrom(
  { algorithm: 'SHA-256', value: 'ab'.repeat(32) },
  { algorithm: 'SHA-512', value: '0f'.repeat(64) },
  { algorithm: 'MD5', value: '12'.repeat(16) },
  { algorithm: 'SHA-224', value: '12'.repeat(28) },
  { algorithm: 'SHA-1', value: 'abc' },
);
const links = fc.record({
  type: fc.constantFrom('website', 'distribution', 'vcs', 'own-kind'),
  url: fc.constantFrom('https://acme.example/a', 'https://acme.example/b?c=d&e=%20', 'git+https://acme.example/x.git'),
});
const cpe = 'cpe:2.3:a:acme:core:1.0.0:*:*:*:*:*:*:*';

const component: fc.Arbitrary<Omit<SbomComponent, 'ref' | 'parent'>> = fc
  .record({
    type: fc.constantFrom(null, ...sbomComponentTypes),
    purl: fc.option(purls),
    name: words,
    version: fc.option(words),
    range: fc.option(fc.constantFrom('vers:npm/>=1.0.0|<2.0.0', '^1.2')),
    cpes: fc.subarray([cpe, 'cpe:/a:acme:core:1.0.0']),
    scope: fc.constantFrom(...scopes),
    supplier: fc.option(words),
    authors: fc.uniqueArray(words, { maxLength: 2 }),
    copyright: fc.option(words),
    description: fc.option(words),
    declared: fc.uniqueArray(licences, { maxLength: 2 }),
    concluded: fc.uniqueArray(licences, { maxLength: 1 }),
    hashes: fc.uniqueArray(hashes, { maxLength: 2, selector: ({ algorithm }) => algorithm }),
    links: fc.uniqueArray(links, { maxLength: 2, selector: ({ type }) => type }),
  })
  .map(({ declared, concluded, purl, name, version, range, ...rest }) => {
    const named = purl === null ? null : packageOfPurl(purl);
    const own = named === null ? { ecosystem: null, name, version } : { ecosystem: named.ecosystem, name: named.name, version: named.version };
    return { ...rest, ...own, purl, range: own.version === null ? range : null, licences: { declared, concluded } };
  });

/** Components in the order of a tree walked from above, as both standards list them. */
const documents: fc.Arbitrary<SbomDocument> = fc
  .record({
    subject: fc.option(component),
    parts: fc.array(fc.tuple(component, fc.nat(3)), { maxLength: 6 }),
    pairs: fc.array(fc.tuple(fc.integer({ min: -1, max: 5 }), fc.nat(5)), { maxLength: 8 }),
    stated: fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 4 }),
    completeness: fc.constantFrom('complete' as const, 'incomplete' as const, 'unknown' as const),
    name: fc.option(words),
    authors: fc.uniqueArray(words, { maxLength: 2 }),
    tools: fc.uniqueArray(fc.constantFrom('Guildhall 0.1.0', 'a tool', 'other v2.0-rc1'), { maxLength: 2 }),
    lifecycles: fc.uniqueArray(fc.constantFrom('build', 'post-build', 'own phase', 'source'), { maxLength: 2 }),
    createdAt: fc.option(fc.constantFrom('2026-11-28T09:00:00Z', '2026-11-28T09:00:00.250Z')),
    serial: fc.option(fc.constant('urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79')),
    revision: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map(({ subject, parts, pairs, stated, ...rest }) => {
    const components: SbomComponent[] = [];
    for (const [index, [each, up]] of parts.entries()) {
      let parent: number | null = index === 0 ? null : index - 1;
      for (let steps = up; steps > 0 && parent !== null; steps -= 1) parent = components[parent]?.parent ?? null;
      components.push({ ...each, ref: `SPDXRef-${String(index)}`, parent });
    }
    const isThere = (index: number): boolean => (index === -1 ? subject !== null : index < components.length);
    const dependencies = pairs.filter(([from, to]) => from !== to && isThere(from) && isThere(to));
    return {
      ...rest,
      standard: 'other',
      specVersion: null,
      subject: subject === null ? null : { ...subject, ref: 'SPDXRef-subject', parent: null },
      components,
      dependencies,
      stated: [...stated.filter(isThere), ...dependencies.map(([from]) => from)],
      statements: [],
      signed: false,
      problems: [],
    };
  });

/** What can be compared of a document once it is known what a standard leaves out: the table in `leavesOut` of its writers, as code. */
type Held = Readonly<Record<string, unknown>>;

function held(document: SbomDocument, of: (component: SbomComponent, index: number) => Held, more: (document: SbomDocument) => Held): Held {
  const { subject, components, dependencies, stated } = document;
  return {
    subject: subject === null ? null : of(subject, -1),
    components: components.map(of),
    dependencies: [...new Set(dependencies.map((pair) => pair.join(' ')))].sort(),
    stated: [...new Set(stated)].sort((a, b) => a - b),
    ...more(document),
  };
}

const inBoth = ({ ecosystem, name, version, purl, supplier, copyright, description, parent }: SbomComponent): Held => ({
  ...{ ecosystem, name, version, purl, supplier, copyright, description, parent },
});

function heldByCycloneDx(document: SbomDocument, is17: boolean): Held {
  const scopeOf = (scope: Scope): Scope =>
    scope === 'optional' ? 'optional' : scope === 'build' || scope === 'test' || scope === 'development' ? 'development' : 'runtime';
  return held(
    document,
    (each) => ({
      ...inBoth(each),
      ref: each.ref,
      type: each.type ?? 'library',
      range: is17 && each.range !== null && parseVers(each.range).ok ? each.range : null,
      cpes: each.cpes.slice(0, 1),
      scope: scopeOf(each.scope),
      authors: each.authors,
      licences: each.licences,
      hashes: each.hashes.filter(({ algorithm, value }) => algorithm !== 'SHA-224' && value !== 'abc'),
      links: each.links.map((link) => (link.type === 'own-kind' ? { ...link, type: 'other' } : link)),
    }),
    ({ serial, revision, createdAt, authors, tools, lifecycles, subject, completeness }) => ({
      ...(document.serial === null ? {} : { serial }),
      revision: revision ?? 1,
      ...{ createdAt, authors, tools, lifecycles },
      completeness: subject === null ? 'unknown' : completeness,
    }),
  );
}

function heldBySpdx(document: SbomDocument, is3: boolean): Held {
  const used = new Set(document.dependencies.map(([, to]) => to));
  const scopeOf = (scope: Scope, index: number): Scope => (used.has(index) && scope !== 'peer' ? scope : 'runtime');
  const types: readonly unknown[] = ['application', 'framework', 'library', 'container', 'operating-system', 'device', 'firmware', 'file'];
  const licenceOf = (said: readonly string[]): readonly string[] =>
    said.length > 1 || said[0] === 'Own words, and <more>' || said[0] === 'mit' || /^(?:Own-words|LicenseRef-Own|MIT$)|AND/.test(said[0] ?? '')
      ? ['another way of saying it']
      : said;
  return held(
    document,
    (each, index) => ({
      ...inBoth(each),
      type: (is3 && each.type !== 'cryptographic-asset') || types.includes(each.type) ? each.type : null,
      cpes: each.cpes,
      scope: scopeOf(each.scope, index),
      authors: is3 ? each.authors : each.authors.slice(0, 1),
      licences: { declared: licenceOf(each.licences.declared), concluded: licenceOf(each.licences.concluded) },
      hashes: each.hashes.filter(({ value }) => value !== 'abc'),
      links: each.links
        .filter(({ type, url }) => (type === 'website' || type === 'distribution') && url.startsWith('https:'))
        .toSorted((a, b) => (a.type > b.type ? -1 : 1)),
    }),
    ({ serial, createdAt, authors, tools, name, lifecycles, subject, completeness }) => ({
      ...(document.serial === null ? {} : { serial }),
      createdAt: createdAt === null ? null : createdAt.replace(/\.\d+Z$/, 'Z'),
      ...{ authors, tools },
      ...(document.name === null ? {} : { name }),
      ...(is3
        ? { lifecycles: lifecycles.filter((each) => each === 'build' || each === 'source'), ...(subject === null ? {} : { completeness }) }
        : {}),
    }),
  );
}

const heldBy = ({ id }: SbomWriter, document: SbomDocument): Held =>
  id.startsWith('cyclonedx') ? heldByCycloneDx(document, id.includes('1.7')) : heldBySpdx(document, id.includes('3.0'));

const readers = formats.filter(({ sbom }) => sbom !== undefined);

it('every form that can be asked for is written, in that order', () => {
  expect(sbomWriters.map(({ id }) => id)).toEqual(sbomForms);
});

describe.each(sbomWriters)('$title', (writer) => {
  const written = (document: SbomDocument): string => [...writer.write(toWrite(document))].join('');
  const reader = readers.find((each) => each.matchesContent?.(written({ ...nothing, name: 'x' }).slice(0, 65_536)));

  it('what is written and read again says what the standard can hold', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = written(document);
        const read = reader?.sbom?.({ path: `bom.${writer.ending}`, bytes: Buffer.from(text) });
        if (read === undefined) throw new Error('It has no reader.');
        expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        const before = writer.id.startsWith('spdx') ? withMakers(document, writer.id.includes('3.0')) : document;
        const after = document.serial === null ? { ...read, serial: null } : read;
        expect(heldBy(writer, comparable(after, document))).toEqual(heldBy(writer, before));
        expect(written({ ...document })).toBe(text);
      }),
      { numRuns: 60, seed: 20_261_128 },
    );
  });
});

/** What a form adds because it must: who made a document that does not say, and a time. */
function withMakers(document: SbomDocument, is3: boolean): SbomDocument {
  const { authors, tools, createdAt } = document;
  return {
    ...document,
    authors: is3 && authors.length === 0 ? ['Guildhall'] : authors,
    tools: !is3 && authors.length === 0 && tools.length === 0 ? ['Guildhall'] : tools,
    createdAt: createdAt ?? '1970-01-01T00:00:00Z',
  };
}

function comparable(read: SbomDocument, document: SbomDocument): SbomDocument {
  return document.name === null ? { ...read, name: null } : read;
}

const nothing: SbomDocument = {
  ...{ standard: 'other', specVersion: null, serial: null, revision: null, name: null, createdAt: null, authors: [], tools: [], lifecycles: [] },
  ...{ subject: null, components: [], dependencies: [], stated: [], completeness: 'unknown', statements: [], signed: false, problems: [] },
};
