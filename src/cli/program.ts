import { Command } from 'commander';
import { addAdvisories } from './commands/advisories.ts';
import { addBackup } from './commands/backup.ts';
import { addChanges } from './commands/changes.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFindings } from './commands/findings.ts';
import { addFormats } from './commands/formats.ts';
import { addLeverage } from './commands/leverage.ts';
import { addPackages } from './commands/packages.ts';
import { addRead } from './commands/read.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addScan } from './commands/scan.ts';
import { addServe } from './commands/serve.ts';
import { addVersions } from './commands/versions.ts';
import { addWhy } from './commands/why.ts';

/** The whole command line, not yet run. */
export function commandLine(): Command {
  const program = new Command('guildhall')
    .description('The open source program office as one program')
    .exitOverride()
    .showHelpAfterError('(guildhall <command> --help tells more)');
  for (const add of [
    addScan,
    addRead,
    addFormats,
    addVersions,
    addAdvisories,
    addPackages,
    addFindings,
    addChanges,
    addWhy,
    addLeverage,
    addServe,
    addDoctor,
    addBackup,
    addRebuild,
  ])
    add(program);
  return program;
}
