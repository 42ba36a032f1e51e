/** What a short text says of licences whose terms it does not hold. */
export type LicenceReferences = {
  /** SPDX ids in the order in which they are named, each once. */
  readonly ids: readonly string[];
  /** One of several may be chosen. */
  readonly isChoice: boolean;
};

/** Names that leave nothing open, and the licence that each means. Families (“BSD”, “GPL”) are none of them. */
const names: readonly (readonly [name: RegExp, id: (match: RegExpMatchArray) => string])[] = [
  [/\bapache(?: software)? licen[cs]e,?(?: \(?(?:version|v\.?)?)? ?2(?:\.0)?\b|\bapache-2\.0\b/g, () => 'Apache-2.0'],
  [/\b(?:mit|expat) licen[cs]e\b|\blicen[cs]e[ds]? under (?:the )?mit\b/g, () => 'MIT'],
  [/\bmozilla public licen[cs]e,? ?(?:\(?mpl\)?,? )?(?:version |v\.? ?)?2\.0/g, () => 'MPL-2.0'],
  [/\beclipse public licen[cs]e,? ?(?:-|version |v\.? ?)? ?([12])\.0/g, ([, version = '']) => `EPL-${version}.0`],
  [/\bbsd[- ]([23])[- ]clause\b|\b([23])[- ]clause bsd\b/g, ([, first, second]) => `BSD-${first ?? second ?? ''}-Clause`],
  [/\bisc licen[cs]e\b/g, () => 'ISC'],
  [/\bboost software licen[cs]e,? ?(?:-|version |v\.? ?)? ?1\.0/g, () => 'BSL-1.0'],
  [
    /\bgnu (lesser |library |affero )?general public licen[cs]e,?(?: \(?\w?gpl\)?,?)?(?: as published by the free software foundation[,;:]?)?(?: either)? ?(?:version|v\.?) ?([123](?:\.\d)?)(.{0,80})/g,
    gnuId,
  ],
];

function gnuId([, kind, version = '', behind = '']: RegExpMatchArray): string {
  const line = kind === undefined ? 'GPL' : kind.startsWith('affero') ? 'AGPL' : 'LGPL';
  const isOpen = /^[^.]{0,40}\b(?:any|or)\b[^.]{0,40}\blater\b/.test(behind);
  return `${line}-${version.includes('.') ? version : `${version}.0`}-${isOpen ? 'or-later' : 'only'}`;
}

const choice =
  /\b(?:either of|at your (?:option|choice)|at the (?:option|choice) of|your choice of|dual[- ]licen[cs]|(?:one|either) of the (?:following )?licen[cs]es)/;
// “At your option” stands in every notice of the GNU licences, too: there it is about later versions.
const laterVersions = /\(?at your option\)?,? any later version/g;

const refers = /\b(?:under|terms of|subject to)\b/;
const takesBack =
  /\bnon-?commercial|\bnot\b.{0,30}\bcommercial|\b(?:further |additional )?restrictions?\b|\badditional (?:terms|conditions)|\bmodified (?:version of the )?\w+ licen[cs]e|\bonly for\b/;

/** Looks for names of licences that a text refers to, and for a choice among them; none where it adds to them. What is named otherwise is not guessed. */
export function licenceReferences(text: string): LicenceReferences {
  const plain = text
    .toLowerCase()
    .replace(/[\s*#/]+/g, ' ')
    .replace(/["'“”‘’]/g, '');
  if (!refers.test(plain) || takesBack.test(plain)) return { ids: [], isChoice: choice.test(plain.replace(laterVersions, 'any later version')) };
  const found = names
    .flatMap(([name, idOf]) => [...plain.matchAll(name)].map((match) => ({ at: match.index, id: idOf(match) })))
    .sort((a, b) => a.at - b.at);
  return { ids: [...new Set(found.map(({ id }) => id))], isChoice: choice.test(plain.replace(laterVersions, 'any later version')) };
}
