import { describe, expect, it } from 'vitest';
import { deniedPaths, pathAsRegex } from './repository-paths.ts';

const pathsOf = (ecosystem: string, name: string, version: string) => deniedPaths([{ ecosystem, name, version }]);

describe('a denied package version', () => {
  it.each([
    ['npm', 'left', '1.0.0', 'npm', '/left/-/left-1.0.0.tgz', '/left/-/left-1.0.01tgz'],
    ['npm', '@acme/ui', '1.0.0', 'npm', '/@acme/ui/-/ui-1.0.0.tgz', '/@acme/ui/-/ui-1.0.0-rc.1.tgz'],
    ['Maven', 'org.acme:core', '1.0', 'maven', '/org/acme/core/1.0/core-1.0.jar', '/org/acme/core/1.0.1/core-1.0.1.jar'],
    ['PyPI', 'Zope.Interface', '5.0', 'pypi', '/packages/ab/zope_interface-5.0-py3-none-any.whl', '/packages/zope_interface-5.01-py3.whl'],
    ['PyPI', 'Zope.Interface', '5.0', 'pypi', '/packages/ab/zope-interface-5.0.tar.gz', '/packages/my-zope-interface-5.0.tar.gz'],
    ['crates.io', 'serde', '1.0.0', 'cargo', '/crates/serde/serde-1.0.0.crate', '/crates/serde/serde-1.0.00.crate'],
    ['RubyGems', 'rack', '2.0', 'rubygems', '/gems/rack-2.0-java.gem', '/gems/rack-2.0.1.gem'],
    ['NuGet', 'Acme.Core', '1.0.0', 'nuget', '/v3/acme.core/1.0.0/acme.core.1.0.0.nupkg', '/v3/acme.core/1.0.01/acme.core.1.0.01.nupkg'],
    ['Go', 'github.com/Acme/x', 'v1.0.0', 'go', '/github.com/!acme/x/@v/v1.0.0.zip', '/github.com/acme/x/@v/v1.0.0.zip'],
  ])('of %s %s@%s lies in repositories of %s at %s and not at %s', (ecosystem, name, version, format, there, elsewhere) => {
    const [repository] = pathsOf(ecosystem, name, version).repositories;
    const isBlocked = (path: string): boolean => (repository?.paths ?? []).some((each) => new RegExp(pathAsRegex(each)).test(path));
    expect([repository?.format, isBlocked(there), isBlocked(elsewhere)]).toEqual([format, true, false]);
  });

  it.each([
    ['npm', 'a,**', '1.0.0'],
    ['npm', '**', '1.0.0'],
    ['npm', 'left', '*'],
    ['npm', 'left', '1.0.0/../../x'],
    ['npm', 'x|.*', '1.0.0'],
    ['PyPI', '(a+)+$', '1'],
    ['Maven', 'noartifact', '1'],
    ['Packagist', 'acme/x', '1.0.0'],
    ['constructor', 'x', '1'],
  ])('of %s %s@%s cannot be said, and is counted', (ecosystem, name, version) => {
    expect(pathsOf(ecosystem, name, version)).toEqual({ repositories: [], left: { [ecosystem]: 1 } });
  });
});
