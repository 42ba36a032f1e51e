import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog } from './shared/problem-log.ts';

/** One formula as Homebrew poured or built it. */
export const homebrew: Format = {
  id: 'homebrew',
  version: 1,
  title: 'Homebrew INSTALL_RECEIPT.json',
  kind: 'manifest',
  ecosystems: [],
  family: 'homebrew',
  isInstalled: true,
  spec: 'https://docs.brew.sh/Formula-Cookbook',
  reads: 'Name and version of the one formula, which are the folders it lies in, whether it was asked for, and what it needs to run.',
  cannotSee: 'Casks, which leave no receipt, and licences. OSV has no ecosystem for Homebrew, so no advisory names it.',
  matchesPath: (path) => /(?:^|\/)Cellar\/[^/]+\/[^/]+\/INSTALL_RECEIPT\.json$/.test(path),
  parse: readReceipt,
};

function readReceipt(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const document = readJson(file.bytes);
  if (!document.ok) {
    log.unreadable(document.error);
    return unread(...log.problems());
  }
  const root = asObject(document.value);
  const [, name, version] = /(?:^|\/)Cellar\/([^/]+)\/([^/]+)\/[^/]+$/.exec(file.path) ?? [];
  if (root === null || !('homebrew_version' in root) || name === undefined || version === undefined) {
    log.error('not-this-format', 'The file is no receipt of Homebrew in a folder of its Cellar, which says name and version.');
    return unread(...log.problems());
  }
  const list = packageList();
  const add = (called: string, at: string, direct: boolean): number =>
    list.add(`${called} ${at}`, packageOf(null, called, at, { purl: ownPurl('brew', called, at), direct }));
  const own = add(name, version, root['installed_on_request'] === true);
  for (const each of asArray(root['runtime_dependencies'])) {
    const [needed, at] = [filledText(asObject(each)?.['full_name']), filledText(asObject(each)?.['version'])];
    if (needed !== null && at !== null) list.link(own, add(needed.replace(/^.*\//, ''), at, false));
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}
