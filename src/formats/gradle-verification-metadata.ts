import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { child, childrenOf, readXml } from '#language/readers/xml.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** Gradle's checksums of everything a build fetched. */
export const gradleVerificationMetadata: Format = {
  id: 'gradle-verification-metadata',
  version: 1,
  title: 'Gradle verification metadata',
  kind: 'manifest',
  ecosystems: ['Maven'],
  family: 'gradle',
  spec: 'https://docs.gradle.org/current/userguide/dependency_verification.html',
  reads: 'Every module whose files are verified.',
  cannotSee: 'What a module is used for: plugins, parents and old versions that nobody removed stand beside what the product holds.',
  matchesPath: (path) => /(?:^|\/)gradle\/verification-metadata\.xml$/.test(path),
  parse: readVerificationMetadata,
};

function readVerificationMetadata(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readXml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  if (read.value.name !== 'verification-metadata') {
    log.error('not-this-format', 'The file is XML, but no `verification-metadata`.');
    return unread(...log.problems());
  }
  const list = packageList();
  const components = child(read.value, 'components');
  for (const { attributes, line } of components === undefined ? [] : childrenOf(components, 'component')) {
    const { group = '', name = '', version = '' } = attributes;
    if (group === '' || name === '') {
      log.error('unnamed-package', 'A component has no group or no name and was left out.', { line });
      continue;
    }
    if (version === '') log.warning('no-version', 'A component has no version.', { line });
    const module = `${group}:${name}`;
    const known = version === '' ? null : version;
    const purl = purlOf('Maven', module, known);
    list.add(`${module} ${version}`, { ecosystem: 'Maven', name: module, version: known, purl, scope: 'runtime', direct: null, licences: [] });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}
