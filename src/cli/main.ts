import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '#operations/configuration.ts';
import { addAdvisories } from './commands/advisories.ts';
import { addBackup } from './commands/backup.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFindings } from './commands/findings.ts';
import { addFormats } from './commands/formats.ts';
import { addPackages } from './commands/packages.ts';
import { addRead } from './commands/read.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addScan } from './commands/scan.ts';
import { addServe } from './commands/serve.ts';
import { addVersions } from './commands/versions.ts';
import { say } from './terminal.ts';

const program = new Command('guildhall')
  .description('The open source program office as one program')
  .exitOverride()
  .showHelpAfterError('(guildhall <command> --help tells more)');
for (const add of [addScan, addRead, addFormats, addVersions, addAdvisories, addPackages, addFindings, addServe, addDoctor, addBackup, addRebuild])
  add(program);

// A reader that stops reading (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 done, 2 wrong use or bad configuration, 3 the store or a source is unreachable; 1 is set by the commands themselves. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  say(`guildhall: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['GUILDHALL_DEBUG'] !== undefined && error instanceof Error) say(error.stack ?? '');
  return error instanceof ConfigurationError ? 2 : 3;
}
