import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { csproj } from './csproj.ts';
import { nugetCpm } from './nuget-cpm.ts';
import { nugetPackagesConfig } from './nuget-packages-config.ts';

const project = (items: string, properties = '') =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>${properties}</PropertyGroup><ItemGroup>${items}</ItemGroup></Project>`;

describe('packages.config', () => {
  it.each([
    ['no packages', '<packages/>', [], []],
    [
      'packages for the product and for its developers',
      '<packages><package id="Newtonsoft.Json" version="13.0.3" targetFramework="net48"/><package id="StyleCop.Analyzers" version="1.1.118" developmentDependency="true"/></packages>',
      ['Newtonsoft.Json 13.0.3 runtime', 'StyleCop.Analyzers 1.1.118 development'],
      [],
    ],
    [
      'one package in two spellings',
      '<packages><package id="A.B" version="1.0"/><package id="a.b" version="1.0"/></packages>',
      ['A.B 1.0 runtime'],
      [],
    ],
    [
      'packages that NuGet would not install',
      '<packages>\n<package id="A"/>\n<package version="1"/>\n</packages>',
      [],
      ['error odd-package packages.config:2', 'error odd-package packages.config:3'],
    ],
    ['another document', '<configuration/>', [], ['error not-this-format']],
    ['a document cut off', '<packages><package id="A" version="1"/>', [], ['error not-xml packages.config:1']],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(nugetPackagesConfig, 'packages.config', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});

describe('a .NET project', () => {
  it.each([
    ['without packages', project(''), {}, [], []],
    [
      'with versions as attribute, element, property and exact',
      project(
        '<PackageReference Include="A" Version="1.2.3"/><PackageReference Include="B"><Version>2.0.0</Version></PackageReference><PackageReference Include="C" Version="$(CVersion)"/><PackageReference Include="D" Version="[4.0.0]"/>',
        '<CVersion>3.$(Minor)</CVersion><Minor>1.0</Minor>',
      ),
      {},
      ['A 1.2.3 runtime direct', 'B 2.0.0 runtime direct', 'C 3.1.0 runtime direct', 'D 4.0.0 runtime direct'],
      [],
    ],
    [
      'with ranges, floating versions, none, and properties that nobody sets',
      project(
        '<PackageReference Include="A" Version="[1,2)"/><PackageReference Include="B" Version="1.*"/><PackageReference Include="C"/><PackageReference Include="D" Version="$(Nowhere)"/>',
      ),
      {},
      ['A ?[1,2) runtime direct', 'B ?1.* runtime direct', 'C ? runtime direct', 'D ?$(Nowhere) runtime direct'],
      Array.from({ length: 4 }, () => 'warning no-version src/app/App.csproj:1'),
    ],
    [
      'with central versions, an override, a global package and a tool of its own',
      project(
        '<PackageReference Include="newtonsoft.json"/><PackageReference Include="Serilog" VersionOverride="3.1.1"/><PackageReference Include="MinVer" PrivateAssets="All"/>',
      ),
      {
        'Directory.Packages.props': project(
          '<PackageVersion Include="Newtonsoft.Json" Version="$(JsonVersion)"/><PackageVersion Include="Serilog" Version="2.0.0"/><PackageVersion Include="MinVer" Version="5.0.0"/><PackageVersion Include="Unused" Version="9.9.9"/><GlobalPackageReference Include="Nerdbank.GitVersioning" Version="3.6.133"/>',
        ),
        'src/Directory.Build.props': project('', '<JsonVersion>13.0.3</JsonVersion>'),
      },
      [
        'Nerdbank.GitVersioning 3.6.133 build direct',
        'newtonsoft.json 13.0.3 runtime direct',
        'Serilog 3.1.1 runtime direct',
        'MinVer 5.0.0 build direct',
      ],
      [],
    ],
    [
      'with a ring of properties',
      project('<PackageReference Include="A" Version="$(X)"/>', '<X>$(Y)</X><Y>$(X)</Y>'),
      {},
      ['A ?$(X) runtime direct'],
      ['warning no-version src/app/App.csproj:1'],
    ],
    ['that is none', '<Window/>', {}, [], ['error not-this-format src/app/App.csproj:1']],
  ])('%s', (_, text, others, packages, problems) => {
    const result = readText(csproj, 'src/app/App.csproj', text, others);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});

describe('central package management', () => {
  it('names versions; what names no package or no version is left out', () => {
    const items =
      '<PackageVersion Include="A" Version="1.0.0"/><PackageReference Update="B" Version="[1,2)"/><PackageVersion Include="C"/><PackageVersion Version="1"/>';
    expect(packageLines(readText(nugetCpm, 'Directory.Packages.props', project(items)))).toEqual(['A 1.0.0 runtime', 'B ?[1,2) runtime']);
  });
});
