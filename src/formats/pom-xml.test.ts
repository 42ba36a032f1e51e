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
        '"org.springframework.boot:spring-boot-starter-parent:3.2.5", "org.testcontainers:testcontainers-bom:1.19.7" may say it but is not in this source.',
    );
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
