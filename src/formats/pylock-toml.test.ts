import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { pylockToml } from './pylock-toml.ts';

describe('pylock.toml', () => {
  it('gives packages and the edges that are written down; directories are the firm’s own', () => {
    const text = [
      'lock-version = "1.0"',
      '[[packages]]',
      'name = "cattrs"',
      'version = "24.1.2"',
      'dependencies = [{ name = "Attrs" }, { name = "click", version = "8.1.7" }]',
      '[[packages]]',
      'name = "attrs"',
      'version = "25.1.0"',
      '[[packages]]',
      'name = "click"',
      'version = "8.1.7"',
      '[[packages]]',
      'name = "click"',
      'version = "8.2.1"',
      '[[packages]]',
      'name = "shop"',
      'directory = { path = "." }',
      '[[packages]]',
      'name = "tool"',
      'vcs = { type = "git", url = "https://git.example.org/tool.git", commit-id = "abc" }',
    ].join('\n');
    const result = readText(pylockToml, 'pylock.toml', text);
    expect(packageLines(result)).toEqual([
      'cattrs 24.1.2 runtime',
      'attrs 25.1.0 runtime',
      'click 8.1.7 runtime',
      'click 8.2.1 runtime',
      'tool ?git+https://git.example.org/tool.git@abc runtime',
    ]);
    expect(edgeLines(result)).toEqual(['cattrs@24.1.2 -> attrs@25.1.0', 'cattrs@24.1.2 -> click@8.1.7']);
    expect(problemLines(result)).toEqual([]);
  });

  it.each([
    ['pylock.toml', true],
    ['api/pylock.dev.toml', true],
    ['pylock.a.b.toml', false],
    ['mypylock.toml', false],
  ])('%s is one: %s', (path, is) => {
    expect(pylockToml.matchesPath(path)).toBe(is);
  });

  it.each([
    ['another TOML', 'a = 1\n', ['error not-this-format']],
    ['no TOML', '[', ['error not-toml pylock.toml:1']],
    ['a package without a name', 'lock-version = "1.0"\n[[packages]]\nversion = "1"\n', ['error unnamed-package']],
  ])('%s', (_, text, problems) => {
    expect(problemLines(readText(pylockToml, 'pylock.toml', text))).toEqual(problems);
  });
});
