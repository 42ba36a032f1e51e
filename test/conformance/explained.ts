/** Why a case is missed on purpose, or because the data contradicts its own source. */
export type Explanation = {
  readonly suite: string;
  readonly format: string;
  /** Matches the lines of `missed` that this explains. */
  readonly missed: RegExp;
  readonly reason: string;
};

/** Every miss that we stand by. A miss that nothing here matches is a fault of ours. */
export const explanations: readonly Explanation[] = [
  {
    suite: 'osv-scalibr',
    format: 'pypi',
    missed: /: null$/,
    reason:
      'A "legacy" version that PEP 440 calls invalid has no order. Calling it older than all others would clear it of advisories; it is unknown.',
  },
  {
    suite: 'osv-scalibr',
    format: 'composer',
    missed: /: null$/,
    reason:
      "Composer's VersionParser refuses one of the two, or it names a branch; the vectors come from PHP's version_compare, which orders any text.",
  },
  {
    suite: 'osv-scalibr',
    format: 'composer',
    missed: /^v?\d+\.\d+(?:\.\d+)? . v?\d+\.\d+(?:\.\d+)?(?:-\w.*)?: (?:0|1)$/,
    reason:
      'Composer fills versions up to four numbers before it compares, so 1.0 equals 1.0.0 and is after 1.0.0-beta; the vectors compare the texts.',
  },
  {
    suite: 'osv-scalibr',
    format: 'composer',
    missed: /-[A-Z]+\.\d .*-[A-Z]+\.\d: -?\d$/,
    reason: 'Composer ignores the case of ALPHA and BETA; the vectors compare the texts, in which version_compare knows neither word.',
  },
  {
    suite: 'osv-scalibr',
    format: 'maven',
    missed: /^[^ ]*(?:-|rc|RC|CR|sec|[a-z]\d)[^ ]* < |-ga21: 0$/,
    reason: 'The vectors follow an older Maven; ComparableVersion has since come to read .x like -x for a qualifier x, and x-1 like x1 (MNG-7644).',
  },
  {
    suite: 'vers-spec order',
    format: 'maven',
    missed: /2-1 2\.0\.0\.a: 1$/,
    reason: 'The vector follows an older Maven; to ComparableVersion 2.0.0.a is now 2-a, which is before 2-1.',
  },
  { suite: 'osv-scalibr', format: 'gem', missed: /^1 > 1beta: null$/, reason: 'Gem::Version calls 1beta malformed.' },
  {
    suite: 'osv-scalibr',
    format: 'npm',
    missed: /^9{20,}.*: null$/,
    reason: "node-semver refuses numbers past 2^53, and node-semver's own vectors here say so.",
  },
  {
    suite: 'osv-scalibr',
    format: 'apk',
    missed: /: null$/,
    reason: 'apk-tools calls one of the two invalid. Peers read it up to the fault; calling it older or newer by that could clear it of advisories.',
  },
  { suite: 'osv-scalibr', format: 'rpm', missed: /^\+_ = \+_: null$/, reason: 'A text of separators only is no version of a package.' },
  { suite: 'osv-scalibr', format: 'pub', missed: /^1\.1\.3\.4\.5 = .*: null$/, reason: 'Five numbers are no semantic version.' },
  { suite: 'osv-scalibr', format: 'npm', missed: /^1\.1\.3\.4\.5 = .*: null$/, reason: 'Five numbers are no semantic version.' },
  { suite: 'osv-scalibr', format: 'cargo', missed: /^1\.1\.3\.4\.5 = .*: null$/, reason: 'Five numbers are no semantic version.' },
  { suite: 'osv-scalibr', format: 'golang', missed: /^1\.1\.3\.4\.5 = .*: null$/, reason: 'Five numbers are no semantic version.' },
  {
    suite: 'vers-spec ranges',
    format: 'npm',
    missed: /^(?=.*\|\|)(?!.*: not understood$)/,
    reason:
      'Alternatives overlap. We print their union; the expected text repeats versions or lets closing bounds follow each other, which the specification forbids.',
  },
  {
    suite: 'vers-spec ranges',
    format: 'npm',
    missed: /^(?:>= 2\.2\.x|1\.1\.2 1\.2\.2) /,
    reason: 'node-semver reads it otherwise: `>= 2.2.x` has no upper end, and two versions side by side are both required, which nothing satisfies.',
  },
  {
    suite: 'vers-spec ranges',
    format: 'nginx',
    missed: /^1\.5\.0\+, 1\.4\.1\+ /,
    reason:
      'Up to 1.5.0 and from 1.5.0 on is all from 1.4.1 on; we print the union. The expected text repeats a version, which the specification forbids.',
  },
  {
    suite: 'univers ranges',
    format: 'npm',
    missed: /^<=\d+\.\d+ |\|\|/,
    reason: '`<=3.3` is `<3.4.0` to node-semver; overlapping alternatives are united.',
  },
  {
    suite: 'univers ranges',
    format: 'composer',
    missed: /→ [^:]*:composer\/.*\+\d|^<2\.2\.1 \|\| 2\.1\.3 /,
    reason:
      'univers reads the fourth number of a Composer version as build metadata (2.1.27+10), which has no order; Composer orders it, and so do we.',
  },
  {
    suite: 'univers ranges',
    format: 'composer',
    missed: /^<2020-09-14 |\d\.\d(?:a|b|alpha|beta|rc)\d*\b/i,
    reason: 'univers reads Composer versions as semantic versions: a date and a stability without a hyphen come out otherwise.',
  },
  {
    suite: 'univers ranges',
    format: 'golang',
    missed: /: not understood$/,
    reason: 'Four numbers are no Go version; univers reads the fourth as build metadata.',
  },
  {
    suite: 'purl-spec',
    format: 'purl',
    missed: /^rpm-test.json parse: rpm often use qualifiers /,
    reason: 'The same text is expected to be read in other tests of the file, and its rules allow it.',
  },
  {
    suite: 'purl-spec',
    format: 'purl',
    missed: /^git-test.json validate: git namespace and name should be lowercased/,
    reason: 'The definition of the type says that both are case-sensitive.',
  },
  {
    suite: 'lockfiles',
    format: 'bun-lock',
    missed: /etag@/,
    reason: "A `file:` entry is the firm's own, so it is no package of the inventory.",
  },
  {
    suite: 'lockfiles',
    format: 'gradle-verification-metadata',
    missed: /:pdfbox@/,
    reason: 'A module without a group or without a name is no module of Maven: it is a problem with its line, not an entry with half a name.',
  },
  {
    suite: 'lockfiles',
    format: 'npm-package-lock-v2',
    missed: /both-package-lock/,
    reason: 'The case rests on an npm-shrinkwrap.json beside the file, which the data does not hold; with it the reading says "shadowed".',
  },
  {
    suite: 'lockfiles',
    format: 'pipfile-lock',
    missed: /no-version/,
    reason: 'The peer leaves out packages without a version; here they are listed as unresolved, which matches as unknown and never as clean.',
  },
  {
    suite: 'lockfiles',
    format: 'requirements-txt',
    missed: /env-var/,
    reason: 'The peer leaves out a requirement whose version is an environment variable; here it is listed as unresolved, with a warning.',
  },
  {
    suite: 'lockfiles',
    format: 'pom-xml',
    missed: /multi-version/,
    reason: 'Of one dependency declared twice Maven takes the last; the peer takes the first.',
  },
  {
    suite: 'lockfiles',
    format: 'cabal-freeze',
    missed: /missing 0 \(\), more 1 \(foo@2\.4\.0\.3\)/,
    reason: 'The peer takes constraints with `any.` only; one on the package itself pins it just as well.',
  },
  {
    suite: 'lockfiles',
    format: 'renv-lock',
    missed: /missing 0 \(\), more 1 \((?:BSgenome|mime|morning)@/,
    reason: 'The peer lists what comes from CRAN only; what comes from Bioconductor, GitHub or elsewhere is in use too, under its own origin.',
  },
  {
    suite: 'lockfiles',
    format: 'github-actions-workflow',
    missed: /missing 0 \(\), more 1 \(alpine@3\.18\)/,
    reason: 'The peer leaves out images that a step runs; they are in use as actions are.',
  },
  {
    suite: 'lockfiles',
    format: 'sbt-lockfile',
    missed: /missing 0 \(\), more 1 \(org\.scalatest:/,
    reason: 'The peer leaves out modules of the test configuration; here they are listed as for tests.',
  },
  {
    suite: 'lockfiles',
    format: 'mix-lock',
    missed: /missing 0 \(\), more 1 \(esaml@\)/,
    reason: 'The peer leaves out what comes from Git; here it is listed by its commit.',
  },
  {
    suite: 'lockfiles',
    format: 'nuget-deps-json',
    missed: /missing \d \((?:(?:Api|Data|ExampleApp1|hello2|Web|Worker)@1\.0\.0(?:, )?)+\), more 0 /,
    reason: "Projects in a .deps.json are the firm's own, so they are no packages of the inventory.",
  },
  {
    suite: 'lockfiles',
    format: 'dpkg-status',
    missed: /missing 0 \(\), more 2 \(wantinstall_unpacked@1\.0, wantnostatus@1\.0\)/,
    reason:
      'The files of an unpacked package are there, whether it was configured or not; an entry without a state is how distroless images write theirs.',
  },
  {
    suite: 'lockfiles',
    format: 'homebrew',
    missed: /missing 1 \(rclone@/,
    reason: 'The name of a formula is that of its folder in the Cellar, which the data does not hold; the receipt says it nowhere.',
  },
  {
    suite: 'lockfiles',
    format: 'rpm-db',
    missed: /missing 1 \(hello@0\.0\.1-rls\), more 1 \(hello@1:0\.0\.1-rls\)/,
    reason: 'The peer leaves out the epoch; it comes first in the order of RPM, and advisories write it.',
  },
  {
    suite: 'lockfiles',
    format: 'package-resolved',
    missed: /swift-ogg/,
    reason: 'A pin without a version is known by its commit; the peer gives the name of its branch, which moves.',
  },
  {
    suite: 'go-spdx',
    format: 'satisfies',
    missed: /Apache-2\.0-(?:only|or-later): error$/,
    reason: 'Apache-2.0-only and Apache-2.0-or-later are not on the SPDX list; what is not on it is unknown here, not guessed.',
  },
  {
    suite: 'sboms',
    format: 'spdx 2.2',
    missed: /guac\/exampledata/,
    reason: 'The files hold packages without the name that SPDX demands; they are problems here, not packages with an invented name.',
  },
  {
    suite: 'sboms',
    format: 'cyclonedx 1.6',
    missed: /bom-issue4455\.json: /,
    reason: 'Its packages of a distribution name the sources they were built from, which are packages of their own here: advisories name them.',
  },
  {
    suite: 'sboms-malformed',
    format: 'cyclonedx 1.4',
    missed: /invalid-version/,
    reason: 'Its name upstream calls it invalid, but every component in it has what an inventory needs and reads whole.',
  },
  ...['1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7'].map((version) => ({
    suite: 'sboms',
    format: `cyclonedx xml ${version}`,
    missed: /\/(?:bom|valid-(?:bom|xml-signature|random-attributes|external-elements|annotation|patch|citations|formulation|vulnerability))-/,
    reason:
      'The data counts every element called component. What a component was made from, what made it and who annotated it is no part of the inventory, in XML as in JSON.',
  })),
  {
    suite: 'sboms',
    format: 'spdx3 3.0.1',
    missed: /\/(?:ai|dataset)\/example/,
    reason: 'The data counts packages of software only; a model and a data set are packages by the specification, and an office wants to see them.',
  },
  {
    suite: 'lockfiles',
    format: 'sbom-spdx',
    missed: /: missing 1 \((?:\w+@[\d.]+|cpe:[^)]*)\), more \d \(/,
    reason:
      'The peer names a package by the last part of its purl, or by its CPE where there is no purl, and leaves out those that have neither. We give the whole name (log4j:log4j), the name the document gives (Nginx), and list all packages.',
  },
];
