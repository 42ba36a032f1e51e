import { describe, expect, it } from 'vitest';
import { problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import { dockerCompose } from './docker-compose.ts';
import { dockerfile } from './dockerfile.ts';
import { githubActionsWorkflow } from './github-actions-workflow.ts';
import { k8sManifest } from './k8s-manifest.ts';
import { miseToml } from './mise-toml.ts';
import { pythonMetadata } from './python-metadata.ts';
import { sbtLockfile } from './sbt-lockfile.ts';
import { toolVersions } from './tool-versions.ts';

const digest = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

// Each line: purl, range in brackets where no version is known, scope, whether it is pinned by a hash (-: not said).
const cases: readonly [format: Format, file: string, packages: readonly string[], problems: readonly string[]][] = [
  [
    githubActionsWorkflow,
    'ci.yml',
    [
      'pkg:githubactions/actions/checkout@v4 build false',
      'pkg:githubactions/acme/tool@8f4b7f84864484a7bf31766abe9204da3cbe65b3 build true',
      'pkg:docker/library/alpine@3.20 build false',
      'pkg:docker/acme/builder@2?repository_url=ghcr.io build false',
      'pkg:docker/library/postgres@16.3 build false',
      'pkg:githubactions/acme/shared@main build false',
    ],
    ['error bad-package'],
  ],
  [
    dockerfile,
    'Dockerfile',
    [
      'pkg:docker/library/node@22.4.0-slim build false',
      `pkg:docker/library/debian@sha256:${digest} runtime true`,
      'pkg:docker/acme/tool@1?repository_url=ghcr.io build false',
    ],
    ['warning unresolved-image Dockerfile:10'],
  ],
  [
    dockerCompose,
    'compose.yaml',
    ['pkg:docker/acme/api@1.2.0?repository_url=ghcr.io runtime false', 'pkg:docker/redis@latest?repository_url=localhost:5000 runtime false'],
    ['warning unresolved-image'],
  ],
  [
    k8sManifest,
    'shop.yaml',
    [
      'pkg:docker/library/busybox@latest runtime false',
      'pkg:docker/team/shop@v1.4?repository_url=registry.example.com:5000 runtime false',
      'pkg:docker/acme/job@7 runtime false',
    ],
    [],
  ],
  [
    miseToml,
    'mise.toml',
    [
      'pkg:generic/node (22) development -',
      'pkg:generic/terraform@1.8.4 development -',
      'pkg:npm/prettier@3.3.0 development -',
      'pkg:generic/python@3.12.3 development -',
      'pkg:generic/python (3.11) development -',
    ],
    [],
  ],
  [
    toolVersions,
    '.tool-versions',
    ['pkg:generic/nodejs@22.3.0 development -', 'pkg:generic/python@3.12.3 development -', 'pkg:generic/python (system) development -'],
    ['warning no-version .tool-versions:4'],
  ],
  [pythonMetadata, 'PKG-INFO', ['pkg:pypi/acme-tool@1.2.0 runtime -'], []],
  [
    sbtLockfile,
    'build.sbt.lock',
    ['pkg:maven/org.typelevel/cats-core_2.13@2.10.0 runtime true', 'pkg:maven/org.scalatest/scalatest_2.13@3.2.18 test false'],
    [],
  ],
];

describe('what the workshop, images and builds name', () => {
  it.each(cases)('$0.id gives the packages and problems written beside it', (format, file, packages, problems) => {
    const result = readFixture(format, 'real-world', file);
    const lines = result.packages.map(({ purl, range, scope, hashed }) =>
      [String(purl), ...(range === undefined ? [] : [`(${range})`]), scope, String(hashed ?? '-')].join(' '),
    );
    expect([...lines].sort()).toEqual([...packages].sort());
    expect(problemLines(result)).toEqual(problems);
  });

  it.each([
    [githubActionsWorkflow, 'on: push', 'warning no-jobs'],
    [dockerfile, 'RUN make', 'error not-this-format'],
    [dockerCompose, 'a: 1', 'error not-this-format'],
    [k8sManifest, 'a: 1', 'warning not-this-format'],
    [miseToml, '[tools]\nnode = 22', 'warning no-version'],
    [pythonMetadata, '\nName: a\nVersion: 1', 'error not-this-format'],
    [sbtLockfile, '{}', 'error not-this-format'],
    [sbtLockfile, '{"dependencies":[{}]}', 'error bad-package'],
  ])('what is none of them is said to be none (%#)', (format, text, problem) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([problem]);
  });

  it('paths that are not theirs are left alone', () => {
    const paths = ['.github/dependabot.yml', 'charts/k8s/templates/a.yaml', 'docs/Dockerfile/readme.md', 'composer.json', 'deploy/k8s/app.yaml'];
    const all = [githubActionsWorkflow, dockerfile, dockerCompose, k8sManifest, miseToml, toolVersions, pythonMetadata, sbtLockfile];
    expect(paths.filter((path) => all.some((format) => format.matchesPath(path)))).toEqual(['deploy/k8s/app.yaml']);
  });
});
