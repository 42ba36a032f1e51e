import { Option, type Command } from 'commander';
import type { SbomDiff } from '#model/sbom-diff.ts';
import { compareSboms } from '#operations/sbom/compare-sboms.ts';
import { readSbomFiles } from '#operations/sbom/read-sbom-files.ts';
import { print, printJson, say } from '../terminal.ts';

/** `sbom diff`: what changed from one SBOM to another, without a store. */
export function addSbomDiff(sbom: Command): void {
  sbom
    .command('diff')
    .description('what changed from one SBOM to another, of whatever standard; exit 1 when one cannot be read')
    .argument('<before>')
    .argument('<after>')
    .addOption(new Option('--format <format>', 'form of the answer').choices(['text', 'json', 'md']).default('text'))
    .option('--json', 'the same as --format json')
    .action(async (before: string, after: string, options: { readonly format: string; readonly json?: boolean }) => {
      const documents = await Array.fromAsync(readSbomFiles([before, after]));
      const [first, second] = documents.map(({ file, document }) => ({ name: file, document }));
      if (first === undefined || second === undefined) throw new Error('Two files were given and not both were read.');
      const { diff, problems, markdown } = compareSboms(first, second);
      for (const { of, message, code } of problems) say(`${of}: ${message} [${code}]`);
      if (options.json === true || options.format === 'json') printJson({ before, after, ...diff });
      else if (options.format === 'md') for (const line of markdown().trimEnd().split('\n')) print(line);
      else printDiff(diff);
      process.exitCode = problems.some(({ severity }) => severity === 'error') ? 1 : 0;
    });
}

function printDiff({ document, components, edges, same }: SbomDiff): void {
  const of = (kind: string): number => components.filter((each) => each.kind === kind).length;
  print(
    `${String(of('added'))} added, ${String(of('removed'))} removed, ${String(of('changed'))} changed, ${String(same)} the same, ${String(edges.length)} edges`,
  );
  for (const { field, before, after } of document) print(`  document ${field}: ${before ?? '-'} → ${after ?? '-'}`);
  for (const { kind, name, identity, version, fields } of components) {
    const versions = kind === 'changed' ? '' : ` ${version.before ?? version.after ?? 'without version'}`;
    print(`  ${kind} ${name}${versions} (${identity})`);
    for (const { field, before, after } of fields) print(`      ${field}: ${before ?? '-'} → ${after ?? '-'}`);
  }
  for (const { kind, from, to } of edges) print(`  ${kind} edge ${from} → ${to}`);
}
