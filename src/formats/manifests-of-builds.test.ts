import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import { bazelMavenInstall } from './bazel-maven-install.ts';
import { cargoToml } from './cargo-toml.ts';
import { cpanMeta } from './cpan-meta.ts';
import { goVendorModules } from './go-vendor-modules.ts';
import { juliaProject } from './julia-project.ts';
import { opamFile } from './opam-file.ts';

const cargoOfMember = `
[package]
name = "shop"
version.workspace = true

[dependencies]
serde = { workspace = true, optional = true }
regex = "=1.10.4"
log = "0.4"
own = { path = "../own" }
renamed = { package = "rand", version = "0.8" }
fork = { git = "https://me:secret@example.com/fork.git", tag = "v1" }

[target.'cfg(unix)'.build-dependencies]
cc = "1"

[dev-dependencies]
lost = { workspace = true }
`;

const moduleBazel = `
"""Our workspace."""
module(name = "shop", version = "1.0")
bazel_dep(name = "rules_jvm_external", version = "6.3")
bazel_dep(name = "stardoc", version = "0.7.0", dev_dependency = True)  # docs only
maven = use_extension("@rules_jvm_external//:extensions.bzl", "maven")
other = use_extension("//build:ours.bzl", "maven")
VERSION = "33.2" + ".0-jre"
COMMON = ["com.google.guava:guava:" + VERSION]
maven.install(
    artifacts = COMMON + [
        'junit:junit:jar:4.13.2',
        "a:%s:1" % name,
        "org.acme:ranged:[1,2)",
    ] + [x for x in load_all()] + EXTRA,
    repositories = ["https://repo1.maven.org/maven2"],
)
maven.artifact(group = "org.acme", artifact = "tool", version = "2.0", testonly = True)
maven.artifact(group = G, artifact = "tool")
other.install(artifacts = ["not:ours:1"])
def macro(name):
    maven_install(artifacts = ["in:macro:1"])
if True:
    maven_install(artifacts = ["in:branch:1"])
`;

const vendored = `# example.com/one v1.2.3
## explicit; go 1.21
example.com/one
example.com/one/inner
# example.com/two v0.1.0+incompatible
## explicit
# example.com/three/v2 v2.1.0 => example.com/fork/v2 v2.1.1
example.com/three/v2/pkg
# example.com/own v1.0.0 => ./own
example.com/own
# example.com/odd/v3 v1.0.0
example.com/odd/v3
`;

const opamOfProject = `opam-version: "2.0"
version: "1.2" # ours
license: "MIT"
(* several
   lines *)
depends: [
  "ocaml" {>= "4.08" & < "5.0"}
  "dune" {build & >= "3.0"}
  "alcotest" {with-test & = "1.7.0"}
  ("lwt" {= "5.7.0"} | "async")
  "sibling" {= version}
]
depopts: "ssl"
url { src: "https://example.com/x.tar.gz" }
`;

