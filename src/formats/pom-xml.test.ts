import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { pomXml } from './pom-xml.ts';

const cases = [
  { name: 'empty', file: 'pom.xml', packages: [], problems: [] },
  { name: 'not-this-format', file: 'pom.xml', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', file: 'pom.xml', packages: ['org.slf4j:slf4j-api 2.0.13 runtime direct'], problems: [] },
  {
    name: 'development-only',
    file: 'pom.xml',
    packages: ['org.junit.jupiter:junit-jupiter 5.10.2 test direct', 'jakarta.servlet:jakarta.servlet-api 6.0.0 provided direct'],
    problems: [],
  },
  {
    name: 'duplicate',
    file: 'pom.xml',
    packages: ['com.google.guava:guava 33.1.0-jre runtime direct', 'io.netty:netty-transport-native-epoll 4.1.109.Final runtime direct'],
    problems: ['warning duplicate-dependency pom.xml:11'],
  },
  {
    name: 'odd-names',
    file: 'pom.xml',
    packages: [
      'org.typelevel:cats-core_2.13 2.10.0 runtime direct',
      'org.example.ranges:between ?[1.0,2.0) runtime direct',
      'org.example.ranges:pinned 1.5 runtime direct',
      'org.example.loops:turning ?${a} runtime direct',
      'org.example.newest:whatever ?LATEST runtime direct',
    ],
    problems: [
      'error unnamed-dependency pom.xml:40',
      'warning unresolved-version pom.xml:20',
      'warning unresolved-version pom.xml:30',
      'warning unresolved-version pom.xml:35',
    ],
  },
  {
    name: 'real-world',
    file: 'checkout/pom.xml',
    packages: [
      'com.fasterxml.jackson.core:jackson-databind 2.17.1 runtime direct',
      'com.google.guava:guava 33.1.0-jre optional direct',
      'org.springframework.boot:spring-boot-starter-web ? runtime direct',
      'org.testcontainers:postgresql ? test direct',
      'org.slf4j:slf4j-api 2.0.13 runtime direct',
    ],
    problems: ['warning unresolved-version checkout/pom.xml:32', 'warning unresolved-version checkout/pom.xml:36'],
  },
];

describe('pom.xml', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, file, packages, problems }) => {
    const result = readFixture(pomXml, name, file);
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('what is managed outside the source is said with the POMs that may say it', () => {
    const result = readFixture(pomXml, 'real-world', 'checkout/pom.xml');
    expect(result.problems[0]?.message).toBe(
      'The version of "org.springframework.boot:spring-boot-starter-web" is not known: no POM here manages it; ' +
        '"org.springframework.boot:spring-boot-starter-parent:3.2.5", "org.testcontainers:testcontainers-bom:1.19.7" may say it but are not in this source.',
    );
  });

  it('of many BOMs that may manage it those of the nearest groups are named', () => {
    const bom = (coordinates: string): string => {
      const [groupId, artifactId] = coordinates.split(':');
      return `<dependency><groupId>${groupId ?? ''}</groupId><artifactId>${artifactId ?? ''}</artifactId><version>1</version><type>pom</type><scope>import</scope></dependency>`;
    };
    const boms = ['org.a:a-bom', 'org.b:b-bom', 'io.c:c-bom', 'io.d:d-bom', 'io.d.e:e-bom'].map(bom).join('');
    const text = `<project><dependencyManagement><dependencies>${boms}</dependencies></dependencyManagement><dependencies><dependency><groupId>io.d.e</groupId><artifactId>x</artifactId></dependency></dependencies></project>`;
    expect(readText(pomXml, 'pom.xml', text).problems[0]?.message).toBe(
      'The version of "io.d.e:x" is not known: no POM here manages it; "io.d.e:e-bom:1", "io.d:d-bom:1", "io.c:c-bom:1" or 2 more may say it but are not in this source.',
    );
  });

  it('a module of a module is the firm’s own wherever the build keeps it, also when only a profile builds it', () => {
    const project = (artifactId: string, rest: string): string =>
      `<project><parent><groupId>org.example</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>${artifactId}</artifactId>${rest}</project>`;
    const own = ['deep-core', 'net-support', 'extra', 'published'].map(
      (name) => `<dependency><groupId>org.example</groupId><artifactId>${name}</artifactId><version>1</version></dependency>`,
    );
    const text = project('app', `<dependencies>${own.join('')}</dependencies>`);
    const result = readText(pomXml, 'app/pom.xml', text, {
      'pom.xml':
        '<project><groupId>org.example</groupId><artifactId>root</artifactId><version>1</version><modules><module>app</module><module>libs</module></modules>' +
        '<profiles><profile><id>p</id><modules><module>more/extra</module></modules></profile></profiles></project>',
      'libs/pom.xml': project('libs', '<modules><module>core</module><module>net</module></modules>'),
      'libs/core/pom.xml':
        '<project><parent><groupId>org.example</groupId><artifactId>libs</artifactId><version>1</version></parent><artifactId>deep-core</artifactId></project>',
      'libs/net/pom.xml': '<project><groupId>org.example</groupId><artifactId>net-support</artifactId><version>1</version></project>',
      'more/extra/pom.xml': '<project><groupId>org.example</groupId><artifactId>extra</artifactId><version>1</version></project>',
    });
    expect(packageLines(result)).toEqual(['org.example:published 1 runtime direct']);
  });

  it('a BOM of another organisation is not searched for through the source', () => {
    const asked: string[] = [];
    const bom =
      '<dependency><groupId>com.other</groupId><artifactId>other-bom</artifactId><version>1</version><type>pom</type><scope>import</scope></dependency>';
    const text = `<project><groupId>org.example</groupId><artifactId>a</artifactId><version>1</version><dependencyManagement><dependencies>${bom}</dependencies></dependencyManagement></project>`;
    pomXml.parse({ path: 'x/pom.xml', bytes: Buffer.from(text) }, { read: (path) => (asked.push(path), null) });
    expect(asked).toEqual([]);
  });

  it('the project is the subject, with what it inherits', () => {
    const { subject } = readFixture(pomXml, 'real-world', 'checkout/pom.xml');
    expect(subject).toEqual({ name: 'org.example.shop:checkout', version: '3.1.0', purl: 'pkg:maven/org.example.shop/checkout@3.1.0' });
  });

  it('POMs that are each other’s parents end in a reading', () => {
    const parent = (artifactId: string): string => `<parent><groupId>g</groupId><artifactId>${artifactId}</artifactId><version>1</version></parent>`;
    const dependency = '<dependencies><dependency><groupId>x</groupId><artifactId>y</artifactId><version>1</version></dependency></dependencies>';
    const result = readText(pomXml, 'a/b/pom.xml', `<project>${parent('up')}<artifactId>b</artifactId>${dependency}</project>`, {
      'a/pom.xml': `<project>${parent('b').replace('</parent>', '<relativePath>b</relativePath></parent>')}<artifactId>up</artifactId></project>`,
    });
    expect(packageLines(result)).toEqual(['x:y 1 runtime direct']);
  });

  it('a property bomb is left unresolved', () => {
    const levels = Array.from({ length: 40 }, (_, at) => `<p${String(at)}>${`\${p${String(at + 1)}}`.repeat(10)}</p${String(at)}>`).join('');
    const dependency = '<dependency><groupId>x</groupId><artifactId>y</artifactId><version>${p0}</version></dependency>';
    const text = `<project><properties>${levels}<p40>ha</p40></properties><dependencies>${dependency}</dependencies></project>`;
    expect(packageLines(readText(pomXml, 'pom.xml', text))).toEqual(['x:y ?${p0} runtime direct']);
  });

  it('a chain of properties without end is left unresolved', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => `<p${String(at)}>\${p${String(at + 1)}}</p${String(at)}>`).join('');
    const dependency = '<dependency><groupId>x</groupId><artifactId>y</artifactId><version>${p0}</version></dependency>';
    const text = `<project><properties>${chain}</properties><dependencies>${dependency}</dependencies></project>`;
    expect(packageLines(readText(pomXml, 'pom.xml', text))).toEqual(['x:y ?${p0} runtime direct']);
  });

  it('a parent with other coordinates at the usual place is not taken', () => {
    const text =
      '<project><parent><groupId>g</groupId><artifactId>wanted</artifactId><version>1</version></parent><artifactId>a</artifactId>' +
      '<dependencies><dependency><groupId>x</groupId><artifactId>y</artifactId><version>${v}</version></dependency></dependencies></project>';
    const other = '<project><groupId>g</groupId><artifactId>other</artifactId><version>1</version><properties><v>9</v></properties></project>';
    expect(packageLines(readText(pomXml, 'a/pom.xml', text, { 'pom.xml': other }))).toEqual(['x:y ?${v} runtime direct']);
  });

  it('a POM in Latin-1 is read as such when it says so, and refused when it does not', () => {
    const body =
      '<project><!-- \u00fc --><dependencies><dependency><groupId>x</groupId><artifactId>y</artifactId><version>1</version></dependency></dependencies></project>';
    const read = (text: string) => pomXml.parse({ path: 'pom.xml', bytes: Buffer.from(text, 'latin1') }, { read: () => null });
    expect(packageLines(read(`<?xml version="1.0" encoding="ISO-8859-1"?>${body}`))).toEqual(['x:y 1 runtime direct']);
    expect(problemLines(read(body))).toEqual(['error not-text']);
  });
});
