import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog } from './shared/problem-log.ts';

/** One package as Gentoo's Portage installed it. */
export const portagePackage: Format = {
  id: 'portage-package',
  version: 1,
  title: 'Portage PF',
  kind: 'manifest',
  ecosystems: [],
  family: 'portage',
  isInstalled: true,
  spec: 'https://wiki.gentoo.org/wiki/Portage/VDB',
  reads: 'Category, name, version and licence of the one package, from PF and what lies beside it.',
  cannotSee: 'What it depends on, which has a folder of its own. OSV has no ecosystem for Gentoo, so no advisory names it.',
  matchesPath: (path) => /(?:^|\/)var\/db\/pkg\/[^/]+\/[^/]+\/PF$/.test(path),
  parse: readPackage,
};

function readPackage(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  // https://projects.gentoo.org/pms/8/pms.html#version-specifications
  const [, name, version] = /^([\w+-]{1,200}?)-(\d[\d.]{0,100}[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*){0,10}(?:-r\d+)?)$/.exec(text.value.trim()) ?? [];
  if (name === undefined || version === undefined) {
    log.error('not-this-format', 'The file does not hold name and version in one word, as PF does.');
    return unread(...log.problems());
  }
  const beside = (other: string): string | null => {
    const bytes = neighbours.read(file.path.replace(/[^/]*$/, other));
    const read = bytes === null ? null : decodeText(bytes);
    return read?.ok === true && read.value.trim() !== '' ? read.value.trim().slice(0, 500) : null;
  };
  const [category, licence] = [beside('CATEGORY'), beside('LICENSE')];
  const whole = category === null ? name : `${category}/${name}`;
  const purl = ownPurl('ebuild', whole, version, { isDivided: true });
  return { packages: [packageOf(null, whole, version, { purl, licences: licence === null ? [] : [licence] })], edges: [], problems: log.problems() };
}
