import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { licenceFileLimits, type LicenceFile } from '#model/licence-file.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText, type Read } from '#language/readers/decoded.ts';
import { cleanLine, cleanText, copyrightLines } from '#language/spdx/copyright-lines.ts';
import { licenceSequences, packSequences } from '#language/spdx/licence-sequences.ts';
import { licenceWords } from '#language/spdx/licence-words.ts';
import { problemLog } from './shared/problem-log.ts';
import { vendoredPackage } from './shared/vendored-package.ts';

/** Files with the terms under which a component, or a package copied into its tree, is given out. */
export const licenceFile: Format = {
  id: 'licence-file',
  version: 1,
  title: 'LICENSE, COPYING, NOTICE and the like',
  kind: 'licence',
  ecosystems: [],
  family: null,
  spec: 'https://reuse.software/spec-3.3/',
  reads:
    'What the text is like, as hashed runs of words that are compared with the SPDX list when it is folded; SPDX-License-Identifier lines; lines of copyright; how it begins; all of a NOTICE. In node_modules, dist-info and vendor (Go, Cargo, Composer, Bundler) also which package version it belongs to.',
  cannotSee: 'Terms in the heads of source files, in PDF or HTML, and to what a text in the middle of a tree belongs.',
  matchesPath: isLicencePath,
  parse: readLicenceFile,
};

/** Only what may be prose: `license.go` and `license.json` are not. */
const ending = /^(?:|\.(?:txt|text|md|markdown|rst|adoc))$/i;
const licenceNames =
  '(?:mit|apache|bsd|gpl|lgpl|agpl|mpl|isc|zlib|cc0|cc|epl|cddl|boost|bsl|psf|ofl|unlicense|lesser|lib|commercial|third[-_]?party)';
const names = new RegExp(
  `^(?:(?:un)?licen[cs]es?|copying|copyright|notices?|${licenceNames}[\\w.]*[-_.]licen[cs]e)(?:[-_.](?:${licenceNames}[\\w.+-]*|\\d[\\w.]*))?$`,
  'i',
);

function isLicencePath(path: string): boolean {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (name.length > 100) return false;
  // REUSE's folder holds one text a licence, named by its id.
  if (/(?:^|\/)LICENSES$/.test(path.slice(0, Math.max(0, slash)))) return /^[A-Za-z0-9][A-Za-z0-9.+-]*\.txt$/.test(name);
  const [, stem = '', end = ''] = /^(.*?)(\.(?:txt|text|md|markdown|rst|adoc))?$/i.exec(name) ?? [];
  return ending.test(end) && names.test(stem);
}

const largest = 2 * 1024 * 1024;

function readLicenceFile(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  if (file.bytes.length > largest) {
    log.error('too-large', 'The file has more than 2 MiB: it is no licence, and was not read.');
    return unread(...log.problems());
  }
  const text = proseOf(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const words = licenceWords(text.value);
  if (words.length === 0) {
    log.warning('empty', 'The file has no words.');
    return unread(...log.problems());
  }
  if (text.isGuessed) log.warning('not-utf-8', 'The file is not UTF-8; it was read as Windows-1252.');
  const sequences = licenceSequences(words);
  const most = licenceFileLimits;
  if (sequences.length > most.sequences)
    log.warning('too-long', `The file has more than ${String(most.sequences)} words; what follows them was not compared with licences.`);
  const belongsTo = vendoredPackage(file.path, neighbours);
  const licence: LicenceFile = {
    sequences: packSequences(sequences.subarray(0, most.sequences)),
    copyright: copyrightLines(text.value, most.copyright, most.copyrightLength),
    identifiers: identifiersIn(text.value),
    beginning: cleanText(text.value.slice(0, most.beginning * 2)).slice(0, most.beginning),
    ...(/(?:^|\/)notices?(?:\.\w+)?$/i.test(file.path) ? { notice: noticeOf(text.value) } : {}),
  };
  return {
    packages: [],
    edges: [],
    problems: log.problems(),
    licence,
    ...(belongsTo === null ? {} : { subject: belongsTo }),
  };
}

function noticeOf(text: string): string {
  const clean = cleanText(text.slice(0, licenceFileLimits.notice * 2));
  return clean.length > licenceFileLimits.notice ? `${clean.slice(0, licenceFileLimits.notice - 1)}…` : clean;
}

/** Word for word, without the marks that end a comment. https://spdx.github.io/spdx-spec/v2.3/using-SPDX-short-identifiers-in-source-files/ */
function identifiersIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, said = ''] of text.matchAll(/SPDX-License-Identifier:[ \t]*([^\r\n]{1,1000})/g)) {
    const clean = cleanLine(said.replace(/(?:\*+\/|-->|--\]\])\s*$/, ''));
    if (clean !== '' && clean.length <= licenceFileLimits.identifierLength) found.add(clean);
    if (found.size === licenceFileLimits.identifiers) break;
  }
  return [...found];
}

const windows = new TextDecoder('windows-1252');

/** Text as `decodeText` reads it; old licences are often in an encoding of Western Europe, and are read as that where they are prose in it. */
function proseOf(bytes: Uint8Array): Read<string> & { readonly isGuessed?: boolean } {
  const text = decodeText(bytes);
  if (text.ok) return isProse(text.value) ? text : noProse;
  const guessed = windows.decode(bytes);
  return isProse(guessed) && (guessed.match(/\b[a-z]{3,}\b/gi)?.length ?? 0) >= 20 ? { ok: true, value: guessed, isGuessed: true } : text;
}

/** A form feed parts the pages of old texts. */
function isProse(text: string): boolean {
  let controls = 0;
  for (const [control] of text.matchAll(/[\0-\x08\x0b\x0e-\x1f]/g)) if (control === '\0' || (controls += 1) > 10) return false;
  return true;
}

const noProse: Read<string> = { ok: false, error: { code: 'not-text', message: 'The file holds bytes that no text has.' } };
