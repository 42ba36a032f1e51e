import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { actionOf } from './shared/action-reference.ts';
import { imageOf } from './shared/image-reference.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** Workflows and composite actions of GitHub Actions. */
export const githubActionsWorkflow: Format = {
  id: 'github-actions-workflow',
  version: 1,
  title: 'GitHub Actions workflow',
  kind: 'manifest',
  ecosystems: ['GitHub Actions'],
  family: 'github-actions',
  spec: 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax',
  reads:
    'Actions, reusable workflows and images that jobs and composite actions use, as written: a tag, a branch, or a commit or digest that pins them.',
  cannotSee: 'What those actions use in turn, references made of expressions, and what the shell steps install.',
  matchesPath: (path) => /(?:^|\/)(?:\.github\/workflows\/[^/]+|action)\.ya?ml$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillWorkflow),
};

function fillWorkflow(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const jobs = asObject(root?.['jobs']);
  const runs = asObject(root?.['runs']);
  if (jobs === null && runs === null) {
    log.warning('no-jobs', 'The file has neither jobs nor `runs`, so it uses nothing.');
    return;
  }
  for (const value of Object.values(jobs ?? {})) {
    const job = asObject(value) ?? {};
    addAction(job['uses'], list, log);
    for (const step of asArray(job['steps'])) addAction(asObject(step)?.['uses'], list, log);
    for (const image of [job['container'], ...Object.values(asObject(job['services']) ?? {})])
      addImage(asString(image) ?? asObject(image)?.['image'], list, log);
  }
  for (const step of asArray(runs?.['steps'])) addAction(asObject(step)?.['uses'], list, log);
  const image = asString(runs?.['image']) ?? '';
  if (image.startsWith('docker://')) addAction(image, list, log);
}

function addAction(value: unknown, list: PackageList, log: ProblemLog): void {
  const uses = asString(value);
  if (uses === null || uses.includes('${{')) return;
  const pkg = actionOf(uses.trim());
  if (pkg === null) log.error('bad-package', `${quoted(uses)} names no action with a tag, a branch or a commit; it was left out.`);
  else if (pkg !== 'own') list.add(`${pkg.name.toLowerCase()} ${pkg.version ?? ''}`, pkg);
}

function addImage(value: unknown, list: PackageList, log: ProblemLog): void {
  const reference = asString(value);
  if (reference === null || reference === '' || reference.includes('${{')) return;
  const pkg = imageOf(reference.trim(), 'build');
  if (pkg === null) log.error('bad-package', `${quoted(reference)} names no image; it was left out.`);
  else list.add(`image ${pkg.name} ${pkg.version ?? ''}`, pkg);
}
