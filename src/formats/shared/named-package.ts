import { purlOf } from '#language/purl.ts';

/** Ecosystems as OSV spells them, by the words that tools have for them, in small letters without signs. */
const ecosystems: Readonly<Record<string, string>> = {
  cargo: 'crates.io',
  composer: 'Packagist',
  crate: 'crates.io',
  crates: 'crates.io',
  cratesio: 'crates.io',
  cran: 'CRAN',
  comp: 'Packagist',
  gem: 'RubyGems',
  go: 'Go',
  godep: 'Go',
  golang: 'Go',
  golangmodule: 'Go',
  gomod: 'Go',
  gomodules: 'Go',
  hackage: 'Hackage',
  hex: 'Hex',
  javaarchive: 'Maven',
  java: 'Maven',
  javascriptlibrary: 'npm',
  javascriptnodejs: 'npm',
  maven: 'Maven',
  mavenartifact: 'Maven',
  mvn: 'Maven',
  nodejs: 'npm',
  nodepackagedmodule: 'npm',
  npm: 'npm',
  npmjs: 'npm',
  nuget: 'NuGet',
  nugetpackagemodule: 'NuGet',
  packagist: 'Packagist',
  phpcomposer: 'Packagist',
  php: 'Packagist',
  pip: 'PyPI',
  pub: 'Pub',
  pypi: 'PyPI',
  python: 'PyPI',
  pythonpackage: 'PyPI',
  ruby: 'RubyGems',
  rubygem: 'RubyGems',
  rubygems: 'RubyGems',
  rust: 'crates.io',
};

/** The purl of a package that a tool names by its own word for the ecosystem; null where the word is not known here, or no purl comes of it. */
export function purlNamed(word: string, name: string, version: string | null): string | null {
  const ecosystem = ecosystems[word.toLowerCase().replaceAll(/[^a-z]/g, '')];
  if (ecosystem === undefined || name === '') return null;
  const plain = version === '' ? null : version;
  return purlOf(ecosystem, name, ecosystem === 'Go' && plain !== null ? plain.replace(/^v(?=\d)/, '') : plain);
}

/** Several licences that a tool lists, as one text: all of them must be met. Null for none. */
export function licencesJoined(licences: readonly string[]): string | null {
  const said = [...new Set(licences.map((each) => each.trim()).filter((each) => each !== ''))];
  if (said.length < 2) return said[0] ?? null;
  return said.map((each) => (/\sOR\s/.test(each) ? `(${each})` : each)).join(' AND ');
}
