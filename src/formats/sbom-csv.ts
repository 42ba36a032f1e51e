import { quoted } from '#model/problem.ts';
import type { Format, InputFile } from '#model/format.ts';
import { emptySbom, sbomComponentTypes, type SbomDocument } from '#model/sbom.ts';
import { purlOf } from '#language/purl.ts';
import { readMappedCsv, type MappedRow } from './shared/mapped-csv.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { beginningOf } from './shared/sbom/beginning-of.ts';
import { componentList, namedComponent, type GrowingComponent } from './shared/sbom/component-list.ts';
import { namedByPurl } from './shared/sbom/named-by-purl.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';

/** Lists of components in CSV, one a row. */
export const sbomCsv: Format = sbomFormat(
  {
    id: 'sbom-csv',
    version: 1,
    title: 'List of components (CSV)',
    spec: 'https://www.rfc-editor.org/rfc/rfc4180',
    reads:
      'One component a row, by columns for name, group, version, purl, ecosystem, licence, supplier, CPE, SHA-256, scope, type, description and website in many spellings; a first line such as `#columns name=Part,version=Release` says which column is which. Commas, semicolons and tabs divide.',
    cannotSee: 'What uses what.',
    matchesPath: (path) => /(?:^|\/)s?bom\.csv$|[^/]\.(?:s?bom|cdx)\.csv$/i.test(path),
    matchesContent: isTable,
  },
  (file: InputFile, detail: SbomDetail) => readSbom('other', file, (log) => csvDocument(file.bytes, detail, log)),
);

/** What a column may say, with what it may be called beside that. */
const names = {
  name: ['component', 'component name', 'package', 'package name', 'library', 'library name', 'artifact', 'artifact id', 'module', 'dependency'],
  group: ['group id', 'namespace', 'component group'],
  version: ['component version', 'package version', 'library version', 'installed version', 'version info'],
  purl: ['package url', 'package purl', 'component purl'],
  ecosystem: ['package type', 'package manager', 'purl type', 'language'],
  licence: [
    ...['license', 'licences', 'licenses', 'license name', 'declared license', 'license declared', 'license id', 'license expression'],
    'spdx license',
  ],
  supplier: ['supplier name', 'vendor', 'publisher', 'manufacturer'],
  cpe: ['cpe23', 'cpe 2.3'],
  sha256: ['sha-256', 'hash', 'hash sha256', 'checksum'],
  scope: ['usage'],
  type: ['component type'],
  description: ['summary'],
  website: ['homepage', 'url', 'project url'],
} as const;
type Meaning = keyof typeof names;

const ecosystems: Readonly<Record<string, string>> = {
  ...{ npm: 'npm', javascript: 'npm', node: 'npm', nodejs: 'npm', pypi: 'PyPI', python: 'PyPI', pip: 'PyPI', maven: 'Maven', java: 'Maven' },
  ...{
    go: 'Go',
    golang: 'Go',
    cargo: 'crates.io',
    rust: 'crates.io',
    cratesio: 'crates.io',
    gem: 'RubyGems',
    rubygems: 'RubyGems',
    ruby: 'RubyGems',
  },
  ...{ nuget: 'NuGet', dotnet: 'NuGet', composer: 'Packagist', packagist: 'Packagist', php: 'Packagist' },
};

/** Whether a file begins as such a table does: it names a purl, or a name and a version, and something beside. */
function isTable(head: string): boolean {
  const lines = head.split('\n', 3);
  const heading = /^\ufeff?#columns\b/.test(lines[0] ?? '') ? lines.slice(0, 2) : lines.slice(0, 1);
  const bytes = new TextEncoder().encode(heading.join('\n'));
  const table = readMappedCsv(bytes, names, problemLog(''), [], separatorOf(heading.at(-1) ?? ''));
  if (table === null) return false;
  return (
    (table.has('purl') && (heading.at(-1) ?? '').split(separatorOf(heading.at(-1) ?? '')).length > 1) || (table.has('name') && table.has('version'))
  );
}

function csvDocument(bytes: Uint8Array, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const [first = '', second = ''] = beginningOf(bytes).split('\n', 2);
  const table = readMappedCsv(bytes, names, log, [], separatorOf(first.startsWith('#columns') ? second : first));
  if (table === null) return emptySbom('other', log.problems());
  if (!table.has('purl') && !table.has('name')) {
    log.error('not-this-format', 'The first row has no heading for a name or a purl. A line before it may say which column is which.');
    return emptySbom('other', log.problems());
  }
  const { components, add } = componentList();
  for (const row of table.rows) {
    const component = componentOf(row, detail, log);
    if (component === null) log.error('unnamed-component', 'The row has neither a name nor a purl, so it was left out.', { line: row.line });
    else add(component, null);
  }
  if (components.length === 0) log.warning('no-packages', 'The table has no rows, so nothing is known of what it describes.');
  return { ...emptySbom('other', log.problems()), components };
}

/** What divides a row: of comma, semicolon and tab the one that does so most often. */
function separatorOf(line: string): string {
  const counted = [',', ';', '\t'].map((sign) => [line.split(sign).length, sign] as const);
  return counted.reduce((best, each) => (each[0] > best[0] ? each : best))[1];
}

function componentOf({ cell: cellOf }: MappedRow<Meaning>, detail: SbomDetail, log: ProblemLog): GrowingComponent | null {
  const said = (meaning: Meaning): string | null => {
    const cell = cellOf(meaning);
    return cell === null || /^(?:n\/?a|none|null|unknown|noassertion|-)$/i.test(cell) ? null : cell;
  };
  const [written, version] = [said('purl'), said('version')];
  const byPurl = namedByPurl(written ?? '', version, detail);
  if (written !== null && byPurl === null) log.warning('not-a-purl', `${quoted(written)} is no package URL.`);
  const name = said('name');
  const identity =
    byPurl ??
    (name === null ? null : named(name, said('group'), version, ecosystems[(said('ecosystem') ?? '').toLowerCase().replace(/[^a-z]/g, '')] ?? null));
  if (identity === null) return null;
  const component = namedComponent(identity);
  const [licence, scope, sha256, cpe, website] = [said('licence'), said('scope')?.toLowerCase() ?? '', said('sha256'), said('cpe'), said('website')];
  component.type = sbomComponentTypes.find((each) => each === said('type')?.toLowerCase()) ?? 'library';
  if (licence !== null) component.licences = { declared: [licence], concluded: [] };
  if (/^(?:dev|development|excluded)$/.test(scope)) component.scope = 'development';
  else if (scope === 'test' || scope === 'optional' || scope === 'build') component.scope = scope;
  if (sha256 !== null && /^[0-9a-f]{64}$/i.test(sha256)) component.hashes = [{ algorithm: 'SHA-256', value: sha256.toLowerCase() }];
  if (detail !== 'whole') return component;
  component.supplier = said('supplier');
  component.description = said('description');
  if (cpe !== null) component.cpes = [cpe];
  if (website !== null) component.links = [{ type: 'website', url: website }];
  return component;
}

function named(name: string, group: string | null, version: string | null, ecosystem: string | null) {
  const full = group === null ? name : `${group}${ecosystem === 'Maven' ? ':' : '/'}${name}`;
  return { ecosystem, name: full, version, purl: ecosystem === null ? null : purlOf(ecosystem, full, version) };
}
