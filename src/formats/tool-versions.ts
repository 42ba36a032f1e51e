import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { decodeText } from '#language/readers/decoded.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { toolPackage } from './shared/tool-package.ts';

/** Tools of the workshop, as asdf and mise install them. */
export const toolVersions: Format = {
  id: 'tool-versions',
  version: 1,
  title: '.tool-versions',
  kind: 'manifest',
  ecosystems: ['npm', 'crates.io', 'PyPI', 'RubyGems', 'Go', 'NuGet'],
  family: 'mise',
  spec: 'https://asdf-vm.com/manage/configuration.html#tool-versions',
  reads: 'The tools that are asked for, with every version that is tried.',
  cannotSee: 'Which of several versions is there, and what the tools consist of.',
  matchesPath: (path) => /(?:^|\/)\.tool-versions$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillToolVersions),
};

function fillToolVersions(text: string, list: PackageList, log: ProblemLog): void {
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const [line = ''] = raw.split('#', 1);
    const [tool = '', ...versions] = line.trim().split(/\s+/);
    if (tool === '') continue;
    if (versions.length === 0) log.warning('no-version', `The tool ${quoted(tool)} has no version; it was left out.`, { line: at + 1 });
    for (const version of versions) list.add(`${tool} ${version}`, toolPackage(tool, version));
  }
}
