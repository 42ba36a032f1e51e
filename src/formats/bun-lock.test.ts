import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { bunLock } from './bun-lock.ts';

const lock = `{
  // written by hand for this test
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "supports-color": "^7.0.0" }, "devDependencies": { "chalk": "^4.0.0" }, },
    "packages/ui": { "name": "@shop/ui", "dependencies": { "has-flag": "^2.0.0" }, "optionalDependencies": { "fsevents": "^2.0.0" } },
  },
  "packages": {
    "@shop/ui": ["@shop/ui@workspace:packages/ui"],
    "@shop/ui/has-flag": ["has-flag@2.0.0", "", {}, "sha512-a"],
    "chalk": ["chalk@4.1.2", "", { "dependencies": { "supports-color": "^7.1.0", "@types/node": "*" } }, "sha512-b"],
    "@types/node": ["@types/node@20.1.0", "", {}, "sha512-c"],
    "fsevents": ["fsevents@2.3.3", "", { "os": "darwin" }, "sha512-d"],
    "has-flag": ["has-flag@4.0.0", "", {}, "sha512-e"],
    "supports-color": ["supports-color@7.2.0", "", { "dependencies": { "has-flag": "^4.0.0" } }, "sha512-f"],
    "fork": ["is-number@github:example/is-number#98e8ff1", {}, "example-is-number-98e8ff1"],
    "local": ["local@file:deps/local", {}],
  },
}`;

describe('bun.lock', () => {
  it('gives packages with the copy that each user gets, scope and directness from all workspaces', () => {
    const result = readText(bunLock, 'bun.lock', lock);
    expect(packageLines(result)).toEqual([
      'has-flag 2.0.0 runtime direct',
      'chalk 4.1.2 development direct',
      '@types/node 20.1.0 development indirect',
      'fsevents 2.3.3 optional direct',
      'has-flag 4.0.0 runtime indirect',
      'supports-color 7.2.0 runtime direct',
      'is-number ?github:example/is-number#98e8ff1 runtime indirect',
    ]);
    expect(edgeLines(result)).toEqual([
      'chalk@4.1.2 -> supports-color@7.2.0',
      'chalk@4.1.2 -> @types/node@20.1.0',
      'supports-color@7.2.0 -> has-flag@4.0.0',
    ]);
    expect(problemLines(result)).toEqual([]);
  });

  it.each([
    ['no packages', '{"lockfileVersion": 1, "workspaces": {"": {}}, "packages": {}}', [], []],
    [
      'odd entries beside a good one',
      '{"lockfileVersion": 1, "packages": {"a": [1], "b": {}, "c": ["c@1.0.0", "", {}], "d": ["@scope/d"]}}',
      ['c 1.0.0 runtime indirect'],
      ['error odd-package', 'error odd-package', 'error odd-package'],
    ],
    ['another JSON', '{"name": "x"}', [], ['error not-this-format']],
    ['no JSON', 'bun', [], ['error not-json bun.lock:1']],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(bunLock, 'bun.lock', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});
