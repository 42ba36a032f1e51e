import type { Command } from 'commander';
import { formats } from '#operations/known-formats.ts';
import { printJson, printTable } from '../terminal.ts';

/** `formats`: what this build reads. */
export function addFormats(program: Command): void {
  program
    .command('formats')
    .description('the file formats this build reads')
    .option('--json', 'one JSON document on stdout')
    .action((options: { readonly json?: boolean }) => {
      const rows = formats.map(({ id, version, title, kind, ecosystems, spec, reads, cannotSee }) => ({
        id,
        version,
        title,
        kind,
        ecosystems,
        spec,
        reads,
        cannotSee,
      }));
      if (options.json === true) printJson(rows);
      else printTable([['id', 'kind', 'ecosystems', 'title'], ...rows.map((row) => [row.id, row.kind, row.ecosystems.join(', ') || '-', row.title])]);
    });
}
