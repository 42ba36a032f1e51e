import type { Format, InputFile } from '#model/format.ts';
import { unread, type CatalogEntity, type ReadingResult } from '#model/reading.ts';
import { asObject, asString } from '#language/readers/json.ts';
import { readYamlDocuments } from '#language/readers/yaml.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Backstage's description of what a repository holds and who owns it. */
export const catalogInfo: Format = {
  id: 'catalog-info',
  version: 1,
  title: 'catalog-info.yaml',
  kind: 'ownership',
  ecosystems: [],
  family: null,
  spec: 'https://backstage.io/docs/features/software-catalog/descriptor-format',
  reads: 'Every document of the file: kind, name, namespace, owner, system, type and lifecycle.',
  cannotSee: 'Other files that a Location names, and text behind `$text`, `$json` and `$yaml`.',
  matchesPath: (path) => /(?:^|\/)catalog-info\.ya?ml$/.test(path),
  matchesContent: (head) => /^apiVersion:\s*["']?backstage\.io\//m.test(head),
  parse: (file) => parseCatalogInfo(file),
};

function parseCatalogInfo(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const yaml = readYamlDocuments(file.bytes);
  if (!yaml.ok) {
    log.unreadable(yaml.error);
    return { ...unread(...log.problems()), entities: [] };
  }
  const documents = yaml.value.filter((each) => each !== null && each !== undefined);
  if (documents.length === 0) log.error('empty', 'The file is empty.');
  const entities = documents.flatMap((document, index) => entityOf(document, index + 1, log));
  return { packages: [], edges: [], problems: log.problems(), entities };
}

function entityOf(document: unknown, number: number, log: ProblemLog): readonly CatalogEntity[] {
  const root = asObject(document);
  const apiVersion = asString(root?.['apiVersion']);
  if (root === null || apiVersion === null || !/^[a-z0-9.-]+\/v\d/i.test(apiVersion)) {
    log.error('not-catalog-entity', `Document ${String(number)} has no apiVersion such as backstage.io/v1alpha1.`);
    return [];
  }
  const metadata = asObject(root['metadata']) ?? {};
  const spec = asObject(root['spec']) ?? {};
  const kind = asString(root['kind']);
  const name = asString(metadata['name']);
  if (kind === null || name === null || kind === '' || name === '') {
    log.error('not-catalog-entity', `Document ${String(number)} has no kind or no metadata.name.`);
    return [];
  }
  return [
    {
      kind,
      name,
      namespace: asString(metadata['namespace']) ?? 'default',
      title: asString(metadata['title']),
      description: asString(metadata['description']),
      owner: asString(spec['owner']),
      system: asString(spec['system']),
      type: asString(spec['type']),
      lifecycle: asString(spec['lifecycle']),
    },
  ];
}
