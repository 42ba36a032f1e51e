import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { gleamManifest } from './gleam-manifest.ts';
import { gleamToml } from './gleam-toml.ts';
import { mixLock } from './mix-lock.ts';
import { rebarLock } from './rebar-lock.ts';

describe('lockfiles of Elixir, Erlang and Gleam', () => {
  it('mix.lock gives packages of Hex, of an organisation and of Git', () => {
    const result = readFixture(mixLock, 'real-world', 'mix.lock');
    expect(result.packages.map(({ ecosystem, purl, range }) => [ecosystem, purl, range ?? ''].join(' '))).toEqual([
      'Hex pkg:hex/cowlib@2.13.0 ',
      'Hex pkg:hex/cowboy@2.12.0 ',
      ' pkg:hex/acme/ledger@1.0.0 ',
      'Hex pkg:hex/tool aabbccdd',
    ]);
    expect(edgeLines(result)).toEqual(['cowboy@2.12.0 -> cowlib@2.13.0']);
  });

  it('rebar.lock gives levels and hashes', () => {
    const result = readFixture(rebarLock, 'real-world', 'rebar.lock');
    expect(packageLines(result)).toEqual(['cowboy 2.12.0 runtime direct', 'cowlib 2.13.0 runtime indirect', 'tool ?aabbccdd runtime direct']);
    expect(result.packages.map(({ hashed }) => hashed)).toEqual([true, false, true]);
    expect(packageLines(readText(rebarLock, 'rebar.lock', '[{<<"jsx">>,{pkg,<<"jsx">>,<<"3.1.0">>},0}].'))).toEqual(['jsx 3.1.0 runtime direct']);
    expect(problemLines(readText(rebarLock, 'rebar.lock', '[].'))).toEqual([]);
  });

  it('manifest.toml gives edges and what the project asks for', () => {
    const result = readFixture(gleamManifest, 'real-world', 'manifest.toml');
    expect([...packageLines(result), ...edgeLines(result)]).toEqual([
      'gleam_http 3.6.0 runtime direct',
      'gleam_stdlib 0.38.0 runtime indirect',
      'gleam_http@3.6.0 -> gleam_stdlib@0.38.0',
    ]);
  });

  it('gleam.toml gives ranges', () => {
    expect(packageLines(readFixture(gleamToml, 'real-world', 'gleam.toml'))).toEqual([
      'gleam_http ?>= 3.0.0 and < 4.0.0 runtime direct',
      'gleeunit ?~> 1.0 development direct',
    ]);
  });

  it.each([
    [mixLock, '%{"a": {:hex, }}', ['error bad-package']],
    [mixLock, '%{\n"a": {:hex', ['error not-terms file:2']],
    [mixLock, '%{"a}', ['error not-terms file:1']],
    [mixLock, '%{]}', ['error not-terms file:1']],
    [mixLock, '['.repeat(300), ['error not-terms file:1']],
    [mixLock, '', ['error not-this-format']],
    [rebarLock, 'text', ['error not-this-format']],
    [gleamManifest, '[requirements]', ['error not-this-format']],
    [gleamToml, '', ['error not-this-format']],
  ])('what is none of them is said to be none (%#)', (format, text, problems) => {
    expect(problemLines(readText(format, 'file', text))).toEqual(problems);
  });
});
