import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type OwnerRule, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Who owns which paths, as GitHub and GitLab read it. */
export const codeowners: Format = {
  id: 'codeowners',
  version: 1,
  title: 'CODEOWNERS',
  kind: 'ownership',
  ecosystems: [],
  family: null,
  spec: 'https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners',
  reads: 'Patterns with their owners in file order, sections of GitLab with their default owners. A pattern without owners takes ownership away.',
  cannotSee: 'Who is in a team, whether an owner exists, and that GitLab matches each section for itself.',
  matchesPath: (path) => /^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/.test(path),
  parse: (file) => parseCodeowners(file),
};

function parseCodeowners(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return { ...unread(...log.problems()), owners: [] };
  }
  const owners: OwnerRule[] = [];
  let defaults: readonly string[] = [];
  for (const [index, raw] of text.value.split(/\r?\n/).entries()) {
    const line = index + 1;
    const section = /^\s*\^?\[[^\]]+\](?:\[\d+\])?(.*)$/.exec(raw);
    const words = wordsOf(section?.[1] ?? raw);
    if (section !== null) {
      defaults = ownersOf(words, line, log);
      continue;
    }
    const [pattern, ...named] = words;
    if (pattern === undefined) continue;
    const known = named.length === 0 ? defaults : ownersOf(named, line, log);
    // A line whose owners are all wrong is skipped, as GitHub does; one without owners takes ownership away.
    if (named.length === 0 || known.length > 0) owners.push({ pattern, owners: known, line });
  }
  return { packages: [], edges: [], problems: log.problems(), owners };
}

/** Words up to a comment; a backslash keeps the blank or `#` after it in the word. */
function wordsOf(raw: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of raw.matchAll(/(?:\\[\s#]|\S)+/g)) {
    if (word.startsWith('#')) break;
    words.push(word.replace(/\\([\s#])/g, '$1'));
  }
  return words;
}

function ownersOf(words: readonly string[], line: number, log: ProblemLog): readonly string[] {
  return words.filter((word) => {
    const isOwner = /^@{1,2}[\w.-]+(?:\/[\w.-]+)*$|^[^@\s]+@[^@\s]+$/.test(word);
    if (!isOwner) log.warning('bad-owner', `${quoted(word)} is neither @user, @group/team nor an e-mail address.`, { line });
    return isOwner;
  });
}
