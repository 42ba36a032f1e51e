import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** The lockfile of CocoaPods. */
export const podfileLock: Format = {
  id: 'podfile-lock',
  version: 1,
  title: 'Podfile.lock',
  kind: 'lockfile',
  ecosystems: [],
  family: 'cocoapods',
  spec: 'https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock',
  reads: 'Installed pods with edges, checksums, and which of them the Podfile asks for. Subspecs are joined to their pod, which alone has a version.',
  cannotSee: 'Which pods are for tests only, and which subspecs are used; licences. OSV has no ecosystem for pods, so no advisory names them.',
  matchesPath: (path) => /(?:^|\/)Podfile\.lock$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillPodfileLock),
};

function fillPodfileLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (root === null || !('PODS' in root)) {
    log.error('not-this-format', 'The file has no `PODS` as Podfile.lock has.');
    return;
  }
  const asked = new Set(asArray(root['DEPENDENCIES']).map((each) => podOf(asString(each) ?? '').name));
  const checksums = asObject(root['SPEC CHECKSUMS']) ?? {};
  const sources = asObject(root['EXTERNAL SOURCES']) ?? {};
  const indexes = new Map<string, number>();
  const uses: (readonly [from: number, pods: readonly unknown[]])[] = [];
  for (const entry of asArray(root['PODS'])) {
    // A pod that uses others is a table of one: what it is, and the list of what it uses.
    for (const [text, used] of typeof entry === 'string' ? [[entry, []] as const] : Object.entries(asObject(entry) ?? {})) {
      const { name, version } = podOf(text);
      const isOwn = Object.hasOwn(sources, name) && asObject(sources[name])?.[':path'] !== undefined;
      if (isOwn) continue;
      if (name === '' || version === null) {
        log.error('no-version', `${quoted(text)} is no pod with a version; it was left out.`);
        continue;
      }
      const purl = ownPurl('cocoapods', name, version);
      const pkg = packageOf(null, name, version, { purl, direct: asked.has(name), hashed: Object.hasOwn(checksums, name) });
      const index = list.add(`${name} ${version}`, pkg);
      indexes.set(name, index);
      uses.push([index, asArray(used)]);
    }
  }
  for (const [from, pods] of uses) {
    for (const pod of pods) {
      const to = indexes.get(podOf(asString(pod) ?? '').name);
      if (to !== undefined) list.link(from, to);
    }
  }
}

/** `Texture/Core (3.1.0)`: the pod is Texture. */
function podOf(text: string): { readonly name: string; readonly version: string | null } {
  const [, path = '', version] = /^([^\s(]+)(?: \(([^()]*)\))?/.exec(text.trim()) ?? [];
  return { name: path.split('/', 1)[0] ?? '', version: version === undefined || version.trim() === '' ? null : version.trim() };
}
