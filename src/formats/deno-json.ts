import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asObject, asString } from '#language/readers/json.ts';
import { readJsonc } from '#language/readers/jsonc.ts';
import { denoSpecifier } from './shared/deno-specifier.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What a project for Deno asks for. */
export const denoJson: Format = {
  id: 'deno-json',
  version: 1,
  title: 'deno.json',
  kind: 'manifest',
  ecosystems: ['npm'],
  family: 'deno',
  spec: 'https://docs.deno.com/runtime/fundamentals/configuration/#dependencies',
  reads: 'The packages of npm and JSR that the import map asks for, as ranges, comments allowed.',
  cannotSee: 'What the code imports without the map, an import map in a file of its own, what is imported by address, and the versions taken.',
  matchesPath: (path) => /(?:^|\/)deno\.jsonc?$/.test(path),
  parse: (file) => readDocument(file, readJsonc, fillDenoJson),
};

function fillDenoJson(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (root === null) {
    log.error('not-this-format', 'The file is not a table, as deno.json is.');
    return;
  }
  const scopes = Object.values(asObject(root['scopes']) ?? {});
  for (const imports of [root['imports'], ...scopes]) {
    for (const [key, value] of Object.entries(asObject(imports) ?? {})) {
      const target = asString(value);
      const specifier = target === null ? null : denoSpecifier(target);
      if (target === null) log.warning('bad-field', `What ${quoted(key)} is imported from is no text; it was left out.`);
      if (specifier === null) continue;
      const { registry, name, range } = specifier;
      const purl = ownPurl(registry, name, null, { isDivided: true });
      const pkg = packageOf(registry === 'npm' ? 'npm' : null, name, null, { purl, direct: true, range: range ?? '*' });
      list.add(`${registry}:${name}@${range ?? ''}`, pkg);
    }
  }
}
