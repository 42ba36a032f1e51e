import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { imageOf } from './shared/image-reference.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** Services of Docker Compose. */
export const dockerCompose: Format = {
  id: 'docker-compose',
  version: 1,
  title: 'Compose file',
  kind: 'manifest',
  ecosystems: [],
  family: 'docker',
  spec: 'https://docs.docker.com/reference/compose-file/',
  reads: 'The images of services, with merged parts and the defaults of variables put in.',
  cannotSee: 'Services of included or extended files, variables given from outside, images that are built here, and what images hold.',
  matchesPath: (path) => /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillCompose),
};

function fillCompose(document: unknown, list: PackageList, log: ProblemLog): void {
  const services = asObject(asObject(document)?.['services']);
  if (services === null) {
    log.error('not-this-format', 'The file has no `services` as a Compose file has.');
    return;
  }
  for (const [name, value] of Object.entries(services)) {
    const service = asObject(value) ?? {};
    const merged = [service, ...[service['<<']].flat().map((each) => asObject(each) ?? {})];
    // With `build` the image is the name it gets, not one that is taken.
    if (merged.some((part) => part['build'] !== undefined && part['build'] !== null)) continue;
    const reference = merged.map((part) => asString(part['image'])).find((each) => each !== null);
    if (reference === undefined) continue;
    const pkg = imageOf(withDefaults(reference.trim()), 'runtime');
    if (pkg === null)
      log.warning('unresolved-image', `${quoted(reference)} of the service ${quoted(name)} names no image without values from outside.`);
    else list.add(`${pkg.name} ${pkg.version ?? ''}`, { ...pkg, direct: true });
  }
  if (asArray(asObject(document)?.['include']).length > 0) log.warning('not-followed', 'The file includes others, which are read by themselves.');
}

function withDefaults(reference: string): string {
  return reference.replace(/\$\{\w{1,64}:?-([^${}]{0,255})\}/g, '$1');
}