const cases: readonly [format: Format, file: string, text: string, packages: readonly string[], problems: readonly string[]][] = [
  [
    cargoToml,
    'crates/shop/Cargo.toml',
    cargoOfMember,
    [
      'serde ?1.0 optional direct',
      'regex 1.10.4 runtime direct',
      'log ?0.4 runtime direct',
      'rand ?0.8 runtime direct',
      'fork ?git+https://example.com/fork.git#v1 runtime direct',
      'lost ?* development direct',
      'cc ?1 build direct',
    ],
    ['warning workspace-not-found'],
  ],
  [
    cargoToml,
    'Cargo.toml',
    '[package]\nname = "a"\n[dependencies]\nb = { version = 1 }\nc = { git = [] }\n',
    [],
    ['error bad-package', 'error bad-package'],
  ],
  [cargoToml, 'Cargo.toml', 'a = 1', [], ['error not-this-format']],
  [
    bazelMavenInstall,
    'MODULE.bazel',
    moduleBazel,
    [
      'rules_jvm_external ?>=6.3 runtime direct',
      'stardoc ?>=0.7.0 development direct',
      'com.google.guava:guava 33.2.0-jre runtime direct',
      'junit:junit 4.13.2 runtime direct',
      'org.acme:ranged ?[1,2) runtime direct',
      'org.acme:tool 2.0 test direct',
    ],
    ['warning artifacts-unknown MODULE.bazel:10', 'warning artifacts-unknown MODULE.bazel:19'],
  ],
  [
    bazelMavenInstall,
    'WORKSPACE',
    'maven_install(artifacts = ["a:b:1"])\nmaven_install(artifacts = ["c:d:2"]',
    ['a:b 1 runtime direct'],
    ['error not-starlark WORKSPACE:2'],
  ],
  [
    goVendorModules,
    'vendor/modules.txt',
    vendored,
    ['example.com/one 1.2.3 runtime direct', 'example.com/fork/v2 2.1.1 runtime indirect'],
    ['error bad-module vendor/modules.txt:11'],
  ],
  [goVendorModules, 'vendor/modules.txt', '', [], ['error empty']],
  [
    juliaProject,
    'Project.toml',
    'name = "Shop"\nuuid = "aa"\nversion = "1.0.0"\n[deps]\nHTTP = "bb"\nDates = "cc"\nBad = 1\n[weakdeps]\nPlots = "dd"\n[extras]\nTest = "ee"\n[compat]\nHTTP = "1.9, 2"\njulia = "1.10"\n',
    ['HTTP ?1.9, 2 runtime direct', 'Dates ?* runtime direct', 'Plots ?* optional direct', 'Test ?* test direct'],
    ['error bad-package'],
  ],
  [juliaProject, 'Project.toml', 'a = 1', [], ['error not-this-format']],
  [cpanMeta, 'lib/META.yml', "---\nabstract: 'x'\nname: Some-Tool\nversion: 0.10\nlicense: perl\n", ['Some-Tool 0.10 runtime'], []],
  [
    cpanMeta,
    'lib/META.json',
    '{"meta-spec":{"version":2},"name":"Some-Tool","version":"v1.2.3","license":["apache_2_0","open_source"]}',
    ['Some-Tool v1.2.3 runtime'],
    [],
  ],
  [cpanMeta, 'META.json', '{"abstract":"x","name":"Some-Tool"}', [], ['error no-version']],
  [cpanMeta, 'META.json', 'null', [], ['error not-this-format']],
  [
    opamFile,
    'shop.opam',
    opamOfProject,
    [
      'ocaml ?>= 4.08 & < 5.0 runtime direct',
      'dune ?>= 3.0 build direct',
      'alcotest 1.7.0 test direct',
      'lwt 5.7.0 runtime direct',
      'async ?* runtime direct',
      'sibling ?* runtime direct',
      'ssl ?* optional direct',
    ],
    [],
  ],
  [
    opamFile,
    'switch.export',
    'opam-version: "2.0"\ninstalled: ["dune.3.15.2" "zarith.1.13" "odd"]\n',
    ['dune 3.15.2 runtime', 'zarith 1.13 runtime'],
    ['error bad-package'],
  ],
  [opamFile, 'list', '# installed\ndune.3.15.2 \n\nodd\n', ['dune 3.15.2 runtime'], ['error bad-package list:4']],
  [opamFile, 'x.opam', 'depends: [ "a" {= "1', ['a ?* runtime direct'], ['error not-opam x.opam:1']],
];

describe('what Cargo, Bazel, Go, Julia, Perl and OCaml say of a build', () => {
  it.each(cases)('%#: $1 gives the packages and problems written beside it', (format, file, text, packages, problems) => {
    const result = readText(format, file, text, {
      'Cargo.toml': '[workspace]\n[workspace.package]\nversion = "2.0.0"\n[workspace.dependencies]\nserde = "1.0"\n',
    });
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('a workspace above gives a crate its version, and CPAN words become SPDX expressions', () => {
    const member = '[package]\nname = "shop"\nversion.workspace = true\n';
    const root = '[workspace.package]\nversion = "2.0.0"\n';
    expect(readText(cargoToml, 'crates/shop/Cargo.toml', member, { 'Cargo.toml': root }).subject).toEqual({
      name: 'shop',
      version: '2.0.0',
      purl: 'pkg:cargo/shop@2.0.0',
    });
    const meta = '{"abstract":"x","name":"A","version":"1","license":["perl_5"]}';
    expect(readText(cpanMeta, 'lib/META.json', meta).packages[0]?.licences).toEqual(['Artistic-1.0-Perl OR GPL-1.0-or-later']);
    expect(readText(cpanMeta, 'META.json', meta, { 'Makefile.PL': '' })).toMatchObject({ packages: [], subject: { name: 'A', version: '1' } });
  });

  it('says nothing where another file of the same tool says it better', () => {
    expect(readText(goVendorModules, 'vendor/modules.txt', vendored, { 'go.mod': 'module m' })).toEqual({ packages: [], edges: [], problems: [] });
    const locked = readText(bazelMavenInstall, 'MODULE.bazel', 'bazel_dep(name = "a", version = "1")', { 'MODULE.bazel.lock': '{}' });
    expect(locked.packages).toEqual([]);
  });

  it.each([
    ['a sum that doubles', `a = "xxxxxxxxxx"\n${'a = a + a\n'.repeat(60)}maven_install(artifacts = [a])`],
    ['brackets without an end', '['.repeat(50_000)],
    ['calls without an end', 'f('.repeat(50_000)],
    ['quotes without an end', '"'.repeat(50_001)],
  ])('a bomb is no trouble: %s', (_, text) => {
    const begun = performance.now();
    expect(problemLines(readText(bazelMavenInstall, 'WORKSPACE', text)).length).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
