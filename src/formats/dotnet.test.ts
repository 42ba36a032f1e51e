import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { nugetDepsJson } from './nuget-deps-json.ts';
import { nugetProjectAssets } from './nuget-project-assets.ts';
import { paketDependencies } from './paket-dependencies.ts';
import { paketLock } from './paket-lock.ts';

describe('what .NET builds and Paket write', () => {
  it('a .deps.json gives the packages that ship a file', () => {
    const result = readFixture(nugetDepsJson, 'real-world', 'shop.deps.json');
    expect([...packageLines(result), ...edgeLines(result)]).toEqual([
      'Serilog 2.10.0 runtime',
      'Serilog.Sinks.File 5.0.0 runtime',
      'Serilog.Sinks.File@5.0.0 -> Serilog@2.10.0',
    ]);
    expect(result.packages.map(({ hashed }) => hashed)).toEqual([true, false]);
  });

  it('a .deps.json without its target gives every package, with a warning', () => {
    const result = readText(nugetDepsJson, 'a.deps.json', '{"libraries":{"A/1.0.0":{"type":"package"},"Own/1.0.0":{"type":"project"},"B":{}}}');
    expect(packageLines(result)).toEqual(['A 1.0.0 runtime']);
    expect(problemLines(result)).toEqual(['warning no-target', 'error bad-package']);
  });

  it('project.assets.json gives what the project asks for', () => {
    const result = readFixture(nugetProjectAssets, 'real-world', 'project.assets.json');
    expect([...packageLines(result), ...edgeLines(result)]).toEqual([
      'Serilog 2.10.0 runtime indirect',
      'Serilog.Sinks.File 5.0.0 runtime direct',
      'Serilog.Sinks.File@5.0.0 -> Serilog@2.10.0',
    ]);
  });

  it('paket.lock keeps groups apart', () => {
    const result = readFixture(paketLock, 'real-world', 'paket.lock');
    expect([...packageLines(result), ...edgeLines(result)]).toEqual([
      'Serilog 2.10.0 runtime',
      'Serilog.Sinks.File 5.0.0 runtime',
      'acme/Tools aabbccdd runtime',
      'Serilog 3.0.0 runtime',
      'Serilog.Sinks.File@5.0.0 -> Serilog@2.10.0',
    ]);
    expect(result.packages.map(({ purl, registry }) => `${String(purl)} ${registry ?? ''}`).slice(2)).toEqual([
      'pkg:github/acme/tools@aabbccdd ',
      'pkg:nuget/Serilog@3.0.0 nuget.example.com',
    ]);
  });

  it('paket.dependencies gives pins and ranges', () => {
    expect(packageLines(readFixture(paketDependencies, 'real-world', 'paket.dependencies'))).toEqual([
      'Serilog ?~> 3.1 runtime direct',
      'FSharp.Core 8.0.300 runtime direct',
      'FAKE ?* runtime direct',
      'acme/Tools ?1.2.0 runtime direct',
      'Expecto ?* runtime direct',
    ]);
  });

  it.each([
    [nugetDepsJson, '{}', 'error not-this-format'],
    [nugetProjectAssets, '[]', 'error not-this-format'],
    [paketLock, 'text', 'error not-this-format'],
    [paketLock, 'NUGET\n  remote: x\n    Serilog\n', 'error no-version file:3'],
    [paketLock, '', 'warning empty-file'],
    [paketDependencies, '\nthis is none', 'error not-understood file:2'],
  ])('what is none of them is said to be none (%#)', (format, text, problem) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([problem]);
  });
});
