import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { parsePurl } from '#language/purl.ts';
import { childrenOf, childText, readXml, type XmlElement } from '#language/readers/xml.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** Suppressions of OWASP Dependency-Check. */
export const dependencyCheck: Format = {
  id: 'dependency-check',
  version: 1,
  title: 'Dependency-Check suppressions',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://dependency-check.github.io/DependencyCheck/general/suppression.html',
  reads: 'Suppressed CVEs and named vulnerabilities with their package, end and notes; they are taken for false positives, as the tool means them.',
  cannotSee: 'Suppressions by CPE, CWE, score, file path or hash alone, and regular expressions that mean more than the versions of one package.',
  matchesPath: (path) => /(?:^|[/-])suppressions?\.xml$/i.test(path),
  parse: readSuppressions,
};

function readSuppressions(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const xml = readXml(file.bytes);
  if (!xml.ok) {
    log.unreadable(xml.error);
    return unread(...log.problems());
  }
  if (xml.value.name !== 'suppressions') {
    log.error('not-this-format', 'The file is XML but no list of suppressions.');
    return unread(...log.problems());
  }
  const list = statementList(log);
  const direct = childrenOf(xml.value, 'suppress');
  for (const each of [...direct, ...childrenOf(xml.value, 'suppressionGroup').flatMap((group) => childrenOf(group, 'suppress'))]) {
    const packages = packagesOf(each, log);
    const ids = [...childrenOf(each, 'cve'), ...childrenOf(each, 'vulnerabilityName')].filter((id) => id.attributes['regex'] !== 'true');
    if (packages === null) continue;
    if (ids.length === 0) log.warning('no-vulnerability', 'A suppression names no vulnerability, so it was left out.', { line: each.line });
    for (const id of ids) {
      const until = timeOf(each.attributes['until']);
      list.add({ ids: [id.text], state: 'false-positive', packages, detail: childText(each, 'notes'), until, line: id.line });
    }
  }
  return list.result();
}

/** The packages a suppression means; null when it means what cannot be said by purl, since half of a condition would suppress too much. */
function packagesOf(suppression: XmlElement, log: ProblemLog): readonly string[] | null {
  const { line } = suppression;
  const other = ['filePath', 'sha1', 'gav'].find((name) => childrenOf(suppression, name).length > 0);
  if (other !== undefined) {
    log.warning('other-condition', `A suppression by ${other} means files and no package, so it was left out.`, { line });
    return null;
  }
  const [written] = childrenOf(suppression, 'packageUrl');
  if (written === undefined) return [];
  const purl = written.attributes['regex'] === 'true' ? purlOfPattern(written.text) : written.text;
  if (purl !== null && parsePurl(purl) !== null) return [purl];
  log.warning('not-a-purl', `${quoted(written.text)} does not mean the versions of one package, so the suppression was left out.`, { line });
  return null;
}

/** The purl that a pattern such as `^pkg:maven/org\.acme/api@.*$` means; null for one that may mean several packages. */
function purlOfPattern(pattern: string): string | null {
  const [, place = '', version] = /^\^?(pkg\\?:[^@]+?)(?:@(.*?))?\$?$/.exec(pattern) ?? [];
  const plain = unescaped(place);
  if (plain === null) return null;
  if (version === undefined || version === '.*' || version === '.+') return plain;
  const exact = unescaped(version);
  return exact === null ? null : `${plain}@${exact}`;
}

/** The text that a regular expression of letters and escaped signs means; a dot that is not escaped counts as a dot, as people write it. */
function unescaped(pattern: string): string | null {
  const text = pattern.replaceAll(/\\([^A-Za-z0-9])/g, '$1');
  return /[*+?()[\]{}|^$\\]/.test(text) ? null : text;
}
