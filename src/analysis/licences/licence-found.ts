import { parseExpression, printExpression } from '#language/spdx/expression.ts';
import { unpackSequences } from '#language/spdx/licence-sequences.ts';
import { normalForm } from '#language/spdx/normal-form.ts';
import type { LicenceFile, LicenceFound } from '#model/licence-file.ts';
import { licenceReferences } from './licence-references.ts';
import type { LikenessIndex } from './likeness.ts';
import { namesLicence } from './names-licence.ts';
import { textsInFile } from './texts-in-file.ts';

/** What stands for terms that nobody here knows: no expression, so that the licence is unknown and asked about. */
export const notRecognised = 'terms that are not recognised';

const shortText = 200;
// Parts of a text are no reference to it, whatever their title is.
const leastOfText = 0.4;

/**
 * What a licence file says, by likeness: its texts, or, where it holds none, what it says by SPDX-License-Identifier or by names that leave nothing open.
 * Where it says that one may be chosen, that is so. More words than those of its texts may be a condition: it is then not known as a whole.
 */
export function licenceFound(index: LikenessIndex, { sequences: packed, identifiers, beginning }: LicenceFile): LicenceFound {
  const sequences = unpackSequences(packed);
  const { texts, isMore, nearest } = textsInFile(index, sequences);
  const { ids, isChoice } = licenceReferences(beginning);
  const base = { texts: texts.map(({ ids: all, likeness }) => ({ ids: all, likeness: rounded(likeness) })), isMore, isChoice };
  const written = identifiers.map(inNormalForm);
  if (texts.length > 0) {
    const named = carriedExceptions(texts.map(({ ids: all }) => preferredId(all)));
    const said = isChoice && named.length > 1 && named.every((id) => ids.includes(id)) ? [named.toSorted().join(' OR ')] : named;
    return { ...base, nearest: null, said: [...new Set([...written, ...said.filter((id) => !written.some((each) => namesLicence(each, id)))])] };
  }
  if (written.length > 0) return { ...base, nearest: null, said: [...new Set(written)], isMore: sequences.length > shortText };
  const isShort = sequences.length <= shortText && (nearest?.likeness ?? 0) < leastOfText;
  const referred = isShort && (ids.length === 1 || isChoice) ? [ids.toSorted().join(' OR ')].filter((each) => each !== '') : [];
  const near = nearest === null ? null : { ids: nearest.ids, likeness: rounded(nearest.likeness) };
  return { ...base, nearest: referred.length > 0 ? null : near, said: referred, isMore: referred.length === 0 };
}

/**
 * What the files of one package or directory say together. `NOTICE` and `COPYRIGHT` may say it by other words than those of a licence, and are no licence then.
 * A file that says that one may be chosen speaks for the texts beside it.
 */
export function saidTogether(files: readonly { readonly path: string; readonly found: LicenceFound | null }[]): readonly string[] {
  const said = new Set<string>();
  let isUnknown = false;
  for (const { path, found } of files) {
    for (const each of found?.said ?? []) said.add(each);
    if (found === null || (!isNotice(path) && found.isMore && !(found.isChoice && found.texts.length === 0))) isUnknown = true;
  }
  const named = carriedExceptions([...said]);
  const chosen = files.some(({ found }) => found?.isChoice === true && found.texts.length === 0) && !named.some((each) => / (?:AND|OR) /.test(each));
  const together = chosen && named.length > 1 ? [named.toSorted().join(' OR ')] : named.toSorted();
  const whole = together.filter((each) => !together.some((other) => other !== each && / OR /.test(other) && namesLicence(other, each)));
  return isUnknown ? [...whole, notRecognised] : whole;
}

/** Whether a file may say something without being a licence. */
export function isNotice(path: string): boolean {
  return /(?:^|\/)(?:notices?|copyright)(?:\.\w+)?$/i.test(path);
}

/** Of ids that bear one text: for GNU licences `-only`, since a text alone permits no later version; else the one that says least more. */
function preferredId(ids: readonly string[]): string {
  const only = ids.find((id) => /GPL-\d\.\d-only$/.test(id));
  return only ?? inNormalForm(ids.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '');
}

/** LGPL-3.0 comes with the text of GPL-3.0, to which it adds; an exception with that from which it excepts. */
function carriedExceptions(said: readonly string[]): readonly string[] {
  const hasLesser = said.some((each) => each.startsWith('LGPL-3.0'));
  return said.filter((each) => !(hasLesser && each === 'GPL-3.0-only') && !said.some((other) => other.startsWith(`${each} WITH `)));
}

function inNormalForm(text: string): string {
  const read = parseExpression(text);
  return read.ok ? printExpression(normalForm(read.expression)) : text;
}

function rounded(likeness: number): number {
  return Math.round(likeness * 1000) / 1000;
}
