import { describe, expect, it } from 'vitest';
import { artifactHashText, namesHashesOf, readArtifactHash, writtenForms } from './artifact-hash.ts';

// Of the empty file.
const sha1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const sha512 = 'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e';
const base64 = 'z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';

describe('a hash of an artifact', () => {
  it.each([
    [sha1, `sha1:${sha1}`],
    [sha256.toUpperCase(), `sha256:${sha256}`],
    [` sha256:${sha256} `, `sha256:${sha256}`],
    [base64, `sha512:${sha512}`],
    [`sha512-${base64}`, `sha512:${sha512}`],
    ['sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', `sha1:${sha1}`],
    [`sha1:${sha256}`, null],
    [`md5:${sha1}`, null],
    [sha256.slice(1), null],
    ['sha512-not base64', null],
    ['', null],
  ])('written %s is %s', (text, expected) => {
    const read = readArtifactHash(text);
    expect(read === null ? null : artifactHashText(read)).toBe(expected);
  });

  it('is searched for in every way in which files write it', () => {
    expect(writtenForms({ algorithm: 'sha1', hex: sha1 })).toEqual([
      sha1,
      sha1.toUpperCase(),
      '2jmj7l5rSw0yVb/vlWAYkK/YBwk',
      '2jmj7l5rSw0yVb\\/vlWAYkK\\/YBwk',
    ]);
  });

  it.each([
    ['sha256', `checksum = "${sha256}"`, true],
    ['sha512', `"integrity": "sha512-${base64}"`, true],
    ['sha512', `"contentHash": "${base64}"`, true],
    ['sha1', `"integrity": "sha512-${base64}"`, false],
    ['sha256', `"integrity": "sha512-${sha512}"`, false],
    ['sha256', 'golang.org/x/text v0.14.0 h1:ScX5w1eTa3QqT8oi6+ziP7dTV1S2+ALU0bI+0zXKWiQ=', true],
    ['sha256', 'require golang.org/x/text v0.14.0', false],
  ] as const)('of %s is in the text %s: %s', (algorithm, text, expected) => {
    expect(namesHashesOf(algorithm, text)).toBe(expected);
  });
});
