import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { familyOf, likenessIndex, type KnownText } from '#analysis/licences/likeness.ts';
import { textsInFile } from '#analysis/licences/texts-in-file.ts';
import { licenceSequences } from '#language/spdx/licence-sequences.ts';
import { licenceWords } from '#language/spdx/licence-words.ts';
import { asObject, asString, readJsonText } from '#language/readers/json.ts';
import { summed, type CaseResult, type Suite } from '../suite.ts';

/** Likeness of the SPDX list's own texts with small changes, and that no text is taken for one of another family. */
export const licenceTexts: Suite = {
  id: 'licence-texts',
  run() {
    const known = spdxTexts();
    if (known.length === 0) {
      process.stderr.write('licence-texts: not run, the package spdx-license-list is not installed\n');
      return [];
    }
    const index = likenessIndex(known);
    const families: CaseResult[] = [];
    const results = Object.entries(changes).map(([change, changed]) =>
      summed(
        'licence-texts',
        change,
        known.map(({ id, text }) => {
          const { texts, isMore } = textsInFile(index, licenceSequences(licenceWords(changed(text))));
          const found = isMore || texts.length !== 1 ? null : (texts[0] ?? null);
          const near = found === null ? 'none' : found.ids.join(', ');
          const isWrong = found !== null && !found.ids.some((each) => familyOf(each) === familyOf(id));
          families.push({ name: `${id} ${change}`, ok: !isWrong, why: near });
          return { name: id, ok: found?.ids.includes(id) === true, why: near };
        }),
      ),
    );
    return [...results, summed('licence-texts', 'no wrong family', families)];
  },
};

/** Small changes as they are met. */
const changes: Readonly<Record<string, (text: string) => string>> = {
  'copyright line': (text) => `Copyright (c) 2019-2024 Jane Doe and the Example Project\nCopyright 2021 Acme Ltd.\n\n${text}`,
  wrapping: (text) => text.replace(/([^\n]{40,60}) /g, '$1\n'),
  'comment marks': (text) => `/*\n${text.replace(/^/gm, ' * ')}\n */`,
  'replaced words': withReplacedWords,
  header: (text) => `This file is part of Example, see https://example.com for details.\nExample is given out under the following terms.\n\n${text}`,
  trailer: (text) => `${text}\n\nFor questions write to legal@example.com. Thank you for using Example.\n`,
};

const replacedShare = 0.01;
const replacements = ['Acme', 'software', 'our', 'product'];

/** One word in a hundred, at least one, spread over the text. */
function withReplacedWords(text: string): string {
  const words = text.split(/(\s+)/);
  const count = Math.max(1, Math.floor((words.length / 2) * replacedShare));
  for (let each = 0; each < count; each += 1) {
    const at = 2 * Math.floor(((each + 0.5) * words.length) / 2 / count);
    words[at] = replacements[each % replacements.length] ?? 'Acme';
  }
  return words.join('');
}

/** The texts of the list, out of the package that carries them: they are never part of this project. */
function spdxTexts(): readonly KnownText[] {
  const folder = folderOfTexts();
  if (folder === null) return [];
  return fs.readdirSync(folder).flatMap((name): readonly KnownText[] => {
    const read = readJsonText(fs.readFileSync(path.join(folder, name), 'utf8'));
    const text = read.ok ? asString(asObject(read.value)?.['licenseText']) : null;
    return text === null ? [] : [{ id: name.replace(/\.json$/, ''), text }];
  });
}

function folderOfTexts(): string | null {
  const paths = createRequire(import.meta.url).resolve.paths('spdx-license-list') ?? [];
  const folder = paths.map((each) => path.join(each, 'spdx-license-list', 'licenses')).find((each) => fs.existsSync(each));
  return folder ?? null;
}
