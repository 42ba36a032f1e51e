import type { Format, InputFile } from '#model/format.ts';
import type { ReadingResult, Scope } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { purlOf } from '#language/purl.ts';
import { packageList, strongerScope } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** Gradle's dependency locks. */
export const gradleLockfile: Format = {
  id: 'gradle-lockfile',
  version: 1,
  title: 'Gradle lockfile',
  kind: 'lockfile',
  ecosystems: ['Maven'],
  family: 'gradle',
  spec: 'https://docs.gradle.org/current/userguide/dependency_locking.html',
  reads: 'Locked modules, with a scope from the names of the configurations that use them.',
  cannotSee: 'Which module needs which, and which the build names itself; licences.',
  matchesPath: (path) => /(?:^|\/)(?:buildscript-)?gradle\.lockfile$/.test(path),
  parse: readGradleLockfile,
};

const lockLine = /^([^\s:=#]+):([^\s:=]+):([^\s:=]+)=(.*)$/;

function readGradleLockfile(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return { packages: [], edges: [], problems: log.problems() };
  }
  const list = packageList();
  for (const [at, raw] of text.value.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) continue;
    const [, group = '', artifact = '', version = '', configurations = ''] = lockLine.exec(line) ?? [];
    if (version === '') {
      log.warning('odd-line', 'The line is no `group:name:version=configurations` and was left out.', { line: at + 1 });
      continue;
    }
    const name = `${group}:${artifact}`;
    const scope = scopeOf(configurations.split(','));
    list.add(`${name} ${version}`, { ecosystem: 'Maven', name, version, purl: purlOf('Maven', name, version), scope, direct: null, licences: [] });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

/** The strongest of the uses; a lock without a configuration is taken for one that matters. */
function scopeOf(configurations: readonly string[]): Scope {
  const named = configurations.map((each) => each.trim()).filter((each) => each !== '');
  return named.length === 0 ? 'runtime' : named.map(scopeOfConfiguration).reduce(strongerScope);
}

function scopeOfConfiguration(name: string): Scope {
  if (/^test|Test/.test(name)) return 'test';
  if (/developmentOnly/i.test(name)) return 'development';
  if (/runtimeClasspath$/i.test(name)) return 'runtime';
  if (/compileClasspath$/i.test(name)) return 'provided';
  return 'build';
}
