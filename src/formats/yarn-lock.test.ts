import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { yarnLock } from './yarn-lock.ts';

const cases = [
  { name: 'empty', packages: [], edges: [], problems: ['error empty'] },
  { name: 'not-this-format', packages: [], edges: [], problems: ['error bad-line yarn.lock:1', 'error bad-line yarn.lock:2'] },
  { name: 'one-package', packages: ['left-pad 1.3.0 runtime direct'], edges: [], problems: [] },
  {
    name: 'development-only',
    packages: ['split 1.0.1 development indirect', 'tap-dot 2.0.0 development direct', 'through 2.3.8 development indirect'],
    edges: ['split@1.0.1 -> through@2.3.8', 'tap-dot@2.0.0 -> split@1.0.1'],
    problems: [],
  },
  { name: 'duplicate', packages: ['ms 2.0.0 runtime', 'ms 2.1.3 runtime'], edges: [], problems: [] },
  {
    name: 'odd-names',
    packages: [
      '@tea-shop/ui 1.0.0-rc.1+build.5 runtime',
      '@types/node 20.1.0 runtime',
      'constructor 1.0.0 runtime',
      '__proto__ 1.0.0 runtime',
      'lodash 4.17.21 runtime',
      'no-range 3.0.0 runtime',
      'no-version ?^1.0.0 runtime',
    ],
    edges: ['@tea-shop/ui@1.0.0-rc.1+build.5 -> @types/node@20.1.0', '@tea-shop/ui@1.0.0-rc.1+build.5 -> constructor@1.0.0'],
    problems: ['warning unknown-protocol yarn.lock:26'],
  },
  {
    name: 'real-world',
    packages: [
      'debug 2.6.9 runtime indirect',
      'express 4.18.2 runtime direct',
      'fsevents 2.3.3 optional indirect',
      'label-printer 0.4.0 runtime direct',
      'ms 2.0.0 runtime direct',
      'typescript 5.9.2 development direct',
    ],
    edges: ['debug@2.6.9 -> ms@2.0.0', 'express@4.18.2 -> debug@2.6.9', 'express@4.18.2 -> fsevents@2.3.3'],
    problems: [],
  },
  {
    name: 'berry',
    packages: [
      '@types/node 20.1.0 development direct',
      'debug 4.3.4 runtime direct',
      'lodash 4.17.21 runtime direct',
      'ms 2.1.2 runtime indirect',
      'typescript 5.9.2 development direct',
    ],
    edges: ['debug@4.3.4 -> ms@2.1.2'],
    problems: [],
  },
  {
    name: 'merge-conflict',
    packages: ['ms 2.0.0 runtime', 'ms 2.1.2 runtime'],
    edges: [],
    problems: ['error merge-conflict yarn.lock:5', 'error merge-conflict yarn.lock:8', 'error merge-conflict yarn.lock:11'],
  },
  { name: 'workspaces-behind-a-glob', packages: ['ms 2.0.0 runtime', 'typescript 5.9.2 runtime direct'], edges: [], problems: [] },
];

describe('yarn.lock', () => {
  it.each(cases)('the case $name gives the packages, edges and problems written beside it', ({ name, packages, edges, problems }) => {
    const result = readFixture(yarnLock, name, 'yarn.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
  });

  it('line endings of Windows change nothing', () => {
    const lock = '# yarn lockfile v1\r\n\r\nms@2.0.0:\r\n  version "2.0.0"\r\n';
    expect(packageLines(readText(yarnLock, 'yarn.lock', lock))).toEqual(['ms 2.0.0 runtime']);
  });

  it('a key of berry that is too long for one line is read', () => {
    const lock = '__metadata:\n  version: 8\n\n? "ms@npm:2.0.0, ms@npm:^2.0.0"\n:\n  version: 2.0.0\n  resolution: "ms@npm:2.0.0"\n';
    expect(packageLines(readText(yarnLock, 'yarn.lock', lock))).toEqual(['ms 2.0.0 runtime']);
  });

  it('a patched package stands for the one it patches', () => {
    const patch = 'fsevents@patch:fsevents@npm%3A~2.1.2#builtin<compat/fsevents>';
    const lock = `__metadata:\n  version: 8\n\n"a@npm:1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  dependencies:\n    fsevents: ~2.1.2\n\n"${patch}":\n  version: 2.1.3\n  resolution: "${patch}::version=2.1.3"\n`;
    expect(edgeLines(readText(yarnLock, 'yarn.lock', lock))).toEqual(['a@1.0.0 -> fsevents@2.1.3']);
  });

  it('the manifests of all workspaces are asked for together', () => {
    const member = (name: string): string =>
      `"${name}@workspace:packages/${name}":\n  version: 0.0.0-use.local\n  resolution: "${name}@workspace:packages/${name}"\n  linkType: soft\n`;
    const text = `__metadata:\n  version: 8\n\n${member('a')}\n${member('b')}`;
    const announced: string[][] = [];
    yarnLock.parse({ path: 'yarn.lock', bytes: Buffer.from(text) }, { read: () => null, soon: (paths) => announced.push([...paths]) });
    expect(announced).toEqual([['packages/a/package.json', 'packages/b/package.json']]);
  });
});
