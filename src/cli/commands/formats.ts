import type { Command } from 'commander';
import { describedFormats } from '#operations/known-formats.ts';
import { printJson, printTable } from '../terminal.ts';

/** `formats`: what this build reads. */
export function addFormats(program: Command): void {
  program
    .command('formats')
    .description('the file formats this build reads')
    .option('--json', 'one JSON document on stdout')
    .action((options: { readonly json?: boolean }) => {
      if (options.json === true) printJson(describedFormats);
      else
        printTable([
          ['id', 'kind', 'ecosystems', 'title'],
          ...describedFormats.map((row) => [row.id, row.kind, row.ecosystems.join(', ') || '-', row.title]),
        ]);
    });
}
