import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asObject, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of Bazel's modules. */
export const bazelModuleLock: Format = {
  id: 'bazel-module-lock',
  version: 1,
  title: 'MODULE.bazel.lock',
  kind: 'lockfile',
  ecosystems: [],
  family: 'bazel',
  spec: 'https://bazel.build/external/lockfile',
  reads: 'The modules that were taken from registries, with the host of the registry.',
  cannotSee: 'Edges and what is asked for directly, what module extensions fetch, and licences. OSV has no ecosystem for Bazel modules.',
  matchesPath: (path) => /(?:^|\/)MODULE\.bazel\.lock$/.test(path),
  parse: (file) => readDocument(file, readJson, fillModuleLock),
};

function fillModuleLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const [hashes, graph] = [asObject(root?.['registryFileHashes']), asObject(root?.['moduleDepGraph'])];
  if (hashes === null && graph === null) {
    log.error('not-this-format', 'The file has neither `registryFileHashes` nor a `moduleDepGraph` as MODULE.bazel.lock has.');
    return;
  }
  for (const [address, hash] of Object.entries(hashes ?? {})) {
    // Of a module that was only looked at, the description alone was fetched; of one that was taken, its source too.
    const [, name, version] = /\/modules\/([^/\s]{1,200})\/([^/\s]{1,200})\/source\.json$/.exec(address) ?? [];
    if (name !== undefined && version !== undefined) add(name, version, { ...takenFrom(address), hashed: filledText(hash) !== null }, list);
  }
  for (const [key, value] of Object.entries(graph ?? {})) {
    const fields = asObject(value) ?? {};
    const [name, version] = [filledText(fields['name']), filledText(fields['version'])];
    if (key === '<root>') continue; // the firm's own
    if (name === null) log.error('bad-package', `The module ${quoted(key)} has no name; it was left out.`);
    else if (version !== null) add(name, version, {}, list);
  }
}

function add(name: string, version: string, more: { readonly registry?: string; readonly hashed?: boolean }, list: PackageList): void {
  list.add(`${name} ${version}`, packageOf(null, name, version, { purl: ownPurl('bazel', name, version), ...more }));
}
