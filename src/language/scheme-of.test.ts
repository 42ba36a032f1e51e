import { describe, expect, it } from 'vitest';
import { schemeOf } from './scheme-of.ts';

describe('the version scheme', () => {
  it.each([
    ['npm', 'npm'],
    ['PyPI', 'pypi'],
    ['Maven:https://repo.example.com', 'maven'],
    ['Go', 'golang'],
    ['crates.io', 'cargo'],
    ['RubyGems', 'gem'],
    ['NuGet', 'nuget'],
    ['Packagist:https://packages.drupal.org/8', 'composer'],
    ['Hex', 'semver'],
    ['SwiftURL', 'semver'],
  ])('of %s is %s', (ecosystem, id) => {
    expect(schemeOf(ecosystem)?.id).toBe(id);
  });

  it.each(['Debian:12', 'Pub', 'GitHub Actions', '', 'constructor', 'NPM'])('is unknown for %j', (ecosystem) => {
    expect(schemeOf(ecosystem)).toBeNull();
  });
});
