import type { Command } from 'commander';
import { backup, restore } from '#operations/backup.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { clearProgress, print, printJson, progress } from '../terminal.ts';

/** `backup` and `restore`: the permanent data as one archive; restoring into the other store is the way to move. */
export function addBackup(program: Command): void {
  withOffice(program.command('backup'))
    .description('write the permanent data to one archive')
    .argument('<file>')
    .action(async (file: string, options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        await backup(context, file);
        if (options.json === true) printJson({ file });
        else print(`The permanent data is in ${file}. It is not encrypted: keep it as you keep the store.`);
      });
    });
  withOffice(program.command('restore'))
    .description('take an archive into an empty store and fold it')
    .argument('<file>')
    .option('--replace', 'even if the store is not empty: what is in it is lost')
    .action(async (file: string, options: OfficeOptions & { readonly replace?: boolean }) => {
      await inOffice(options, async ({ context, place }) => {
        const done = await restore(context, file, { replace: options.replace === true }, place.dataDir, (at) =>
          progress(`${String(at.receipts)} receipts, ${String(at.components)} components`),
        );
        clearProgress();
        if (options.json === true) printJson(done);
        else print(`${String(done.receipts)} receipts and ${String(done.feeds)} feed receipts folded into ${String(done.components)} components`);
      });
    });
}
