import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { newestInGoSum, plainGoVersion, readGoSum } from './shared/go-lines.ts';
import { packageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog } from './shared/problem-log.ts';

/** Go's checksum file, read for itself only where no go.mod lies beside it: that one says better what is built. */
export const goSum: Format = {
  id: 'go-sum',
  version: 1,
  title: 'go.sum without go.mod',
  kind: 'lockfile',
  ecosystems: ['Go'],
  family: 'go',
  spec: 'https://go.dev/ref/mod#go-sum-files',
  reads:
    'Where no go.mod lies beside it: the newest version of every module whose hash was taken. Beside a go.mod nothing, since that format reads it.',
  cannotSee: 'Which modules are really built, which are direct, and replacements: go.sum also keeps what was only looked at.',
  matchesPath: (path) => /(?:^|\/)go\.sum$/.test(path),
  parse: (file, neighbours) => parseGoSum(file, neighbours),
};

function parseGoSum(file: InputFile, neighbours: Neighbours): ReadingResult {
  const beside = pathBeside(file.path, 'go.mod');
  if (beside !== null && neighbours.read(beside) !== null) return unread();
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const { modules, bad } = readGoSum(text.value);
  for (const line of bad) log.error('bad-line', 'The line is no line of a go.sum.', { line });
  if (modules.length === 0 && bad.length === 0) log.error('empty', 'The file is empty.');
  if (modules.length > 0)
    log.warning('no-go-mod', 'There is no go.mod beside go.sum, so modules are listed that were only looked at. Add the go.mod.');
  const list = packageList();
  for (const [name, written] of newestInGoSum(modules)) {
    const version = plainGoVersion(written);
    list.add(`${name}\0${version}`, {
      ecosystem: 'Go',
      name,
      version,
      purl: purlOf('Go', name, version),
      scope: 'runtime',
      direct: null,
      licences: [],
    });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}
