import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { problemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** What OSV-Scanner is told to leave out. */
export const osvScanner: Format = {
  id: 'osv-scanner',
  version: 1,
  title: 'osv-scanner.toml',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://google.github.io/osv-scanner/configuration/',
  reads: '`IgnoredVulns` with end and reason.',
  cannotSee: '`PackageOverrides`, which name no vulnerability.',
  matchesPath: (path) => /(?:^|\/)osv-scanner\.toml$/.test(path),
  parse: readOsvScanner,
};

function readOsvScanner(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const [text, read] = [decodeText(file.bytes), readToml(file.bytes)];
  if (!read.ok || !text.ok) {
    if (!read.ok) log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value) ?? {};
  const list = statementList(log);
  const lines = linesOfIds(text.value);
  for (const each of asArray(document['IgnoredVulns'])) {
    const entry = asObject(each) ?? {};
    const id = asString(entry['id']) ?? '';
    const end = entry['ignoreUntil'];
    list.add({
      ids: [id],
      state: 'accepted',
      detail: asString(entry['reason']),
      until: timeOf(end instanceof Date && !Number.isNaN(end.getTime()) ? end.toISOString() : end),
      line: lines.get(id) ?? null,
    });
  }
  for (const each of asArray(document['PackageOverrides'])) {
    const name = asString(asObject(each)?.['name']) ?? '';
    log.warning('no-vulnerability', `The override of the package ${quoted(name)} names no vulnerability, so it was left out.`);
  }
  return list.result();
}

/** The line on which each id is written first; TOML's values come without their places. */
function linesOfIds(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const id = /^\s*id\s*=\s*["']([^"']{1,200})["']/.exec(line)?.[1];
    if (id !== undefined && !lines.has(id)) lines.set(id, index + 1);
  }
  return lines;
}
