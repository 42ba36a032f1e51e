import { describe, expect, it } from 'vitest';
import { packageKey } from './package-key.ts';

describe('a package key', () => {
  it.each([
    ['PyPI', 'Zope.Interface__X', 'zope-interface-x'],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['Packagist:https://packages.drupal.org/8', 'Drupal/Core', 'drupal/core'],
    ['npm', '@Acme/UI', '@Acme/UI'],
    ['Maven', 'org.Example:Core', 'org.Example:Core'],
    ['Go', 'github.com/BurntSushi/toml', 'github.com/BurntSushi/toml'],
    ['', 'Anything', 'Anything'],
  ])('of %s %s is %s', (ecosystem, name, key) => {
    expect(packageKey(ecosystem, name)).toBe(key);
  });
});
