import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { importPeople } from '#operations/import-people.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { officeActor } from '#operations/office-actor.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, say } from '../terminal.ts';

type ImportOptions = OfficeOptions & { readonly columns?: string; readonly complete?: boolean; readonly dryRun?: boolean };

/** `people import`: takes over who belongs to the firm, and where. */
export function addPeople(program: Command): void {
  const people = program.command('people').description('who belongs to the firm, and where');
  withOffice(people.command('import'))
    .description('take over people from CSV; rows that cannot be taken are named, the others are recorded')
    .argument('<file>', 'CSV with a header: external id, user name, name, e-mail, team, legal entity, function, cost centre, manager, leaver date')
    .option('--columns <mapping>', 'under which header a column stands, as team=Squad,e-mail=Mail')
    .option('--complete', 'whoever came by CSV and is not in the file leaves')
    .option('--dry-run', 'say what would be done and do nothing')
    .action(runImport);
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ConfigurationError(`${file} cannot be read. Check the path and its permissions.`, { cause });
  });
  await inOffice(options, async ({ context }) => {
    const done = await importPeople(context, openLiveDesk(), {
      bytes,
      columns: options.columns ?? '',
      isComplete: options.complete === true,
      isDryRun: options.dryRun === true,
      actor: officeActor,
    });
    if ('refusal' in done) throw new ConfigurationError(done.reason);
    const { added, changed, unchanged, left, rejected, problems } = done;
    if (options.json === true) printJson(done);
    else {
      print(`${options.dryRun === true ? 'Would be ' : ''}added ${String(added)}, changed ${String(changed)}, left ${String(left)}`);
      print(`unchanged ${String(unchanged)}, rows left out ${String(rejected)}`);
      for (const { message, line, code } of problems) say(`${file}${line === undefined ? '' : `:${String(line)}`}: ${message} [${code}]`);
    }
    process.exitCode = rejected === 0 ? 0 : 1;
  });
}
