import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { readStarlark, type StarlarkCall, type StarlarkFile, type StarlarkValue } from './shared/starlark.ts';

/** What a Bazel workspace asks of Maven repositories, and of other modules. */
export const bazelMavenInstall: Format = {
  id: 'bazel-maven-install',
  version: 1,
  title: 'MODULE.bazel and WORKSPACE',
  kind: 'manifest',
  ecosystems: ['Maven'],
  family: 'bazel-maven',
  spec: 'https://github.com/bazel-contrib/rules_jvm_external/blob/master/docs/bzlmod.md',
  reads:
    'Maven artifacts of `maven.install`, `maven.artifact` and `maven_install`, under whatever name the extension is used, where they are written out in the file; modules of `bazel_dep` where no MODULE.bazel.lock lies beside it.',
  cannotSee: 'What a macro, a loop or another file adds: the file is not run. The versions taken, where maven_install.json does not lock them.',
  matchesPath: (path) => /(?:^|\/)(?:(?:[\w-]+\.)?MODULE\.bazel|WORKSPACE(?:\.bazel)?)$/.test(path),
  parse: parseBazel,
};

function parseBazel(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const read = readStarlark(text.value);
  if (read.badLine !== null) log.error('not-starlark', 'From here on the file is no Starlark, so what follows was not read.', { line: read.badLine });
  const list = packageList();
  const lock = pathBeside(file.path, 'MODULE.bazel.lock');
  const takesModules = lock === null || neighbours.read(lock) === null;
  for (const call of read.calls) {
    const verb = mavenVerb(call.callee, read);
    if (verb === 'install') addInstall(call, list, log);
    else if (verb === 'artifact') addArtifact(call, list, log);
    else if (call.callee === 'bazel_dep' && takesModules) addModule(call, list);
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

/** The extension is known by its file; `maven_install` is the rule of WORKSPACE. */
function mavenVerb(callee: string, { extensions }: StarlarkFile): 'install' | 'artifact' | null {
  if (callee === 'maven_install') return 'install';
  const [owner = '', verb] = callee.split('.');
  const isMaven = /^@@?rules_jvm_external.*:extensions\.bzl maven$/.test(extensions.get(owner) ?? '');
  return isMaven && (verb === 'install' || verb === 'artifact') ? verb : null;
}

function addInstall(call: StarlarkCall, list: PackageList, log: ProblemLog): void {
  const artifacts = call.named.get('artifacts');
  if (artifacts === undefined) return;
  const entries = isList(artifacts) ? artifacts : [null];
  const unknown = entries.filter((each) => typeof each !== 'string').length;
  if (unknown > 0) {
    const message = 'Artifacts that are not written out in the file (made by a call, a loop or another file) are not known.';
    log.warning('artifacts-unknown', message, { line: call.line });
  }
  for (const each of entries) if (typeof each === 'string') addCoordinates(each, 'runtime', call, list, log);
}

/** `group:artifact:version`; packaging and classifier may stand before the version. */
function addCoordinates(written: string, scope: Scope, call: StarlarkCall, list: PackageList, log: ProblemLog): void {
  const parts = written.split(':').map((each) => each.trim());
  const [group = '', artifact = ''] = parts;
  const version = parts.length > 2 ? (parts.at(-1) ?? '') : '';
  if (group === '' || artifact === '' || parts.length > 5 || /\s/.test(written.trim())) {
    log.error('bad-package', `${quoted(written)} is no Maven artifact; it was left out.`, { line: call.line });
    return;
  }
  const name = `${group}:${artifact}`;
  const isRange = version === '' || /[[(,\])]/.test(version);
  const told = isRange ? { range: version === '' ? '*' : version } : {};
  list.add(`${name} ${version}`, packageOf('Maven', name, isRange ? null : version, { ...told, scope, direct: true }));
}

function addArtifact(call: StarlarkCall, list: PackageList, log: ProblemLog): void {
  const [group, artifact, version] = ['group', 'artifact', 'version'].map((field) => textOf(call.named.get(field)));
  if (group === null || group === undefined || artifact === null || artifact === undefined) {
    log.warning('artifacts-unknown', 'The group or the name of an artifact is not written out in the file.', { line: call.line });
    return;
  }
  const isTest = call.named.get('testonly') === null && call.named.has('testonly');
  addCoordinates(
    [group, artifact, ...(version === null || version === undefined ? [] : [version])].join(':'),
    isTest ? 'test' : 'runtime',
    call,
    list,
    log,
  );
}

/** A module is asked for by its lowest version. */
function addModule(call: StarlarkCall, list: PackageList): void {
  const name = textOf(call.named.get('name') ?? call.positional[0]);
  const least = textOf(call.named.get('version') ?? call.positional[1]);
  if (name === null || name === '') return;
  const range = least === null || least === '' ? '*' : `>=${least}`;
  const scope = call.named.has('dev_dependency') ? 'development' : 'runtime';
  list.add(`bazel ${name}`, packageOf(null, name, null, { purl: ownPurl('bazel', name, null), range, scope, direct: true }));
}

function textOf(value: StarlarkValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function isList(value: StarlarkValue): value is readonly StarlarkValue[] {
  return Array.isArray(value);
}
