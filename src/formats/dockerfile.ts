import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { Scope } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { imageOf } from './shared/image-reference.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** How an image is built. */
export const dockerfile: Format = {
  id: 'dockerfile',
  version: 1,
  title: 'Dockerfile',
  kind: 'manifest',
  ecosystems: [],
  family: 'docker',
  spec: 'https://docs.docker.com/reference/dockerfile/',
  reads:
    'The images that stages start from or copy from, with the defaults of build arguments put in; what the last stage starts from is for run time.',
  cannotSee: 'What those images hold, what RUN installs and downloads, build arguments given from outside, and the image of the syntax.',
  matchesPath: (path) => /(?:^|\/)(?:(?:Docker|Container)file(?:\.[\w-]+)?|[\w-]+\.(?:D|d)ockerfile)$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillDockerfile),
};

/** Where a stage starts: an image, or a stage before it. */
type Stage = { readonly name: string; readonly from: string; readonly line: number };

function fillDockerfile(text: string, list: PackageList, log: ProblemLog): void {
  const stages: Stage[] = [];
  const copied: { readonly from: string; readonly line: number }[] = [];
  const values = new Map<string, string>();
  for (const { words, line } of instructionsOf(text)) {
    const [instruction = '', ...rest] = words;
    const [first = '', second, third] = rest.filter((word) => !word.startsWith('--'));
    switch (instruction.toUpperCase()) {
      case 'ARG': {
        const equals = first.indexOf('=');
        // Only what stands before the first stage can be used in FROM.
        if (stages.length === 0 && equals !== -1) values.set(first.slice(0, equals), withValues(unquoted(first.slice(equals + 1)), values));
        break;
      }
      case 'FROM':
        stages.push({ name: second?.toUpperCase() === 'AS' ? (third ?? '').toLowerCase() : '', from: withValues(unquoted(first), values), line });
        break;
      case 'COPY': {
        const from = rest.find((word) => word.startsWith('--from='));
        if (from !== undefined) copied.push({ from: from.slice('--from='.length), line });
        break;
      }
      default:
    }
  }
  if (stages.length === 0) {
    log.error('not-this-format', 'The file has no FROM as a Dockerfile has.');
    return;
  }
  addImages(stages, copied, list, log);
}

function addImages(
  stages: readonly Stage[],
  copied: readonly { readonly from: string; readonly line: number }[],
  list: PackageList,
  log: ProblemLog,
): void {
  const names = new Map(stages.flatMap(({ name }, index) => (name === '' ? [] : [[name, index] as const])));
  let last: number | undefined = stages.length - 1;
  const shipped = new Set<number>();
  while (last !== undefined && !shipped.has(last)) {
    shipped.add(last);
    last = names.get(stages[last]?.from.toLowerCase() ?? '');
  }
  for (const [index, { from, line }] of stages.entries()) {
    const stage = names.get(from.toLowerCase());
    if (stage === undefined || stage >= index) addImage(from, line, shipped.has(index) ? 'runtime' : 'build', list, log);
  }
  for (const { from, line } of copied) {
    if (!names.has(from.toLowerCase()) && !/^\d+$/.test(from)) addImage(from, line, 'build', list, log);
  }
}

function addImage(reference: string, line: number, scope: Scope, list: PackageList, log: ProblemLog): void {
  if (reference.toLowerCase() === 'scratch') return;
  const pkg = imageOf(reference, scope);
  if (pkg === null) log.warning('unresolved-image', `${quoted(reference)} names no image without values from outside; it was left out.`, { line });
  else list.add(`${pkg.name} ${pkg.version ?? ''}`, { ...pkg, direct: true });
}

/** Instructions with their lines joined, comments left out. */
function instructionsOf(text: string): readonly { readonly words: readonly string[]; readonly line: number }[] {
  const found: { readonly words: readonly string[]; readonly line: number }[] = [];
  let parts: string[] = [];
  let start = 0;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (parts.length === 0) start = at + 1;
    const isContinued = line.endsWith('\\') || line.endsWith('`');
    parts.push(isContinued ? line.slice(0, -1) : line);
    if (isContinued) continue;
    found.push({ words: parts.join(' ').trim().split(/\s+/), line: start });
    parts = [];
  }
  return found;
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, '');
}

/** `$NAME`, `${NAME}` and `${NAME:-default}` put in; what has no value stays as it is. Values are short, so that none can grow. */
function withValues(text: string, values: ReadonlyMap<string, string>): string {
  if (text.length > 512) return text;
  const whole = text.replace(
    /\$(?:\{(\w{1,64})(?::?-([^${}]{0,255}))?\}|(\w{1,64}))/g,
    (match, braced: string | undefined, standard: string | undefined, plain: string | undefined) => {
      return values.get(braced ?? plain ?? '') ?? standard ?? match;
    },
  );
  return whole.length > 512 ? text : whole;
}
