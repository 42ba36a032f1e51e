import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYamlDocuments } from '#language/readers/yaml.ts';
import { imageOf } from './shared/image-reference.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What Kubernetes is asked to run. */
export const k8sManifest: Format = {
  id: 'k8s-manifest',
  version: 1,
  title: 'Kubernetes manifest',
  kind: 'manifest',
  ecosystems: [],
  family: 'kubernetes',
  spec: 'https://kubernetes.io/docs/concepts/containers/images/',
  reads: 'The images of containers in every object of the file, those of custom kinds included where they have `containers`.',
  cannotSee: 'Templates (Helm) and what Kustomize changes, images that operators choose, manifests in folders of other names, and what images hold.',
  matchesPath: (path) => /(?:^|\/)(?:k8s|kubernetes|kube)\/(?!.*templates\/).*\.ya?ml$/.test(path),
  matchesContent: (head) => /^apiVersion:/m.test(head) && /^kind:/m.test(head),
  parse: (file) => readDocument(file, readYamlDocuments, fillManifest),
};

const fields = ['containers', 'initContainers', 'ephemeralContainers'];

function fillManifest(documents: readonly unknown[], list: PackageList, log: ProblemLog): void {
  const objects = documents.map(asObject).filter((each) => each !== null && asString(each['apiVersion']) !== null && asString(each['kind']) !== null);
  if (objects.length === 0) log.warning('not-this-format', 'No document of the file is an object of Kubernetes.');
  const seen = new Set<unknown>(objects);
  // A set keeps the order of insertion: what is added is visited later in the same loop, and an alias only once.
  for (const node of seen) {
    for (const [key, child] of Array.isArray(node) ? node.map((each: unknown) => ['', each] as const) : Object.entries(asObject(node) ?? {})) {
      if (typeof child === 'object' && child !== null) seen.add(child);
      if (!fields.includes(key)) continue;
      for (const container of asArray(child)) addImage(asObject(container)?.['image'], list, log);
    }
  }
}

function addImage(value: unknown, list: PackageList, log: ProblemLog): void {
  const reference = asString(value);
  if (reference === null || reference === '') return;
  const pkg = imageOf(reference.trim(), 'runtime');
  if (pkg === null) log.warning('unresolved-image', `${quoted(reference)} names no image; it was left out.`);
  else list.add(`${pkg.name} ${pkg.version ?? ''}`, { ...pkg, direct: true });
}
