// Writes `all.ts` in each plugin folder from the files that lie there; `--check` compares instead and exits 1 when one differs.
import fs from 'node:fs';
import path from 'node:path';

type Folder = {
  readonly dir: string;
  readonly type: string;
  readonly from: string;
  readonly list: string;
  readonly what: string;
  /** Each plugin is a folder with a file of this name, and not a file. */
  readonly entry?: string;
};

const folders: readonly Folder[] = [
  { dir: 'src/formats', type: 'Format', from: '#model/format.ts', list: 'formats', what: 'Every file format this build reads' },
  {
    dir: 'src/language/versions',
    type: 'VersionScheme',
    from: '#language/version-scheme.ts',
    list: 'versionSchemes',
    what: 'Every version scheme this build knows',
  },
  {
    dir: 'src/language/registries',
    type: 'RegistryProtocol',
    from: '#model/registry.ts',
    list: 'registryProtocols',
    what: 'Every kind of package registry this build asks',
  },
  { dir: 'src/analysis/rules', type: 'Rule', from: '../rule.ts', list: 'rules', what: 'Every way of judging facts that this build has' },
  { dir: 'src/worker/jobs', type: 'ScheduledJob', from: '../scheduled-job.ts', list: 'jobs', what: 'Every job that runs by the clock' },
  { dir: 'src/desk/acts', type: 'ActKind', from: '#desk/act-kind.ts', list: 'actKinds', what: 'Everything that people do in the office' },
  { dir: 'src/desk/council/kinds', type: 'CaseKind', from: '../case-kind.ts', list: 'caseKinds', what: 'Every kind of question to the council' },
  { dir: 'web/pages', type: 'PageEntry', from: '../parts/page-entry.ts', list: 'pages', what: 'Every page of the web', entry: 'entry.ts' },
];

const check = process.argv.includes('--check');
let differ = 0;
for (const folder of folders) {
  const file = path.join(folder.dir, 'all.ts');
  const wanted = textOf(folder);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === wanted) continue;
  if (check) {
    differ += 1;
    process.stderr.write(`${file} is out of date: run npm run gen.\n`);
  } else {
    fs.writeFileSync(file, wanted);
  }
}
process.exitCode = differ === 0 ? 0 : 1;

function textOf(folder: Folder): string {
  const files = pluginFiles(folder);
  const name = (file: string) =>
    path.basename(folder.entry === undefined ? file : path.dirname(file), '.ts').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const imports = files.map((file) => `import { ${name(file)} } from './${file}';`);
  const inside = folder.from.startsWith(`#${folder.dir.slice(4)}/`);
  return [
    '// Written by tools/list-plugins.ts from the files beside it. Do not edit.',
    `import type { ${folder.type} } from '${inside ? `./${path.basename(folder.from)}` : folder.from}';`,
    ...imports,
    '',
    `/** ${folder.what}, by file name. */`,
    `export const ${folder.list}: readonly ${folder.type}[] = [${files.map(name).join(', ')}];`,
    '',
  ].join('\n');
}

/** The plugins' files from the folder on, in order of name. */
function pluginFiles({ dir, entry }: Folder): readonly string[] {
  const names = fs.readdirSync(dir).sort();
  if (entry !== undefined) return names.map((name) => `${name}/${entry}`).filter((file) => fs.existsSync(path.join(dir, file)));
  return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'all.ts');
}
