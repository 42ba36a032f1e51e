import { describe, expect, it } from 'vitest';
import type { Format } from '#model/format.ts';
import { unread } from '#model/reading.ts';
import { unreadManifests } from './unread-manifests.ts';

function lockfile(id: string, family: string, name: RegExp): Format {
  return {
    id,
    version: 1,
    title: id,
    kind: 'lockfile',
    ecosystems: [],
    family,
    spec: '',
    reads: '',
    cannotSee: '',
    matchesPath: (path) => name.test(path),
    parse: () => unread(),
  };
}

const formats = [lockfile('cargo-lock', 'cargo', /(^|\/)Cargo\.lock$/), lockfile('npm-package-lock', 'npm', /(^|\/)package-lock\.json$/)];
const messageOf = (...paths: string[]): string | undefined => unreadManifests(paths, formats)[0]?.message;

describe('lists of dependencies that are not read', () => {
  it('are counted by tool with one named', () => {
    expect(messageOf('app/build.gradle', 'lib/build.gradle.kts', 'ios/Podfile', 'README.md')).toBe(
      'Some files that list dependencies are not read by this build: 2 of Gradle ("app/build.gradle", …), 1 of CocoaPods ("ios/Podfile"). What they name is not counted; an SBOM of the build can show it.',
    );
  });

  it('are not named when a lockfile at or above them says the same', () => {
    expect(messageOf('Cargo.lock', 'Cargo.toml', 'crates/a/Cargo.toml')).toBeUndefined();
    expect(messageOf('fuzz/Cargo.lock', 'Cargo.toml')).toContain('1 of Cargo ("Cargo.toml")');
  });

  it('are not named in test material, nor when a format claims them', () => {
    expect(messageOf('tests/Fixtures/composer.json', 'package-lock.json')).toBeUndefined();
  });
});
