import { describe, expect, it } from 'vitest';
import { readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import { cargoLock } from './cargo-lock.ts';
import { npmPackageLock } from './npm-package-lock.ts';
import { pipfileLock } from './pipfile-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { poetryLock } from './poetry-lock.ts';
import { uvLock } from './uv-lock.ts';
import { yarnLock } from './yarn-lock.ts';

const npm = {
  lockfileVersion: 3,
  packages: {
    'node_modules/ms': { version: '2.1.3', resolved: 'https://registry.npmjs.org/ms/-/ms-2.1.3.tgz', integrity: 'sha512-x' },
    'node_modules/ink': { version: '1.0.0', resolved: 'https://user:pw@NPM.Example.com:8443/ink.tgz' },
    'node_modules/ms/node_modules/inner': { version: '1.0.0', inBundle: true },
  },
};

// Each line: name, host it is taken from (-: not said), whether it is proved by a hash (-: not said).
const cases: readonly [name: string, format: Format, file: string, text: string, expected: readonly string[]][] = [
  [
    'package-lock.json',
    npmPackageLock,
    'package-lock.json',
    JSON.stringify(npm),
    ['ms registry.npmjs.org true', 'ink npm.example.com false', 'inner - -'],
  ],
  [
    'yarn.lock',
    yarnLock,
    'yarn.lock',
    '# yarn lockfile v1\n\nms@^2:\n  version "2.1.3"\n  resolved "https://registry.yarnpkg.com/ms/-/ms-2.1.3.tgz#574c8138ce1d2b5861f0b44579dbadd60c6615b2"\n\nink@^1:\n  version "1.0.0"\n  resolved "http://10.0.0.7/ink.tgz"\n',
    ['ms registry.yarnpkg.com true', 'ink 10.0.0.7 false'],
  ],
  [
    'pnpm-lock.yaml',
    pnpmLock,
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .: {}\npackages:\n  ms@2.1.3:\n    resolution: {integrity: sha512-x}\n  ink@1.0.0:\n    resolution: {tarball: https://npm.example.com/ink.tgz}\n",
    ['ms - true', 'ink npm.example.com false'],
  ],
  [
    'Cargo.lock',
    cargoLock,
    'Cargo.lock',
    'version = 4\n[[package]]\nname = "libc"\nversion = "0.2.155"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "aa"\n[[package]]\nname = "ink"\nversion = "1.0.0"\nsource = "sparse+https://crates.example.com/index/"\n',
    ['libc crates.io true', 'ink crates.example.com false'],
  ],
  [
    'Pipfile.lock',
    pipfileLock,
    'Pipfile.lock',
    '{"_meta":{},"default":{"idna":{"version":"==3.7","hashes":["sha256:aa"]},"ink":{"version":"==1.0"}}}',
    ['idna - true', 'ink - false'],
  ],
  [
    'poetry.lock',
    poetryLock,
    'poetry.lock',
    '[[package]]\nname = "idna"\nversion = "3.7"\nfiles = [{file = "idna.whl", hash = "sha256:aa"}]\n[[package]]\nname = "ink"\nversion = "1.0"\nfiles = []\n[package.source]\ntype = "legacy"\nurl = "https://pypi.example.com/simple"\n[metadata]\nlock-version = "2.0"\n',
    ['idna - true', 'ink pypi.example.com false'],
  ],
  [
    'uv.lock',
    uvLock,
    'uv.lock',
    'version = 1\n[[package]]\nname = "idna"\nversion = "3.7"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://files.pythonhosted.org/idna.tar.gz", hash = "sha256:aa" }\n[[package]]\nname = "ink"\nversion = "1.0"\nsource = { registry = "https://pypi.example.com/simple" }\nsdist = { url = "https://pypi.example.com/ink.tar.gz" }\n',
    ['idna pypi.org true', 'ink pypi.example.com false'],
  ],
];

describe('where a package is taken from, and whether a hash proves it', () => {
  it.each(cases)('is read from %s', (_, format, file, text, expected) => {
    const { packages } = readText(format, file, text);
    expect(packages.map(({ name, registry, hashed }) => [name, registry ?? '-', hashed ?? '-'].join(' '))).toEqual(expected);
  });
});
