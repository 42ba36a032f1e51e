import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { gradleVerificationMetadata } from './gradle-verification-metadata.ts';
import { gradleVersionCatalog } from './gradle-version-catalog.ts';

describe('gradle.lockfile', () => {
  it.each([
    ['an empty lock', '# This is a Gradle generated file\nempty=annotationProcessor\n', [], []],
    [
      'one module of each use',
      [
        'org.slf4j:slf4j-api:2.0.13=compileClasspath,runtimeClasspath,testRuntimeClasspath',
        'org.projectlombok:lombok:1.18.32=annotationProcessor,compileClasspath',
        'junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath',
        'org.springframework.boot:spring-boot-devtools:3.3.0=developmentOnly',
        'com.puppycrawl.tools:checkstyle:10.17.0=checkstyle',
        ' com.example:no-use:1.0= ',
      ].join('\n'),
      [
        'org.slf4j:slf4j-api 2.0.13 runtime',
        'org.projectlombok:lombok 1.18.32 provided',
        'junit:junit 4.13.2 test',
        'org.springframework.boot:spring-boot-devtools 3.3.0 development',
        'com.puppycrawl.tools:checkstyle 10.17.0 build',
        'com.example:no-use 1.0 runtime',
      ],
      [],
    ],
    ['a line twice', 'a:b:1=runtimeClasspath\r\na:b:1=testRuntimeClasspath\r\n', ['a:b 1 runtime'], []],
    ['odd lines', '>>>\na:b=x\na:b:c:d=x\n=\n', [], [1, 2, 3, 4].map((line) => `warning odd-line gradle.lockfile:${String(line)}`)],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(gradleLockfile, 'gradle.lockfile', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});

describe('verification-metadata.xml', () => {
  const metadata = (components: string) =>
    `<?xml version="1.0"?>\n<verification-metadata xmlns="https://schema.gradle.org/dependency-verification"><configuration/><components>${components}</components></verification-metadata>`;
  it.each([
    ['no components', metadata(''), [], []],
    ['a module twice', metadata('<component group="a" name="b" version="1"/><component group="a" name="b" version="1"/>'), ['a:b 1 runtime'], []],
    [
      'modules without a version and without a name',
      metadata('<component group="a" name="b"/>\n<component name="b" version="1"/>'),
      ['a:b ? runtime'],
      ['warning no-version gradle/verification-metadata.xml:2', 'error unnamed-package gradle/verification-metadata.xml:3'],
    ],
    ['another document', '<project/>', [], ['error not-this-format']],
    ['no XML', 'verification', [], ['error not-xml gradle/verification-metadata.xml:1']],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(gradleVerificationMetadata, 'gradle/verification-metadata.xml', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});

describe('libs.versions.toml', () => {
  it.each([
    ['an empty catalogue', '', [], []],
    [
      'every way to write a version',
      [
        '[versions]',
        'jackson = "2.17.1"',
        'rich = { strictly = "[1.7, 1.8[", prefer = "1.7.36" }',
        '[libraries]',
        'short = "com.google.guava:guava:33.2.0-jre"',
        'ref = { module = "com.fasterxml.jackson.core:jackson-databind", version.ref = "jackson" }',
        'parts = { group = "org.apache.commons", name = "commons-lang3", version = "3.14.0" }',
        'range = { module = "org.slf4j:slf4j-api", version.ref = "rich" }',
        'plus = { module = "a:b", version = "1.+" }',
        'bom = { module = "io.grpc:grpc-netty" }',
        'odd = { version = "1" }',
        '[plugins]',
        'spring = { id = "org.springframework.boot", version = "3.3.0" }',
      ].join('\n'),
      [
        'com.google.guava:guava 33.2.0-jre runtime',
        'com.fasterxml.jackson.core:jackson-databind 2.17.1 runtime',
        'org.apache.commons:commons-lang3 3.14.0 runtime',
        'org.slf4j:slf4j-api ?[1.7, 1.8[ runtime',
        'a:b ?1.+ runtime',
        'io.grpc:grpc-netty ? runtime',
      ],
      ['warning no-version', 'warning no-version', 'warning no-version', 'warning odd-library'],
    ],
    ['a reference to nothing', '[libraries]\na = { module = "a:b", version.ref = "__proto__" }', ['a:b ? runtime'], ['warning no-version']],
    ['another TOML', '[package]\nname = "x"\n', [], ['error not-this-format']],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(gradleVersionCatalog, 'gradle/libs.versions.toml', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});
