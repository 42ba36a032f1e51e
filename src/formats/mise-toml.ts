import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asObject } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { toolPackage } from './shared/tool-package.ts';

/** Tools of the workshop, as mise installs them. */
export const miseToml: Format = {
  id: 'mise-toml',
  version: 1,
  title: 'mise.toml',
  kind: 'manifest',
  ecosystems: ['npm', 'crates.io', 'PyPI', 'RubyGems', 'Go', 'NuGet'],
  family: 'mise',
  spec: 'https://mise.jdx.dev/configuration.html#mise-toml',
  reads: 'The tools that are asked for, with the registry that their prefix names.',
  cannotSee: 'The versions that a range comes to, and what tasks and hooks install.',
  matchesPath: (path) => /(?:^|\/)\.?mise(?:\.[\w-]+)?\.toml$/.test(path),
  parse: (file) => readDocument(file, readToml, fillMise),
};

function fillMise(document: unknown, list: PackageList, log: ProblemLog): void {
  const tools = asObject(asObject(document)?.['tools']) ?? {};
  for (const [tool, value] of Object.entries(tools)) {
    for (const each of [value].flat()) {
      const version = filledText(each) ?? filledText(asObject(each)?.['version']);
      if (version === null || tool.trim() === '') log.warning('no-version', `The tool ${quoted(tool)} has no version; it was left out.`);
      else list.add(`${tool} ${version}`, toolPackage(tool.trim(), version));
    }
  }
}
